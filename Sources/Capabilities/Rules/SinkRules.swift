import CallGraph

/// What rules say of sinks and of the places that use them.
struct SinkRules {
  let matches: RuleMatches
  let barriers: Barriers
  /// Whether there are none, so that nothing has to be looked up.
  let isEmpty: Bool
  private let rules: ResolvedRules
  /// Functions that are safe for some callers only.
  private let safeForSome: Set<UInt32>

  init(_ rules: ResolvedRules, _ matches: RuleMatches, _ barriers: Barriers) {
    self.rules = rules
    self.matches = matches
    self.barriers = barriers
    isEmpty = rules.isEmpty
    safeForSome = matches.targetsOfSafeEdges
  }

  /// Whether an edge to a function stops capabilities.
  func isSafeForSome(_ node: UInt32) -> Bool { safeForSome.contains(node) }

  /// Functions that rules give labels or capabilities, in the order of the graph.
  var namedFunctions: [UInt32] { Set(matches.labels.keys).union(matches.sinks.keys).sorted() }

  /// The capabilities of an operation, with the labels that rules give it.
  func labelled(_ operation: CapabilitySet, in node: UInt32) -> CapabilitySet {
    guard let indices = matches.unsafeLabels[node] else { return operation }
    return indices.reduce(into: operation) { result, index in
      let rule = rules.unsafeLabels[index]
      if !rule.operations.intersection(operation).isEmpty { result.insert(rule.label) }
    }
  }

  /// The labels of uses of `unsafe` in a function, or of the unsafe impl of this name.
  func labels(of function: String, _ operation: CapabilitySet) -> CapabilitySet {
    let outermost = PathPattern.withoutClosures(function)
    return rules.unsafeLabels.reduce(into: CapabilitySet()) { result, rule in
      guard !rule.operations.intersection(operation).isEmpty else { return }
      if rule.pattern.matches(function) || rule.pattern.matches(outermost) { result.insert(rule.label) }
    }
  }

  /// The labels of calls of foreign functions in a function, if it has any.
  func foreignCallLabels(_ node: UInt32) -> CapabilitySet? {
    guard let indices = matches.unsafeLabels[node] else { return nil }
    let foreign = rules.taxonomy.members(of: "ffi") ?? CapabilitySet()
    let labels = indices.map { rules.unsafeLabels[$0] }.filter { !$0.operations.intersection(foreign).isEmpty }
    return labels.isEmpty ? nil : CapabilitySet(labels.map(\.label))
  }
}
