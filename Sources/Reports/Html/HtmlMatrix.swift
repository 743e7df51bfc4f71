import CallGraph
import Capabilities

/// The matrix of crates and capabilities, as markup: it is there before any script has run, and without one.
///
/// A row is a unit in one of the phases in which its code runs, members of the workspace first; a column is a
/// capability that some unit has.
struct HtmlMatrix {
  /// What the template shows.
  let content: [String: Any]
  /// The capabilities of the columns.
  let columns: [CapabilityID]

  init(_ result: AnalysisResult, ambientOnly: Bool) {
    let marks = UnitMarks(result, ambientOnly: ambientOnly)
    columns = result.taxonomy.capabilities.indices.map { CapabilityID(UInt8($0)) }
      .filter { capability in result.unitOrder.contains { marks.standing(of: capability, unit: $0) != nil } }
    content = [
      "columns": HtmlMatrix.heads(columns, result.taxonomy), "rows": HtmlMatrix.rows(columns, marks, result),
    ]
  }

  private static func heads(_ columns: [CapabilityID], _ taxonomy: Taxonomy) -> [[String: Any]] {
    columns.indices.map { index in
      let capability = taxonomy.capabilities[Int(columns[index].raw)]
      return [
        "index": index, "group": group(columns[index], taxonomy), "name": capability.name,
        "description": capability.description, "everything": capability.amountsToEverything,
        "first": isFirst(index, columns, taxonomy),
      ]
    }
  }

  private static func rows(
    _ columns: [CapabilityID], _ marks: UnitMarks, _ result: AnalysisResult
  ) -> [[String: Any]] {
    let isFirst = columns.indices.map { self.isFirst($0, columns, result.taxonomy) }
    let ordered = Array(result.unitOrder.enumerated())
    let members = ordered.filter { result.units[$0.element].isWorkspaceMember }
    let others = ordered.filter { !result.units[$0.element].isWorkspaceMember }
    return (members + others).flatMap { rank, unit in
      let cells = columns.indices.map { index -> [String: Any] in
        var cell: [String: Any] = ["first": isFirst[index]]
        if let standing = marks.standing(of: columns[index], unit: unit) { cell["mark"] = standing.mark }
        return cell
      }
      return phases(of: unit, result).map { phase -> [String: Any] in
        [
          "unit": rank, "phase": phase, "member": result.units[unit].isWorkspaceMember,
          "name": result.crateLabel(unit), "version": TextStyle.harmless(result.units[unit].version),
          "kind": kind(of: result.units[unit]), "cells": cells,
        ]
      }
    }
  }

  /// The phases in which a unit's code runs, as reports order them.
  static func phases(of unit: Int, _ result: AnalysisResult) -> [String] {
    let phases = Set(result.units[unit].runsIn)
    let known = ["run", "build-script", "proc-macro"]
    return known.filter(phases.contains) + phases.subtracting(known).sorted()
  }

  /// `fs` of `fs.read`.
  private static func group(_ capability: CapabilityID, _ taxonomy: Taxonomy) -> String {
    String(taxonomy.name(capability).prefix { $0 != "." })
  }

  /// Whether a column begins another group.
  private static func isFirst(_ index: Int, _ columns: [CapabilityID], _ taxonomy: Taxonomy) -> Bool {
    index == 0 || group(columns[index], taxonomy) != group(columns[index - 1], taxonomy)
  }

  private static func kind(of unit: AnalysedUnit) -> String {
    switch unit.target {
    case "bin": "bin \(TextStyle.harmless(unit.targetName))"
    case "proc-macro": "proc macro"
    default: ""
    }
  }
}

/// How each unit stands to each capability.
struct UnitMarks {
  /// How a unit stands to a capability, the strongest that holds.
  struct Standing {
    /// `direct`, `through` or `held`, with ` may` if no path is certain.
    var kind: String

    /// What the template shows of it.
    var mark: [String: Any] {
      let words: String
      switch kind {
      case "direct": words = "own code"
      case "direct may": words = "own code, may"
      case "through": words = "through others"
      case "through may": words = "through others, may"
      default: words = "contained"
      }
      return ["kind": kind, "words": words]
    }
  }

  private let result: AnalysisResult
  /// For each unit those capabilities for which there is evidence, and those for which some is certain.
  private var reached: [CapabilitySet]
  private var certain: [CapabilitySet]
  private let ambientOnly: Bool

  init(_ result: AnalysisResult, ambientOnly: Bool) {
    self.result = result
    self.ambientOnly = ambientOnly
    reached = Array(repeating: CapabilitySet(), count: result.units.count)
    certain = reached
    for item in result.evidence {
      if ambientOnly, result.sink(of: item.path).authority != .ambient { continue }
      let unit = Int(result.graph.entryPoints[Int(item.entry)].unit)
      reached[unit].insert(item.capability)
      if item.path.isCertain { certain[unit].insert(item.capability) }
    }
  }

  func standing(of capability: CapabilityID, unit: Int) -> Standing? {
    let summary = result.unitResults[unit]
    guard reached[unit].contains(capability) else {
      // The sets of a report of acquiring sinks were made of those alone.
      return summary.contained.contains(capability) ? Standing(kind: "held") : nil
    }
    let kind = summary.direct.contains(capability) ? "direct" : "through"
    return Standing(kind: certain[unit].contains(capability) ? kind : kind + " may")
  }
}
