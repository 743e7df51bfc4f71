import CallGraph
import Capabilities
import Project

/// Checks what crates do against what a policy allows.
public struct PolicyCheck {
  let policy: Policy
  let result: AnalysisResult
  let absolved: AbsolvedUnits
  let subjects: SubjectTable
  /// Labels that no `allow` names are there for claims, not for grants.
  let claimsOnly: CapabilitySet
  var verdict = PolicyVerdict()

  /// - Parameters:
  ///   - policy: read with the tables that the result was made with.
  ///   - result: made with the policy's rules.
  ///   - absolved: for the units of the result.
  public init(policy: Policy, result: AnalysisResult, absolved: AbsolvedUnits) {
    self.policy = policy
    self.result = result
    self.absolved = absolved
    subjects = SubjectTable(result, policy)
    claimsOnly = policy.labelsForClaims
  }

  /// Does all of it.
  public static func run(policy: Policy, result: AnalysisResult, absolved: AbsolvedUnits) -> PolicyVerdict {
    var check = PolicyCheck(policy: policy, result: result, absolved: absolved)
    check.run()
    return check.verdict
  }

  private mutating func run() {
    verdict.subjectCount = subjects.all.count
    let uses = UsedInContext(result, policy, subjects)
    checkCapabilities(uses)
    checkContexts(uses)
    checkDependencies()
    checkUnsafeUses()
    checkRequirements()
    let unused = UnusedRules(policy: policy, result: result, absolved: absolved, subjects: subjects, uses: uses)
    verdict.unused = unused.find()
    verdict.grantCount = policy.grantCount
  }

  /// What a subject does itself and has no grant for.
  func missing(_ subject: Subject) -> CapabilitySet {
    let allowed = subjects.allowing(subject)?.allowed ?? CapabilitySet()
    return result.ownCapabilities(ofUnit: subject.unit, policy.scope).subtracting(allowed)
      .subtracting(absolved.absolved(subject.unit)).subtracting(claimsOnly)
      .subtracting(unsafeRule(ofUnit: subject.unit).rule == .labelledOnly ? labelledUses : CapabilitySet())
  }

  /// What labels allow where the policy asks for labels: what is done in unsafe code.
  var labelledUses: CapabilitySet { policy.taxonomy.members(of: "unsafe") ?? CapabilitySet() }

  private mutating func checkCapabilities(_ uses: UsedInContext) {
    var seen: Set<[String]> = []
    var search = OwnUseSearch(result)
    for subject in subjects.all {
      let missing = missing(subject)
      if missing.isEmpty { continue }
      let evidence = EvidenceFinder(result: result).evidence(of: subject.unit, missing, &search)
      for capability in missing {
        let context = uses.elsewhere(subject, capability)
        if context == .covered { continue }
        let name = policy.taxonomy.name(capability)
        let described = result.units[subject.unit]
        // Two builds of one target do the same.
        let identity = [
          described.package, described.version, described.target, described.targetName, subject.phase.rawValue,
        ]
        guard seen.insert(identity + [name]).inserted else { continue }
        var violation = violation(.capability, subject, name, section: subjects.allowing(subject))
        violation.message = "\(result.label(subject)) may not \(name)"
        violation.evidence = evidence[capability] ?? PolicyEvidence()
        if case .outside(let use) = context { violation.evidence = result.evidence(of: use) }
        verdict.violations.append(violation)
      }
    }
  }

  /// A violation of a section, or of the rule that what nobody allows is not allowed.
  func violation(
    _ kind: PolicyViolation.Kind, _ subject: Subject?, _ capability: String, section: Policy.Section?
  ) -> PolicyViolation {
    PolicyViolation(
      kind: kind, subject: subject, capability: capability, user: "", rule: section?.title ?? "",
      line: section?.line ?? 0, message: "", evidence: PolicyEvidence())
  }
}

extension Policy {
  /// Labels that no `allow` names.
  var labelsForClaims: CapabilitySet {
    labels.subtracting(grants.reduce(into: CapabilitySet()) { $0.formUnion($1.capabilities) })
  }

  /// The user's own capabilities.
  var labels: CapabilitySet { taxonomy.labels }

  /// All names in `allow` lists.
  var grants: [Grant] { (Array(defaults.values) + sections).flatMap { $0.allow ?? [] } }

  var grantCount: Int { grants.count + sections.reduce(0) { $0 + ($1.dependsOn?.count ?? 0) } }
}

extension AnalysisResult {
  /// A subject for readers: `demo 0.1.0 (build script)`, `cc 1.0.73 in build scripts`.
  public func label(_ subject: Subject) -> String {
    let described = units[subject.unit]
    let name = described.package + " " + described.version
    switch described.target {
    case "build-script": return name + " (build script)"
    case "proc-macro": return name + " (proc macro)"
    case "bin": return name + " (bin \(described.targetName))"
    default:
      switch subject.phase {
      case .run: return name
      case .buildScript: return name + " in build scripts"
      case .procMacro: return name + " in proc macros"
      }
    }
  }

  /// In whose code a use stands; code of std belongs to who called it.
  func owner(of use: OwnUseSearch.Use) -> Int? {
    let nodes = [use.start] + use.path.edges.map { graph.edges[Int($0)].target }
    return nodes.last { graph.nodes[Int($0)].unit != GraphNode.noUnit }.map { Int(graph.nodes[Int($0)].unit) }
  }

  func evidence(of use: OwnUseSearch.Use) -> PolicyEvidence {
    var evidence = PolicyEvidence()
    evidence.start = use.start
    evidence.entry = graph.entryPoints.firstIndex { $0.node == use.start }
    evidence.path = use.path
    return evidence
  }
}
