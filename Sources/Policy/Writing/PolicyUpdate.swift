import CallGraph
import Capabilities
import Project
import Settings

/// Brings a policy file up to what is done today, as far as somebody accepts it.
public struct PolicyUpdate {
  /// Something that would be allowed, so that a violation is none any more.
  public struct Proposal: Sendable {
    /// An index into the violations of the verdict.
    public var violation: Int
    /// The section's name, as `demo:build-script`.
    public var crate: String
    /// `allow` or `depends-on`.
    public var list: String
    /// What goes into the list.
    public var name: String
    /// Whether the section is new: it then gets all that the crate does, since the default does not hold any more.
    public var isNewSection: Bool
  }

  private let policy: Policy
  private let result: AnalysisResult
  private let needs: [GrantNeed]
  private var editor: PolicyEditor
  public let proposals: [Proposal]
  /// How many of the violations no grant can make good: claims, and uses of `unsafe` without a label.
  public let otherViolations: Int

  /// - Parameters:
  ///   - verdict: of this policy and result.
  /// - Throws: a `Failure` if the file has changed meanwhile and cannot be read.
  public init(policy: Policy, result: AnalysisResult, absolved: AbsolvedUnits, verdict: PolicyVerdict) throws {
    self.policy = policy
    self.result = result
    editor = PolicyEditor(try SettingsDocument.read(file: policy.file, help: .policy))
    needs = GrantNeeds(policy: policy, result: result, absolved: absolved).all()
    let subjects = SubjectTable(result, policy)
    var proposals: [Proposal] = []
    for (index, violation) in verdict.violations.enumerated() {
      if let proposal = Self.proposal(violation, index, policy, result, subjects) { proposals.append(proposal) }
    }
    self.proposals = proposals
    otherViolations = verdict.violations.count - proposals.count
  }

  private static func proposal(
    _ violation: PolicyViolation, _ index: Int, _ policy: Policy, _ result: AnalysisResult, _ subjects: SubjectTable
  ) -> Proposal? {
    guard let subject = violation.subject, violation.kind == .capability || violation.kind == .dependency else {
      return nil
    }
    let list = violation.kind == .dependency ? "depends-on" : "allow"
    if !violation.user.isEmpty, let section = policy.sections.first(where: { $0.line == violation.line }) {
      return Proposal(
        violation: index, crate: section.name, list: list, name: violation.capability, isNewSection: false)
    }
    if let section = subjects.section(of: subject).map({ policy.sections[$0] }) {
      return Proposal(
        violation: index, crate: section.name, list: list, name: violation.capability,
        isNewSection: violation.kind == .capability && section.allow == nil)
    }
    let package = result.units[subject.unit].package
    let name = subject.phase == .run ? package : "\(package):\(subject.phase.rawValue)"
    return Proposal(violation: index, crate: name, list: list, name: violation.capability, isNewSection: true)
  }

  /// Puts a proposal into the text.
  ///
  /// - Throws: a `Failure` if what comes out could not be read.
  public mutating func accept(_ proposal: Proposal, _ verdict: PolicyVerdict) throws {
    let violation = verdict.violations[proposal.violation]
    let comment = violation.kind == .capability ? GrantComment.text(violation.evidence, result) : ""
    try editor.add(proposal.name, to: proposal.list, ofCrate: proposal.crate, comment: comment)
    guard proposal.isNewSection, let subject = violation.subject else { return }
    // What the default allowed until now.
    let allowedByDefault = policy.defaultSection(subject.phase)?.allowed ?? CapabilitySet()
    let package = result.units[subject.unit].package
    for need in needs where need.package == package && need.phase == subject.phase {
      for (capability, comment) in need.comments where allowedByDefault.contains(capability) {
        try editor.add(policy.taxonomy.name(capability), to: "allow", ofCrate: proposal.crate, comment: comment)
      }
    }
  }

  /// Takes a grant out that nothing needs.
  ///
  /// - Returns: whether it was one; whole sections, defaults and other rules stay.
  /// - Throws: a `Failure` if what comes out could not be read.
  public mutating func prune(_ rule: UnusedRule) throws -> Bool {
    guard !rule.grant.isEmpty, let section = policy.sections.first(where: { $0.title == rule.rule }) else {
      return false
    }
    let isAllowed = section.allow?.contains { $0.name == rule.grant && $0.line == rule.line } ?? false
    try editor.remove(rule.grant, from: isAllowed ? "allow" : "depends-on", ofCrate: section.name)
    return true
  }

  /// Writes the file, if anything was accepted.
  ///
  /// - Throws: a `Failure` that names the file.
  public func write() throws { try AtomicFile.write(editor.text, to: policy.file) }
}
