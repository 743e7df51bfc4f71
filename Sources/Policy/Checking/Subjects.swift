import CallGraph
import Capabilities
import Project

/// A unit in one of the phases in which its code runs: what grants are given to.
public struct Subject: Hashable, Sendable {
  /// An index into `AnalysisResult.units`.
  public var unit: Int
  public var phase: Phase
}

/// Which subjects there are, and which sections of a policy mean them.
struct SubjectTable {
  private let result: AnalysisResult
  /// In the order of reports, `run` first.
  let all: [Subject]
  /// For each unit the names by which a policy can mean it, the most exact first.
  private let names: [[CrateName]]
  private var sectionByKey: [CrateKey: Int] = [:]
  private let policy: Policy

  init(_ result: AnalysisResult, _ policy: Policy) {
    self.result = result
    self.policy = policy
    all = result.unitOrder.flatMap { unit in
      Set(result.units[unit].runsIn.compactMap(Phase.init)).sorted().map { Subject(unit: unit, phase: $0) }
    }
    names = result.units.indices.map { SubjectTable.names(of: $0, result) }
    for (index, section) in policy.sections.enumerated() {
      if let key = section.key { sectionByKey[key] = index }
    }
  }

  /// All build scripts have one crate name, so that these go by their package alone.
  private static func names(of unit: Int, _ result: AnalysisResult) -> [CrateName] {
    let described = result.units[unit]
    var plain = [CrateName.normalised(described.package)]
    if described.target != "build-script" {
      plain.insert(CrateName.normalised(result.crateName(ofUnit: unit)), at: 0)
    }
    return plain.map { CrateName(name: $0, version: described.version) } + plain.map { CrateName(name: $0) }
  }

  /// Whether a name in a policy means a unit.
  func means(_ name: CrateName, _ unit: Int) -> Bool { names[unit].contains(name) }

  /// The section of a policy that is about a subject, the most exact if there are several; an index into
  /// `Policy.sections`.
  func section(of subject: Subject) -> Int? {
    for name in names[subject.unit] {
      var key = CrateKey(crate: name, phase: subject.phase)
      key.user = nil
      if let index = sectionByKey[key] { return index }
    }
    return nil
  }

  /// The subjects that a section is about. Of a section `USER>NAME` those of `NAME`.
  func subjects(of section: Policy.Section) -> [Subject] {
    guard let key = section.key else { return [] }
    return all.filter { $0.phase == key.phase && means(key.crate, $0.unit) }
  }

  /// The units that run in a phase and that a name means.
  func units(named name: CrateName, in phase: Phase) -> [Int] {
    all.filter { $0.phase == phase && means(name, $0.unit) }.map(\.unit)
  }

  /// The section whose `allow` holds for a subject: its own, or else the default.
  func allowing(_ subject: Subject) -> Policy.Section? {
    if let index = section(of: subject), policy.sections[index].allow != nil { return policy.sections[index] }
    return policy.defaultSection(subject.phase)
  }
}

extension CrateKey {
  init(user: CrateName? = nil, crate: CrateName, phase: Phase) {
    self.user = user
    self.crate = crate
    self.phase = phase
  }
}

extension AnalysisResult {
  /// The crate's name as in paths, without a version.
  func crateName(ofUnit unit: Int) -> String { String(graph.units[unit].displayName.prefix { $0 != "@" }) }

  /// What a unit's own code does, by the scope of a policy.
  func ownCapabilities(ofUnit unit: Int, _ scope: Policy.Scope) -> CapabilitySet {
    switch scope {
    case .reachable: unitResults[unit].direct
    case .contained: unitResults[unit].contained.union(unitResults[unit].direct)
    }
  }
}
