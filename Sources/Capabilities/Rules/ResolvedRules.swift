import Project

/// Rules whose patterns are read and whose names are looked up.
struct ResolvedRules {
  struct Tag {
    var pattern: PathPattern
    var label: CapabilityID
  }

  struct Safe {
    var pattern: PathPattern
    var caller: PathPattern?
    var capabilities: CapabilitySet
  }

  struct Absolution {
    var units: [Int]
    var capabilities: CapabilitySet
  }

  struct AddedSink {
    var pattern: PathPattern
    var capabilities: CapabilitySet
    var authority: Authority
  }

  struct UnsafeLabel {
    var pattern: PathPattern
    var operations: CapabilitySet
    var label: CapabilityID
  }

  /// With the labels of the rules.
  var taxonomy: Taxonomy
  /// In the order of the rules.
  var tags: [Tag] = []
  var safe: [Safe] = []
  var absolutions: [Absolution] = []
  var sinks: [AddedSink] = []
  var unsafeLabels: [UnsafeLabel] = []

  /// - Throws: a `Failure` that names the rule that is wrong.
  init(_ rules: AnalysisRules, taxonomy base: Taxonomy) throws {
    taxonomy = try rules.taxonomy(extending: base)
    for tag in rules.tags {
      tags.append(Tag(pattern: try pattern(tag.path, tag.origin), label: try label(tag.label, tag.origin)))
    }
    for rule in rules.safe {
      safe.append(
        Safe(
          pattern: try pattern(rule.path, rule.origin),
          caller: try rule.caller.map { try pattern($0, rule.origin) },
          capabilities: rule.capabilities.isEmpty ? everything : try set(rule.capabilities, rule.origin)))
    }
    for rule in rules.absolutions {
      absolutions.append(
        Absolution(
          units: rule.units,
          capabilities: rule.capabilities.isEmpty ? everything : try set(rule.capabilities, rule.origin)))
    }
    for rule in rules.sinks {
      sinks.append(
        AddedSink(
          pattern: try pattern(rule.path, rule.origin), capabilities: try set(rule.capabilities, rule.origin),
          authority: rule.authority))
    }
    for rule in rules.unsafeLabels {
      unsafeLabels.append(
        UnsafeLabel(
          pattern: try pattern(rule.path, rule.origin), operations: try operations(rule),
          label: try label(rule.label, rule.origin)))
    }
  }

  /// Whether they change nothing.
  var isEmpty: Bool {
    tags.isEmpty && safe.isEmpty && absolutions.isEmpty && sinks.isEmpty && unsafeLabels.isEmpty
  }

  private var everything: CapabilitySet {
    CapabilitySet(taxonomy.capabilities.indices.map { CapabilityID(UInt8($0)) })
  }

  private func pattern(_ text: String, _ origin: AnalysisRules.Origin) throws -> PathPattern {
    guard let pattern = PathPattern(text) else {
      throw origin.failure(
        "`\(text)` is no pattern for functions", advice: "write a path such as `app::net::connect` or `app::net::*`")
    }
    return pattern
  }

  private func label(_ name: String, _ origin: AnalysisRules.Origin) throws -> CapabilityID {
    guard let id = taxonomy.id(name) else { throw origin.failure("there is no label `\(name)`") }
    return id
  }

  private func set(_ names: [String], _ origin: AnalysisRules.Origin) throws -> CapabilitySet {
    var result = CapabilitySet()
    for name in names {
      guard let members = taxonomy.members(of: name) else {
        throw origin.failure(
          "there is no capability `\(name)`",
          advice: "there are: " + taxonomy.capabilities.map(\.name).joined(separator: ", "))
      }
      result.formUnion(members)
    }
    return result
  }

  /// What a label for uses of `unsafe` can be put on.
  private func operations(_ rule: AnalysisRules.UnsafeLabel) throws -> CapabilitySet {
    let possible = ["unsafe", "ffi", "asm"].reduce(into: CapabilitySet()) {
      $0.formUnion(taxonomy.members(of: $1) ?? CapabilitySet())
    }
    let meant = try set([rule.operation], rule.origin)
    guard !meant.isEmpty, possible.isSuperset(of: meant) else {
      throw rule.origin.failure(
        "`\(rule.operation)` is no use of unsafe",
        advice: "there are: unsafe, " + taxonomy.names(possible).joined(separator: ", "))
    }
    return meant
  }
}
