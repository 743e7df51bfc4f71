import Capabilities

/// Compares two reports.
public struct DifferenceFinder {
  private let old: CrateGroups
  private let new: CrateGroups
  private let rules: RiskRules
  private var result: Difference

  /// How many paths a change shows at most.
  static let mostEvidence = 20

  /// What came and went.
  ///
  /// - Parameter rules: whose lines on changes are applied.
  public static func compare(_ old: ReportContent, _ new: ReportContent, rules: RiskRules) -> Difference {
    var finder = DifferenceFinder(old, new, rules)
    finder.run()
    return finder.result
  }

  private init(_ old: ReportContent, _ new: ReportContent, _ rules: RiskRules) {
    self.old = CrateGroups(old)
    self.new = CrateGroups(new)
    self.rules = rules
    result = Difference(
      oldName: old.name, newName: new.name, oldIsComplete: old.isComplete, newIsComplete: new.isComplete)
  }

  private mutating func run() {
    let keys = Set(old.groups.keys).union(new.groups.keys).sorted()
    for key in keys {
      for (one, other) in Self.pairs(old.groups[key] ?? [], new.groups[key] ?? []) { compare(one, other) }
    }
    compareRisks()
    // A stable order: what the reader works on comes first.
    result.changes =
      result.changes.filter(\.isWorkspaceMember) + result.changes.filter { !$0.isWorkspaceMember }
    result.addedCrates.sort()
    result.removedCrates.sort()
  }

  /// Crates of one key: those of one version belong together, then the rest in the order of their versions.
  private static func pairs(
    _ old: [CrateGroups.Group], _ new: [CrateGroups.Group]
  ) -> [(CrateGroups.Group?, CrateGroups.Group?)] {
    let oldVersions = Set(old.map(\.crate.version))
    let newVersions = Set(new.map(\.crate.version))
    var pairs: [(CrateGroups.Group?, CrateGroups.Group?)] = []
    for group in old where newVersions.contains(group.crate.version) {
      pairs.append((group, new.first { $0.crate.version == group.crate.version }))
    }
    let gone = old.filter { !newVersions.contains($0.crate.version) }
    let came = new.filter { !oldVersions.contains($0.crate.version) }
    for index in 0..<max(gone.count, came.count) {
      pairs.append((index < gone.count ? gone[index] : nil, index < came.count ? came[index] : nil))
    }
    return pairs
  }

  private mutating func compare(_ old: CrateGroups.Group?, _ new: CrateGroups.Group?) {
    guard let crate = new?.crate ?? old?.crate else { return }
    noteCrate(old, new)
    if crate.target == "build-script" { compareBuildScripts(old, new) }
    let comparison = CrateComparison(old: old, new: new, content: self.new.content)
    result.changes += comparison.changes()
  }

  private mutating func noteCrate(_ old: CrateGroups.Group?, _ new: CrateGroups.Group?) {
    switch (old, new) {
    case (nil, let new?): if new.crate.target != "build-script" { result.addedCrates.append(new.crate.name) }
    case (let old?, nil): if old.crate.target != "build-script" { result.removedCrates.append(old.crate.name) }
    case (let old?, let new?):
      guard old.crate.version != new.crate.version else { return }
      let name = new.crate.target == "build-script" ? new.crate.package : new.plainName
      let change = Difference.VersionChange(crate: name, old: old.crate.version, new: new.crate.version)
      if !result.versions.contains(change) { result.versions.append(change) }
    case (nil, nil): return
    }
  }

  /// A package's first build script, or that its last one is gone.
  private mutating func compareBuildScripts(_ old: CrateGroups.Group?, _ new: CrateGroups.Group?) {
    let package = (new ?? old)?.crate.package ?? ""
    let had = self.old.packagesWithBuildScript.contains(package)
    let has = self.new.packagesWithBuildScript.contains(package)
    guard had != has, var change = CrateComparison(old: old, new: new, content: self.new.content).change(.buildScript)
    else { return }
    let name = (new ?? old)?.crate.name ?? ""
    if has { change.added = [name] } else { change.removed = [name] }
    if result.changes.contains(where: { $0.subject == .buildScript && $0.package == package }) { return }
    result.changes.append(change)
  }

  private mutating func compareRisks() {
    func key(_ risk: ReportRisk) -> [String] { [risk.rule, String(risk.crate.prefix { $0 != "@" }), risk.phase] }
    let before = Set(old.content.risks.map(key))
    let after = Set(new.content.risks.map(key))
    var seen: Set<[String]> = []
    result.addedRisks = new.content.risks.filter { !before.contains(key($0)) && seen.insert(key($0)).inserted }
    result.removedRisks = old.content.risks.filter { !after.contains(key($0)) && seen.insert(key($0)).inserted }
    for rule in rules.changes { apply(rule) }
  }

  /// Points out packages that could do nothing before and now bring a build script.
  private mutating func apply(_ rule: RiskRules.Change) {
    for package in new.packages.intersection(old.packages).sorted() where couldDoNothing(package) {
      let holds: Bool
      switch rule.condition {
      case .gainsBuildScript: holds = new.packagesWithBuildScript.contains(package)
      case .gainsDependencyWithBuildScript:
        holds = dependencies(of: package, in: new).subtracting(dependencies(of: package, in: old))
          .contains { new.leadsToBuildScript($0) }
      }
      guard holds else { continue }
      let crate = new.content.crates.first { $0.package == package && $0.target != "build-script" }
      result.addedRisks.append(
        ReportRisk(
          rule: rule.name, crate: crate?.name ?? package, version: crate?.version ?? "", phase: "build-script",
          entry: "", why: rule.why))
    }
  }

  /// Whether nothing of a package had a capability, and no build script ran for it.
  private func couldDoNothing(_ package: String) -> Bool {
    guard !old.packagesWithBuildScript.contains(package) else { return false }
    return old.content.crates.allSatisfy { crate in
      crate.package != package || crate.direct.isEmpty && crate.transitive.isEmpty && crate.contained.isEmpty
    }
  }

  private func dependencies(of package: String, in groups: CrateGroups) -> Set<String> {
    groups.groups.reduce(into: []) { names, entry in
      guard entry.key.package == package, entry.key.target != "build-script" else { return }
      for group in entry.value { names.formUnion(group.dependencies) }
    }
  }
}
