import CallGraph
import Capabilities
import Project

extension AnalysisResult {
  /// The units that a unit is compiled against, other targets of its own package aside; by id for those that have no dump.
  func dependencies(ofUnit unit: Int) -> [(id: String, unit: Int?)] {
    let described = units[unit]
    return Set(described.dependencies).sorted().map { id in (id, units.firstIndex { $0.id == id }) }
      .filter { dependency in
        guard let other = dependency.unit else { return true }
        return units[other].package != described.package || units[other].version != described.version
      }
  }

  /// The crate's name in a unit's id, which ends in cargo's hash.
  func crateName(ofID id: String) -> String { id.lastIndex(of: "-").map { String(id[..<$0]) } ?? id }
}

extension PolicyCheck {
  /// Dependencies that a `depends-on` list does not name.
  mutating func checkDependencies() {
    var seen: Set<String> = []
    for subject in subjects.all {
      guard let index = subjects.section(of: subject), let allowed = policy.sections[index].dependsOn else { continue }
      for dependency in result.dependencies(ofUnit: subject.unit) {
        let isAllowed = allowed.contains { isMeant($0.crate, dependency) }
        let name = PolicyCheck.name(of: dependency, result)
        guard !isAllowed, seen.insert("\(result.label(subject))\n\(name)").inserted else { continue }
        var violation = violation(.dependency, subject, name, section: policy.sections[index])
        let version = dependency.unit.map { " " + result.units[$0].version } ?? ""
        violation.message = "\(result.label(subject)) may not depend on \(name)\(version)"
        violation.evidence.statement = "is compiled against \(dependency.id)"
        verdict.violations.append(violation)
      }
    }
  }

  private func isMeant(_ name: CrateName, _ dependency: (id: String, unit: Int?)) -> Bool {
    if let unit = dependency.unit { return subjects.means(name, unit) }
    return name.version == nil && name.name == CrateName.normalised(result.crateName(ofID: dependency.id))
  }

  /// The name under which a dependency is written into a policy.
  static func name(of dependency: (id: String, unit: Int?), _ result: AnalysisResult) -> String {
    dependency.unit.map { result.units[$0].package } ?? result.crateName(ofID: dependency.id)
  }
}
