import CallGraph
import Capabilities
import Project

/// Names what a policy says without need.
struct UnusedRules {
  let policy: Policy
  let result: AnalysisResult
  let absolved: AbsolvedUnits
  let subjects: SubjectTable
  let uses: UsedInContext

  /// In the order of the file.
  func find() -> [UnusedRule] {
    let found = policy.sections.indices.flatMap(inSection) + inDefaults() + inAllowlist()
    return found.sorted { ($0.line, $0.rule, $0.grant) < ($1.line, $1.rule, $1.grant) }
  }

  private func inSection(_ index: Int) -> [UnusedRule] {
    let section = policy.sections[index]
    let meant = subjects.subjects(of: section)
    let isUserThere =
      section.key.map { key in
        key.user.map { !subjects.units(named: $0, in: key.phase).isEmpty } ?? true
      } ?? true
    guard !meant.isEmpty, isUserThere else {
      return [UnusedRule(rule: section.title, grant: "", line: section.line, why: whyNobody(section))]
    }
    if section.key?.user != nil {
      let done = CapabilitySet(uses.uses[index].keys)
      return unused(section, done, why: "it does not do that there")
    }
    let governed = meant.filter { subjects.section(of: $0) == index }
    guard !governed.isEmpty else {
      return [UnusedRule(rule: section.title, grant: "", line: section.line, why: "more exact sections hold for it")]
    }
    let done = governed.reduce(into: CapabilitySet()) {
      $0.formUnion(result.ownCapabilities(ofUnit: $1.unit, policy.scope).subtracting(absolved.absolved($1.unit)))
    }
    return unused(section, done, why: "its own code does not do that") + unusedDependencies(section, governed)
  }

  private func unused(_ section: Policy.Section, _ done: CapabilitySet, why: String) -> [UnusedRule] {
    (section.allow ?? []).filter { $0.capabilities.intersection(done).isEmpty }.map {
      UnusedRule(rule: section.title, grant: $0.name, line: $0.line, why: why)
    }
  }

  private func unusedDependencies(_ section: Policy.Section, _ governed: [Subject]) -> [UnusedRule] {
    (section.dependsOn ?? []).filter { grant in
      !governed.contains { subject in
        result.dependencies(ofUnit: subject.unit).contains { dependency in
          guard let unit = dependency.unit else {
            return grant.crate.name == CrateName.normalised(result.crateName(ofID: dependency.id))
          }
          return subjects.means(grant.crate, unit)
        }
      }
    }.map { UnusedRule(rule: section.title, grant: $0.name, line: $0.line, why: "it does not depend on that") }
  }

  private func inDefaults() -> [UnusedRule] {
    policy.defaults.keys.flatMap { phase -> [UnusedRule] in
      guard let section = policy.defaults[phase] else { return [] }
      let governed = subjects.all.filter { subject in
        guard let allowing = subjects.allowing(subject) else { return false }
        return allowing.key == nil && allowing.line == section.line
      }
      let done = governed.reduce(into: CapabilitySet()) {
        $0.formUnion(result.ownCapabilities(ofUnit: $1.unit, policy.scope).subtracting(absolved.absolved($1.unit)))
      }
      return unused(section, done, why: "no crate without a section of its own does that")
    }
  }

  private func inAllowlist() -> [UnusedRule] {
    absolved.entries.indices.filter { !absolved.entries[$0].isShipped }.compactMap { index in
      let entry = absolved.entries[index]
      let units = absolved.entriesOfUnit.indices.filter { absolved.entriesOfUnit[$0].contains(index) }
      let isUsed = units.contains { unit in
        let contained = result.ownCapabilities(ofUnit: unit, .contained)
        return !contained.intersection(entry.absolves).isEmpty
      }
      if isUsed { return nil }
      let why = units.isEmpty ? "no such package is here" : "it does not contain that"
      return UnusedRule(
        rule: "[[allowlist]]", grant: "\(entry.package) \(entry.versions.text)", line: entry.origin.line, why: why)
    }
  }

  /// Why a section is about nobody, with the section that may have been meant.
  private func whyNobody(_ section: Policy.Section) -> String {
    guard let key = section.key else { return "" }
    for name in [key.user, key.crate].compactMap(\.self) {
      let elsewhere = subjects.all.filter { subjects.means(name, $0.unit) }.map(\.phase)
      if elsewhere.contains(key.phase) { continue }
      guard let phase = elsewhere.min() else { return "there is no crate \(name.name)" }
      return "no code of \(name.name) runs in the phase \(key.phase.rawValue): "
        + "\(Set(elsewhere).sorted().map(\.rawValue).joined(separator: ", ")) is written \"\(name.name):\(phase.rawValue)\""
    }
    return "it is not there"
  }
}
