import CallGraph

/// Compares which functions are there: definitions and instances that the linker kept with those that the graph reaches.
struct FunctionComparison {
  private let index: MachineIndex
  private let reasons: ReasonFinder

  init(_ index: MachineIndex, _ reasons: ReasonFinder) {
    self.index = index
    self.reasons = reasons
  }

  func fill(_ result: inout Comparison) {
    for number in index.definitions.definitions.indices { compare(number, &result) }
    for name in index.unknownNames.sorted() {
      result.definitionRecall.count(false)
      result.instanceRecall.count(false)
      result.missed.append(
        Comparison.Finding(
          function: name, unit: nil, instances: [name], reason: .unknownName, from: reasons.callers(ofName: name)))
    }
  }

  private func instance(_ node: Int) -> String {
    index.graph.names.string(index.graph.linkerNames[node].instance)
  }

  private func compare(_ number: Int, _ result: inout Comparison) {
    let definition = index.definitions.definitions[number]
    let functions = index.functionsOfDefinition[number] ?? []
    let kept = index.keptNames[number] ?? []
    let reached = definition.nodes.filter { index.isReached($0) }
    // What only the compiler runs has no code: where the linker kept it, the graph is wrong.
    let running = reached.filter { !index.graph.nodes[$0].flags.contains(.compileTimeOnly) }
    let expected = reached.filter { index.leavesCode($0) }
    if !kept.isEmpty { result.definitionRecall.count(!running.isEmpty) }
    if !expected.isEmpty { result.definitionPrecision.count(!kept.isEmpty) }
    let names = Set(running.map(instance))
    let expectedNames = Set(expected.map(instance))
    result.instanceRecall = sum(result.instanceRecall, kept.intersection(names).count, kept.count)
    result.instancePrecision = sum(
      result.instancePrecision, expectedNames.intersection(kept).count, expectedNames.count)
    func finding(_ instances: Set<String>, _ found: (Reason, [Comparison.Origin])) -> Comparison.Finding {
      Comparison.Finding(
        function: definition.pattern, unit: definition.unit, instances: instances.sorted(), reason: found.0,
        from: found.1)
    }
    if running.isEmpty {
      if !kept.isEmpty { result.missed.append(finding(kept, reasons.ofMissed(functions, reached))) }
    } else if kept.isEmpty {
      if !expected.isEmpty { result.extra.append(finding(expectedNames, reasons.ofExtra(expected))) }
    } else {
      let missing = kept.subtracting(names)
      if !missing.isEmpty {
        let these = functions.filter { missing.contains(index.functions[$0].name) }
        result.missedInstances.append(finding(missing, reasons.ofMissedInstances(these, names)))
      }
      let more = expectedNames.subtracting(kept)
      if !more.isEmpty {
        let these = expected.filter { more.contains(instance($0)) }
        var found = reasons.ofExtra(these)
        if more.contains(where: { $0.contains("?") }) { found.0 = .unknownArguments }
        result.extraInstances.append(finding(more, found))
      }
    }
  }

  private func sum(_ ratio: Comparison.Ratio, _ part: Int, _ whole: Int) -> Comparison.Ratio {
    Comparison.Ratio(part: ratio.part + part, whole: ratio.whole + whole)
  }
}
