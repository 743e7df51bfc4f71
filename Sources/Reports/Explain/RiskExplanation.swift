import Capabilities

/// What a rule of `risk-rules.txt`, or one of its needs, means.
enum RiskExplanation {
  /// Writes the explanation.
  ///
  /// - Returns: whether there is such a rule or need.
  static func write(_ name: String, _ tables: CapabilityTables, to output: inout ByteOutput) -> Bool {
    let rules = tables.riskRules
    if let rule = rules.rules.first(where: { $0.name == name }) {
      output.append("\(name): a combination that reports point out: \(rule.why)\n")
      let phases = ["run", "build-script", "proc-macro"].filter(rule.phases.contains)
      output.append("  counts in: \(phases.joined(separator: ", "))\n")
      output.append("  one entry point reaches all of:\n")
      for need in rule.needs { write(rules.needs[need], tables, indent: "    ", to: &output) }
      return true
    }
    if let change = rules.changes.first(where: { $0.name == name }) {
      output.append("\(name): what mircap diff points out of a newer version: \(change.why)\n")
      return true
    }
    guard let need = rules.needs.first(where: { $0.name == name }) else { return false }
    write(need, tables, indent: "", to: &output)
    let users = rules.rules.indices.filter { rules.rules[$0].needs.contains { rules.needs[$0].name == name } }
    output.append("  part of: \(users.map { rules.rules[$0].name }.joined(separator: ", "))\n")
    return true
  }

  private static func write(
    _ need: RiskRules.Need, _ tables: CapabilityTables, indent: String, to output: inout ByteOutput
  ) {
    output.append("\(indent)\(need.name): \(need.description)\n")
    let ambient = tables.taxonomy.orderedNames(need.ambientCapabilities).map { $0 + " (ambient)" }
    let capabilities = tables.taxonomy.orderedNames(need.capabilities) + ambient
    for (title, names) in [
      ("any of the capabilities", capabilities), ("any call of", need.functions), ("any call into", need.crates),
    ] where !names.isEmpty {
      let more = names.count > 12 ? " and \(names.count - 12) more" : ""
      output.append("\(indent)  \(title): \(names.prefix(12).joined(separator: ", "))\(more)\n")
    }
  }
}
