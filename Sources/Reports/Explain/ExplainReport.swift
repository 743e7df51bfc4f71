import CallGraph
import Capabilities
import Project

/// What `mircap explain` prints: what a capability, a group, another tool's name, a label, a kind of edge, a risk rule or a
/// word of reports means.
public enum ExplainReport {
  /// Writes the explanation; of a name that means several things, all of them.
  ///
  /// - Parameter labels: the rules of a policy, whose labels are explained too.
  /// - Throws: a `Failure` if the name is none of these.
  public static func write(
    _ name: String, _ tables: CapabilityTables, labels: AnalysisRules = AnalysisRules(), to output: inout ByteOutput
  ) throws {
    let taxonomy = tables.taxonomy
    var isKnown = true
    if let id = taxonomy.id(name) {
      write(taxonomy.capabilities[Int(id.raw)], id, tables, to: &output)
    } else if let group = taxonomy.groups.first(where: { $0.name == name }) {
      output.append("\(name): \(group.description)\n")
      output.append("  stands for: \(taxonomy.orderedNames(group.members).joined(separator: ", "))\n")
    } else if let alias = taxonomy.aliases.first(where: { $0.name == name }) {
      output.append("\(name): a name used elsewhere (\(alias.whose))\n")
      output.append("  stands for: \(taxonomy.orderedNames(alias.members).joined(separator: ", "))\n")
    } else {
      isKnown = false
    }
    if writeLabel(name, labels, to: &output) { isKnown = true }
    if let kind = EdgeKind.allCases.first(where: { $0.word == name }) {
      isKnown = true
      output.append("\(name): a kind of step: \(meaning(of: kind))\n")
      output.append(kind.mayRun ? "  control can pass along it\n" : "  control does not pass along it\n")
    }
    if RiskExplanation.write(name, tables, to: &output) { isKnown = true }
    if let meaning = ReportWords.meaning(of: name) {
      isKnown = true
      output.append("\(name): \(meaning)\n")
    }
    if !isKnown { throw unknown(name, tables, labels) }
  }

  private static func unknown(_ name: String, _ tables: CapabilityTables, _ labels: AnalysisRules) -> Failure {
    func list(_ names: [String]) -> String { names.joined(separator: ", ") }
    let rules = tables.riskRules
    var advice = """
      capabilities: \(list(tables.taxonomy.capabilities.map(\.name)))
        groups: \(list(tables.taxonomy.groups.map(\.name)))
        steps: \(list(EdgeKind.allCases.map(\.word)))
        risk rules: \(list(rules.rules.map(\.name) + rules.changes.map(\.name)))
        words: \(list(ReportWords.all.map(\.word)))
      """
    let known = Set(labels.tags.map(\.label) + labels.unsafeLabels.map(\.label)).sorted()
    advice += known.isEmpty ? "\n  labels: those of the policy that --policy names" : "\n  labels: \(list(known))"
    return Failure.usage(
      "\(name) is no capability, group, label, kind of step, risk rule or word of reports", advice: advice)
  }

  /// A label of the user's own: which functions and uses of `unsafe` have it, and where that is written.
  private static func writeLabel(_ name: String, _ rules: AnalysisRules, to output: inout ByteOutput) -> Bool {
    let tags = rules.tags.filter { $0.label == name }
    let uses = rules.unsafeLabels.filter { $0.label == name }
    if tags.isEmpty, uses.isEmpty { return false }
    output.append("\(name): a label of the policy's own, which travels along calls like a capability\n")
    for tag in tags {
      output.append(TextStyle.harmless("  functions: \(tag.path)  \(tag.origin.description)") + "\n")
    }
    for use in uses {
      output.append(TextStyle.harmless("  \(use.operation) in: \(use.path)  \(use.origin.description)") + "\n")
    }
    return true
  }

  private static func write(
    _ capability: Taxonomy.Capability, _ id: CapabilityID, _ tables: CapabilityTables, to output: inout ByteOutput
  ) {
    let taxonomy = tables.taxonomy
    output.append("\(capability.name): \(capability.description)\n")
    if capability.amountsToEverything {
      output.append("  amounts to everything: \(capability.whyEverything)\n")
    }
    let groups = taxonomy.groups.filter { $0.members.contains(id) }.map(\.name)
    if !groups.isEmpty { output.append("  in the groups: \(groups.joined(separator: ", "))\n") }
    let aliases = taxonomy.aliases.filter { $0.members.contains(id) }.map(\.name)
    if !aliases.isEmpty { output.append("  other names that cover it: \(aliases.joined(separator: ", "))\n") }
    let lines = tables.sinks.lines.filter { $0.capabilities.contains(id) }
    if lines.isEmpty { return }
    output.append("  functions of std (mircap sinks lists all), among others:\n")
    for line in lines.prefix(8) { output.append("    \(line.pattern)  \(line.authority?.word ?? "")\n") }
  }

  /// What makes an edge of a kind.
  static func meaning(of kind: EdgeKind) -> String {
    switch kind {
    case .call: "a function calls another by name"
    case .dispatch: "a call of a trait's method, resolved to the impl that fits the type"
    case .dyn: "a call through a trait object, to the method of a type that is made into that trait object"
    case .pointer: "a call through a function pointer, to a function of that signature whose address is taken"
    case .callback:
      "a closure, function or type is handed to a function without a body here, such as one of std's, which may call it"
    case .drop: "a value goes out of scope, and its destructor or that of a part of it runs"
    case .staticInitialiser: "a static, constant or thread-local is used, whose initialiser runs"
    case .symbol: "a call of a foreign declaration that another crate's exported definition answers"
    case .cast: "a vtable is made or the address of a function is taken"
    }
  }
}
