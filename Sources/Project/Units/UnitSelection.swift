/// The units that the user asked for, by package and binary.
public struct UnitSelection: Sendable {
  /// Names of packages, or `name@version`. Empty: all.
  public var packages: [String]
  /// Names of binaries. Empty: all targets.
  public var binaries: [String]

  public init(packages: [String] = [], binaries: [String] = []) {
    self.packages = packages
    self.binaries = binaries
  }

  /// The selected units and everything that building them takes, in the order of the folder.
  ///
  /// - Throws: a `Failure` that names a package or binary that is not there.
  public func apply(to units: [Unit]) throws -> [Unit] {
    guard !packages.isEmpty || !binaries.isEmpty else { return units }
    let relations = UnitRelations(units: units)
    let roots = try binaries.isEmpty ? packageRoots(units) : binaryRoots(units)
    let kept = relations.closure(of: roots)
    return UnitRelations(units: units.indices.filter(kept.contains).map { units[$0] }).withPhases()
  }

  private func packageRoots(_ units: [Unit]) throws -> [Int] {
    try packages.flatMap { name in
      let roots = units.indices.filter { units[$0].target != .buildScript && Self.matches(name, units[$0]) }
      guard !roots.isEmpty else { throw Self.notFound("package", name, among: units.map(\.package)) }
      return roots
    }
  }

  private func binaryRoots(_ units: [Unit]) throws -> [Int] {
    try binaries.flatMap { name in
      let roots = units.indices.filter { index in
        units[index].target == .binary && units[index].targetName == name
          && (packages.isEmpty || packages.contains { Self.matches($0, units[index]) })
      }
      guard !roots.isEmpty else {
        throw Self.notFound("binary", name, among: units.filter { $0.target == .binary }.map(\.targetName))
      }
      return roots
    }
  }

  private static func matches(_ name: String, _ unit: Unit) -> Bool {
    name == unit.package || name == "\(unit.package)@\(unit.version)"
  }

  private static func notFound(_ what: String, _ name: String, among names: [String]) -> Failure {
    let known = Set(names).sorted()
    let shown = known.prefix(10).joined(separator: ", ") + (known.count > 10 ? ", ..." : "")
    return Failure.usage("there is no \(what) \(name)", advice: known.isEmpty ? nil : "there are: \(shown)")
  }
}
