import CallGraph
import Capabilities
import Project

/// What crates do where others use them: the sections `[crate."foo>bar"]`.
///
/// Code of `bar` counts for `foo>bar` if control can come from an entry point of `foo` over a call that leads from `foo`'s
/// own code into `bar`'s. What `bar` does needs no grant of its own if all crates here that use it for that have such a section.
struct UsedInContext {
  /// How a capability of a subject is used outside of what sections `USER>NAME` regulate.
  enum Context: Equatable {
    /// Nothing regulates a part of it: its own section holds.
    case unregulated
    /// Sections allow every use there is.
    case covered
    /// A crate without such a section uses it too.
    case outside(OwnUseSearch.Use)

    static func == (left: Context, right: Context) -> Bool {
      switch (left, right) {
      case (.unregulated, .unregulated), (.covered, .covered), (.outside, .outside): true
      default: false
      }
    }
  }

  private let result: AnalysisResult
  private let policy: Policy
  private let subjects: SubjectTable
  /// For each section of the policy what its crate does there; empty for those without a user.
  private(set) var uses: [[CapabilityID: OwnUseSearch.Use]]
  /// What others use, for each subject that a section regulates.
  private var outside: [Subject: [CapabilityID: OwnUseSearch.Use]] = [:]

  init(_ result: AnalysisResult, _ policy: Policy, _ subjects: SubjectTable) {
    self.result = result
    self.policy = policy
    self.subjects = subjects
    uses = Array(repeating: [:], count: policy.sections.count)
    guard policy.sections.contains(where: { $0.key?.user != nil }) else { return }
    var search = OwnUseSearch(result)
    for (index, section) in policy.sections.enumerated() {
      guard let key = section.key, let user = key.user else { continue }
      let users = Set(subjects.units(named: user, in: key.phase).map(UInt32.init))
      let used = Set(subjects.units(named: key.crate, in: key.phase).map(UInt32.init)).subtracting(users)
      uses[index] = search.run(question(from: users, users: users, used: used))
    }
    for subject in subjects.all where !sections(about: subject).isEmpty {
      outside[subject] = search.run(others(than: subject))
    }
  }

  /// The sections `USER>NAME` that are about a subject.
  private func sections(about subject: Subject) -> [Int] {
    policy.sections.indices.filter { index in
      guard let key = policy.sections[index].key, key.user != nil, key.phase == subject.phase else { return false }
      return subjects.means(key.crate, subject.unit)
    }
  }

  private func question(from starts: Set<UInt32>, users: Set<UInt32>, used: Set<UInt32>) -> OwnUseSearch.Question {
    let all = CapabilitySet(result.taxonomy.capabilities.indices.map { CapabilityID(UInt8($0)) })
    let nodes = result.graph.entryPoints.filter { starts.contains($0.unit) }.map(\.node)
    return OwnUseSearch.Question(starts: nodes, units: used, wanted: all, users: users)
  }

  /// What crates use of a subject that have no section for it, from all that runs in its phase.
  private func others(than subject: Subject) -> OwnUseSearch.Question {
    let regulated = sections(about: subject).flatMap { index -> [Int] in
      guard let key = policy.sections[index].key, let user = key.user else { return [] }
      return subjects.units(named: user, in: key.phase)
    }
    let running = Set(subjects.all.filter { $0.phase == subject.phase }.map { UInt32($0.unit) })
    let own: Set<UInt32> = [UInt32(subject.unit)]
    return question(
      from: running.subtracting(own), users: running.subtracting(own).subtracting(regulated.map(UInt32.init)), used: own
    )
  }

  /// Who uses what a subject does, beside those with a section for it.
  func elsewhere(_ subject: Subject, _ capability: CapabilityID) -> Context {
    guard let others = outside[subject] else { return .unregulated }
    if let use = others[capability] { return .outside(use) }
    // What is used where it is not allowed is a violation of that section; here it only matters that it is used there.
    let isUsed = sections(about: subject).contains { uses[$0][capability] != nil }
    return isUsed ? .covered : .unregulated
  }
}

extension PolicyCheck {
  /// What crates do where others use them, and may not.
  mutating func checkContexts(_ uses: UsedInContext) {
    for (index, section) in policy.sections.enumerated() {
      guard let key = section.key, let user = key.user else { continue }
      for capability in uses.uses[index].keys.sorted() {
        guard let use = uses.uses[index][capability], !section.allowed.contains(capability),
          !claimsOnly.contains(capability)
        else { continue }
        guard let unit = result.owner(of: use) else { continue }
        let subject = Subject(unit: unit, phase: key.phase)
        if absolved.absolved(subject.unit).contains(capability) { continue }
        let name = policy.taxonomy.name(capability)
        var violation = violation(.capability, subject, name, section: section)
        violation.user = user.name
        violation.message = "\(result.label(subject)) may not \(name) where \(user.name) uses it"
        violation.evidence = result.evidence(of: use)
        verdict.violations.append(violation)
      }
    }
  }
}
