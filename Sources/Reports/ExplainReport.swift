import CallGraph
import Capabilities
import Project

/// What `mircap explain` prints: what a capability, a group, another tool's name or a kind of edge means.
public enum ExplainReport {
  /// Writes the explanation.
  ///
  /// - Throws: a `Failure` if the name is neither.
  public static func write(_ name: String, _ tables: CapabilityTables, to output: inout ByteOutput) throws {
    let taxonomy = tables.taxonomy
    if let id = taxonomy.id(name) {
      write(taxonomy.capabilities[Int(id.raw)], id, tables, to: &output)
    } else if let group = taxonomy.groups.first(where: { $0.name == name }) {
      output.append("\(name): \(group.description)\n")
      output.append("  stands for: \(taxonomy.orderedNames(group.members).joined(separator: ", "))\n")
    } else if let alias = taxonomy.aliases.first(where: { $0.name == name }) {
      output.append("\(name): a name used elsewhere (\(alias.whose))\n")
      output.append("  stands for: \(taxonomy.orderedNames(alias.members).joined(separator: ", "))\n")
    } else if let kind = EdgeKind.allCases.first(where: { $0.word == name }) {
      output.append("\(name): \(meaning(of: kind))\n")
      output.append(kind.mayRun ? "  control can pass along it\n" : "  control does not pass along it\n")
    } else {
      let edges = EdgeKind.allCases.map(\.word).joined(separator: ", ")
      throw Failure.usage(
        "\(name) is no capability, group or kind of edge",
        advice: "capabilities: \(taxonomy.capabilities.map(\.name).joined(separator: ", "))\n  edges: \(edges)")
    }
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
