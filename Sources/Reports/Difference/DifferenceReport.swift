import CallGraph
import Capabilities
import Policy

/// What `mircap diff` prints: what came and what went, in text, JSON, SARIF and Markdown.
public struct DifferenceReport {
  /// The name and version of the JSON form.
  public static let schema = "mircap-diff/1"

  let difference: Difference
  /// Gives the meaning of capabilities.
  let taxonomy: Taxonomy
  /// Gives the meaning of risk rules.
  let rules: RiskRules
  let toolVersion: String

  public init(_ difference: Difference, tables: CapabilityTables, toolVersion: String) {
    self.difference = difference
    taxonomy = tables.taxonomy
    rules = tables.riskRules
    self.toolVersion = toolVersion
  }

  /// A crate's changes in one phase, in the order of the report.
  struct Section {
    var changes: [Difference.Change]
    var first: Difference.Change { changes[0] }
    /// See `Difference.Change.isThroughOthersOnly`.
    var isThroughOthersOnly: Bool { changes.allSatisfy(\.isThroughOthersOnly) }
  }

  /// The changes by crate and phase.
  var sections: [Section] {
    var sections: [Section] = []
    var places: [[String]: Int] = [:]
    for change in difference.changes {
      let key = [
        change.package, change.crate, change.target, change.newVersion ?? "", change.oldVersion ?? "", change.phase,
      ]
      if let place = places[key] {
        sections[place].changes.append(change)
      } else {
        places[key] = sections.count
        sections.append(Section(changes: [change]))
      }
    }
    return sections
  }

  /// The combinations that came: those with a path that is one of few, and the rest.
  var addedRisks: (likely: [ReportRisk], unlikely: [ReportRisk]) {
    (
      difference.addedRisks.filter { $0.possibilities <= RiskPath.fewPossibilities },
      difference.addedRisks.filter { $0.possibilities > RiskPath.fewPossibilities }
    )
  }

  /// Of a change of capabilities those that no other change of the crate tells.
  func untold(_ names: [String], _ change: Difference.Change, in section: Section) -> [String] {
    guard change.scope == .contained else { return names }
    let counted = Set(section.changes.flatMap(\.counts).map(\.name))
    let links = section.changes.contains { $0.subject == .link }
    return names.filter { !counted.contains($0) && !($0 == "link" && links) }
  }

  func amountsToEverything(_ capability: String) -> Bool {
    taxonomy.id(capability).map { taxonomy.everything.contains($0) } ?? false
  }

  /// How many of what came, or `nothing`.
  var summary: String {
    var counts: [(Int, String)] = [(difference.addedCrates.count, "crate")]
    for (subject, word) in [
      (Difference.Subject.capability, "capability"), (.entry, "entry point"), (.dependency, "dependency"),
      (.buildScript, "build script"), (.link, "link directive"), (.symbol, "symbol"),
      (.unsafeOperation, "kind of unsafe operation"),
    ] {
      counts.append(
        (difference.changes.filter { $0.subject == subject }.reduce(0) { $0 + $1.added.count }, word))
    }
    counts.append((difference.addedRisks.count, "risk line"))
    let words = counts.filter { $0.0 > 0 }.map { Self.counted($0.0, $0.1) }
    return words.isEmpty ? "nothing" : words.joined(separator: ", ")
  }

  private static func counted(_ count: Int, _ word: String) -> String {
    if count == 1 { return "1 \(word)" }
    if word.hasPrefix("kind") { return "\(count) kinds" + word.dropFirst(4) + "s" }
    return word.hasSuffix("y") ? "\(count) \(word.dropLast())ies" : "\(count) \(word)s"
  }

  /// `parcel 1.0.0 → 1.1.0 (lib)`.
  func title(_ change: Difference.Change) -> String {
    let versions: String
    switch (change.oldVersion, change.newVersion) {
    case (let old?, let new?): versions = old == new ? new : "\(old) → \(new)"
    case (nil, let new): versions = "\(new ?? ""), new"
    case (let old?, nil): versions = "\(old), gone"
    }
    let kind = change.target.replacing("-", with: " ")
    return "\(TextStyle.harmless(change.crate)) \(TextStyle.harmless(versions)) (\(kind))"
  }

  static func words(_ phase: String) -> String {
    switch phase {
    case "build-script": "while building"
    case "proc-macro": "while compiling"
    default: "at run time"
    }
  }

  /// What it means that a capability is new in one of the senses.
  static func words(_ scope: Difference.Scope) -> String {
    switch scope {
    case .reachable: "not reached before"
    case .direct: "now by the crate's own code"
    case .entry: "now from more entry points"
    case .contained: "contained, no path found"
    }
  }

  /// The names on a path, the sink last, harmless.
  static func names(_ item: Difference.ChangedEvidence) -> [String] {
    (item.steps.map(\.function) + [item.evidence.sink]).map(TextStyle.harmless)
  }

  /// Where the sink is used.
  static func position(_ item: Difference.ChangedEvidence) -> String {
    guard let last = item.steps.last, !last.file.isEmpty else { return "" }
    return TextStyle.harmless("\(last.file):\(last.line)")
  }
}
