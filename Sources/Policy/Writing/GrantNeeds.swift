import CallGraph
import Capabilities
import Project
import RustDump

/// What a package's own code does in a phase, and where: what a section of a policy has to grant.
struct GrantNeed {
  /// The package's name.
  var package: String
  var phase: Phase
  var isWorkspaceMember: Bool
  /// By capability, with a comment for a reviewer.
  var comments: [CapabilityID: String]
  /// The packages it is compiled against, in this phase.
  var dependencies: Set<String>

  /// The section's name: `demo`, `demo:build-script`.
  var name: String { phase == .run ? package : "\(package):\(phase.rawValue)" }
}

/// Finds what all packages need.
struct GrantNeeds {
  private let result: AnalysisResult
  private let check: PolicyCheck

  /// - Parameter policy: whose scope and allowlists count; its grants do not.
  init(policy: Policy, result: AnalysisResult, absolved: AbsolvedUnits) {
    var bare = policy
    bare.sections = []
    bare.defaults = [:]
    self.result = result
    check = PolicyCheck(policy: bare, result: result, absolved: absolved)
  }

  /// Sorted by package and phase; packages that need nothing have no capabilities.
  func all() -> [GrantNeed] {
    var needs: [String: GrantNeed] = [:]
    var search = OwnUseSearch(result)
    for subject in check.subjects.all {
      let described = result.units[subject.unit]
      let key = "\(described.package)\n\(subject.phase.rawValue)"
      var need =
        needs[key]
        ?? GrantNeed(
          package: described.package, phase: subject.phase, isWorkspaceMember: false, comments: [:], dependencies: [])
      need.isWorkspaceMember = need.isWorkspaceMember || described.isWorkspaceMember
      for dependency in result.dependencies(ofUnit: subject.unit) {
        need.dependencies.insert(PolicyCheck.name(of: dependency, result))
      }
      let missing = check.missing(subject)
      let new = missing.subtracting(CapabilitySet(need.comments.keys))
      for (capability, comment) in comments(subject.unit, new, &search) { need.comments[capability] = comment }
      needs[key] = need
    }
    return needs.values.sorted { ($0.package, $0.phase) < ($1.package, $1.phase) }
  }

  /// How often, and where first.
  private func comments(
    _ unit: Int, _ capabilities: CapabilitySet, _ search: inout OwnUseSearch
  ) -> [(CapabilityID, String)] {
    if capabilities.isEmpty { return [] }
    let counts = placeCounts(unit, capabilities)
    let evidence = EvidenceFinder(result: result).evidence(of: unit, capabilities, &search)
    return evidence.map { capability, evidence in
      let count = counts[capability] ?? 0
      let first = GrantComment.text(evidence, result)
      return (capability, count > 1 ? "\(count) places, the first: \(first)" : first)
    }
  }

  private struct Place: Hashable {
    var name: NameID
    var position: SourcePosition
  }

  private func placeCounts(_ unit: Int, _ capabilities: CapabilitySet) -> [CapabilityID: Int] {
    var places: [CapabilityID: Set<Place>] = [:]
    for (index, node) in result.graph.nodes.enumerated() where node.unit == UInt32(unit) {
      guard !result.sites.own[index].intersection(capabilities).isEmpty else { continue }
      for site in result.sites.sites(of: index) {
        let place = Place(name: node.name, position: site.position)
        for capability in result.sites.sinks[Int(site.sink)].capabilities.intersection(capabilities) {
          places[capability, default: []].insert(place)
        }
      }
    }
    return places.mapValues(\.count)
  }
}

/// What is said of a grant behind it.
enum GrantComment {
  /// The sink, the function that uses it, and where; `(may)` if steps of the path could lead elsewhere.
  static func text(_ evidence: PolicyEvidence, _ result: AnalysisResult) -> String {
    guard let index = evidence.path?.site ?? evidence.site else { return harmless(evidence.statement) }
    let site = result.sites.sites[Int(index)]
    let function = result.graph.names.string(result.graph.nodes[Int(site.node)].name)
    let file = result.files[Int(site.position.file)]
    let place = file.isEmpty ? "" : ", \(file):\(site.position.line)"
    let sink = result.sites.sinks[Int(site.sink)].name
    let certainty = evidence.path?.isCertain ?? true ? "" : " (may)"
    return harmless("\(shortened(sink)) in \(shortened(function))\(place)\(certainty)")
  }

  private static func shortened(_ name: String) -> String {
    name.count <= 70 ? name : name.prefix(40) + "…" + name.suffix(28)
  }

  /// Names come from dumps: a line break would end the comment.
  static func harmless(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.value {
          case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069, 0x200E...0x200F: "\u{FFFD}"
          default: scalar
          }
        }))
  }
}
