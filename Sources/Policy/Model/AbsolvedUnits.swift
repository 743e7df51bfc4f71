import Capabilities
import Project

/// Which entries of the allowlists mean which units.
public struct AbsolvedUnits: Sendable {
  /// The shipped entries, if the policy uses them, then the policy's own.
  public private(set) var entries: [AllowlistEntry] = []
  /// For each unit the entries that mean it: indices into `entries`.
  public private(set) var entriesOfUnit: [[Int]] = []

  /// No entries.
  public init() {}

  /// - Parameters:
  ///   - policy: its own entries, and whether it uses the shipped ones.
  ///   - units: in the order of the graph.
  ///   - build: where the checksums are, if there is a `build.json`.
  public init(policy: Policy, shipped: ShippedAllowlist, units: [Unit], build: BuildDescription?) {
    self.init(
      policy: policy, shipped: shipped,
      packages: units.map { ($0.package, $0.version, build?.package(of: $0)?.checksum ?? "") })
    // What somebody has looked at is the crate: its build script is code of its own.
    for (index, unit) in units.enumerated() where unit.target == .buildScript { entriesOfUnit[index] = [] }
  }

  /// The same for packages that are known by name, version and checksum.
  public init(
    policy: Policy, shipped: ShippedAllowlist, packages: [(name: String, version: String, checksum: String)]
  ) {
    entries = (policy.usesShippedAllowlist ? shipped.entries : []) + policy.allowlist
    entriesOfUnit = packages.map { package in
      entries.indices.filter {
        entries[$0].matches(package: package.name, version: package.version, checksum: package.checksum)
      }
    }
  }

  /// What a unit is absolved from.
  public func absolved(_ unit: Int) -> CapabilitySet {
    guard unit < entriesOfUnit.count else { return CapabilitySet() }
    return entriesOfUnit[unit].reduce(into: CapabilitySet()) { $0.formUnion(entries[$1].absolves) }
  }

  /// The entries that absolve a unit from a capability.
  public func entries(absolving unit: Int, from capability: CapabilityID) -> [AllowlistEntry] {
    guard unit < entriesOfUnit.count else { return [] }
    return entriesOfUnit[unit].map { entries[$0] }.filter { $0.absolves.contains(capability) }
  }

  /// What the analysis is told, so that absolved capabilities do not travel upward.
  public func absolutions(_ taxonomy: Taxonomy) -> [AnalysisRules.Absolution] {
    entries.indices.compactMap { index in
      let units = entriesOfUnit.indices.filter { entriesOfUnit[$0].contains(index) }
      let entry = entries[index]
      guard !units.isEmpty else { return nil }
      return AnalysisRules.Absolution(
        units: units, capabilities: taxonomy.orderedNames(entry.absolves), crate: entry.package,
        reason: entry.reason, origin: entry.origin)
    }
  }
}
