import CallGraph
import Capabilities
import Project
import RustDump

extension PolicyCheck {
  /// Uses of `unsafe` without a label, where the policy asks for labels.
  mutating func checkUnsafeUses() {
    let units = result.unitOrder.filter { unsafeRule(ofUnit: $0).rule == .labelledOnly }
    guard !units.isEmpty else { return }
    let uses = UnsafeUses(result, labels: policy.labels)
    var seen: Set<[String]> = []
    for unit in units {
      let absolvedHere = absolved.absolved(unit)
      let subject = Subject(unit: unit, phase: result.units[unit].runsIn.compactMap(Phase.init).min() ?? .run)
      for use in uses.unlabelled(ofUnit: unit, isReachedOnly: policy.scope == .reachable)
      where !absolvedHere.contains(use.capability) {
        let site = result.sites.sites[Int(use.site)]
        let name = policy.taxonomy.name(use.capability)
        let function = result.graph.names.string(result.graph.nodes[Int(site.node)].name)
        var violation = violation(.unsafeUse, subject, name, section: nil)
        violation.rule = unsafeRule(ofUnit: unit).title
        violation.line = unsafeRule(ofUnit: unit).line
        violation.message = "\(result.label(subject)) uses \(name) in \(function) without a label"
        violation.evidence.containing = site.node
        violation.evidence.site = use.site
        // Two builds of one target hold the same uses.
        let place = "\(result.files[Int(site.position.file)]):\(site.position.line):\(site.position.column)"
        let sink = result.sites.sinks[Int(site.sink)].name
        if seen.insert([violation.message, place, sink]).inserted { verdict.violations.append(violation) }
      }
    }
  }

  /// What holds for a unit's uses of `unsafe`, and where it is written.
  func unsafeRule(ofUnit unit: Int) -> (rule: Policy.UnsafeRule, title: String, line: Int) {
    let own = subjects.all.filter { $0.unit == unit }.compactMap { subject -> Policy.Section? in
      let section = subjects.section(of: subject).map { policy.sections[$0] }
      return section?.unsafeRule != nil ? section : policy.defaultSection(subject.phase)
    }
    for section in own {
      if let rule = section.unsafeRule { return (rule, section.title, section.line) }
    }
    return (policy.unsafeRule, "[policy] unsafe = \"\(policy.unsafeRule.rawValue)\"", policy.unsafeRuleLine)
  }
}

/// The places where code does what is unsafe, and whether they have labels.
struct UnsafeUses {
  /// One place.
  struct Use {
    var capability: CapabilityID
    /// An index into `SinkSites.sites`.
    var site: UInt32
  }

  /// What needs a label.
  static let names = [
    "unsafe.raw-deref", "unsafe.call", "unsafe.static-mut", "unsafe.union", "unsafe.transmute", "asm",
  ]

  private let result: AnalysisResult
  private let operations: CapabilitySet
  private let labels: CapabilitySet

  init(_ result: AnalysisResult, labels: CapabilitySet) {
    self.result = result
    self.labels = labels
    operations = CapabilitySet(UnsafeUses.names.compactMap { result.taxonomy.id($0) })
  }

  /// The uses in a unit's own code that have no label, once each, whatever the number of instances.
  ///
  /// A label for the block or for the call of a foreign function is a label for what is done there.
  func unlabelled(ofUnit unit: Int, isReachedOnly: Bool) -> [Use] {
    let block = result.taxonomy.id("unsafe.block")
    var uses: [Use] = []
    var seen: Set<Place> = []
    for (index, node) in result.graph.nodes.enumerated() where node.unit == UInt32(unit) {
      guard !result.sites.own[index].intersection(operations).isEmpty,
        !isReachedOnly || node.flags.contains(.mayRun)
      else { continue }
      let sites = result.sites.sites(of: index)
      let labelled = sites.filter { !capabilities($0).intersection(labels).isEmpty }
      if let block, labelled.contains(where: { capabilities($0).contains(block) }) { continue }
      let positions = Set(labelled.map(\.position))
      for place in sites.indices where !positions.contains(sites[place].position) {
        for capability in capabilities(sites[place]).intersection(operations) {
          let identity = Place(name: node.name, position: sites[place].position, capability: capability)
          if seen.insert(identity).inserted { uses.append(Use(capability: capability, site: UInt32(place))) }
        }
      }
    }
    return uses
  }

  private struct Place: Hashable {
    var name: NameID
    var position: SourcePosition
    var capability: CapabilityID
  }

  private func capabilities(_ site: SinkSite) -> CapabilitySet { result.sites.sinks[Int(site.sink)].capabilities }
}
