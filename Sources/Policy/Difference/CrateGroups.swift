/// The crates of a report as they are compared: units of one package, version and target are one crate, whatever feature
/// sets and machines they were compiled for.
struct CrateGroups {
  /// What stays the same when a package gets a new version.
  struct Key: Hashable, Comparable {
    var package: String
    var target: String
    var targetName: String

    static func < (left: Key, right: Key) -> Bool {
      (left.package, left.target, left.targetName) < (right.package, right.target, right.targetName)
    }
  }

  /// What entry points reach in one phase: the places of evidence in the report by entry point and capability.
  typealias Reached = [String: [String: Int]]

  /// The units of one package, version and target.
  struct Group {
    /// All that its units have.
    var crate: ReportCrate
    var reached: [String: Reached] = [:]
    /// Packages that it depends on.
    var dependencies: Set<String> = []

    /// The crate's name without a version.
    var plainName: String { String(crate.name.prefix { $0 != "@" }) }

    func capabilities(in phase: String) -> Set<String> {
      Set((reached[phase] ?? [:]).values.flatMap(\.keys))
    }
  }

  let content: ReportContent
  private(set) var groups: [Key: [Group]] = [:]
  /// The packages of build scripts.
  private(set) var packagesWithBuildScript: Set<String> = []
  private(set) var packages: Set<String> = []
  /// For each package those that it depends on.
  private var dependencies: [String: Set<String>] = [:]

  init(_ content: ReportContent) {
    self.content = content
    var packageOfUnit: [String: String] = [:]
    var placeOfUnit: [String: (key: Key, place: Int)] = [:]
    for crate in content.crates { packageOfUnit[crate.id] = crate.package }
    for crate in content.crates {
      packages.insert(crate.package)
      if crate.target == "build-script" { packagesWithBuildScript.insert(crate.package) }
      let key = Key(package: crate.package, target: crate.target, targetName: crate.targetName)
      let place = place(for: crate, key)
      let names = crate.dependencies.compactMap { packageOfUnit[$0] }
      groups[key]?[place].dependencies.formUnion(names)
      dependencies[crate.package, default: []].formUnion(names)
      placeOfUnit[crate.id] = (key, place)
    }
    for (index, item) in content.evidence.enumerated() {
      guard let (key, place) = placeOfUnit[item.unit] else { continue }
      groups[key]?[place].reached[item.phase, default: [:]][item.entry, default: [:]].insert(
        index, item.capability, in: content)
    }
    for key in groups.keys { groups[key]?.sort { $0.crate.version < $1.crate.version } }
  }

  private mutating func place(for crate: ReportCrate, _ key: Key) -> Int {
    let place = (groups[key] ?? []).firstIndex { $0.crate.version == crate.version }
    if let place {
      groups[key]?[place].crate.formUnion(crate)
      return place
    }
    groups[key, default: []].append(Group(crate: crate))
    return (groups[key]?.count ?? 1) - 1
  }

  /// Whether a package has a build script, or one of those has that it depends on, directly or not.
  func leadsToBuildScript(_ package: String) -> Bool {
    var seen: Set<String> = [package]
    var work = [package]
    while let next = work.popLast() {
      if packagesWithBuildScript.contains(next) { return true }
      for name in dependencies[next] ?? [] where seen.insert(name).inserted { work.append(name) }
    }
    return false
  }
}

extension [String: Int] {
  /// Keeps the better of two paths to one capability.
  fileprivate mutating func insert(_ index: Int, _ capability: String, in content: ReportContent) {
    guard let known = self[capability], !content.isBetter(index, known) else {
      self[capability] = index
      return
    }
  }
}

extension ReportContent {
  /// Whether a path is more certain, else shorter, else first by its entry point, than another.
  func isBetter(_ left: Int, _ right: Int) -> Bool {
    let (one, other) = (evidence[left], evidence[right])
    if one.isCertain != other.isCertain { return one.isCertain }
    return (one.stepCount, one.entry, left) < (other.stepCount, other.entry, right)
  }
}

extension ReportCrate {
  /// Adds what another unit of the same crate has.
  fileprivate mutating func formUnion(_ other: ReportCrate) {
    runsIn.formUnion(other.runsIn)
    direct.formUnion(other.direct)
    transitive.formUnion(other.transitive)
    contained.formUnion(other.contained)
    links.formUnion(other.links)
    definedSymbols.formUnion(other.definedSymbols)
    foreignSymbols.formUnion(other.foreignSymbols)
    operations.merge(other.operations) { max($0, $1) }
    isWorkspaceMember = isWorkspaceMember || other.isWorkspaceMember
  }
}
