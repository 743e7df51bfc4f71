import Capabilities
import Project
import RustDump

/// Which findings a scan tells.
public enum ScanRules: String, Sendable, CaseIterable {
  /// Functions and methods that the tables know, foreign functions, words: the list of capsec, made complete.
  case known
  /// Any called path below a module that touches the system, too: the patterns of cargo-scan.
  case calls
  /// Any mention of such a module, types and imports too: a search for names.
  case names

  /// Whether a finding is told.
  public func include(_ match: SyntacticMatch) -> Bool {
    switch match {
    case .function, .method, .foreign, .word, .wrapper: true
    case .call: self != .known
    case .declaration, .name: self == .names
    }
  }
}

/// What a scan found in one package.
public struct ScannedPackage: Sendable {
  public var package: ScanPackage
  /// How many files and lines were read.
  public var files = 0
  public var lines = 0
  /// Sorted by file, place and what was met.
  public var findings: [ScanFinding] = []
  /// Files that could not be read, as reports print paths, and why.
  public var unread: [(file: String, why: String)] = []
}

/// A finding with its place.
public struct ScanFinding: Sendable {
  public var finding: SyntacticFinding
  /// Absolute.
  public var path: String
  /// As reports print it: relative to the workspace for members, else `<package>-<version>/..`.
  public var file: String
  /// The phase of the target that the file is taken to belong to.
  public var phase: Phase
}

/// A syntactic scanner: what the text of sources says they may do. docs/scan.md says how it looks, and what it cannot
/// see.
public struct SourceScan: Sendable {
  private let finder: SyntacticFinder
  private let rules: ScanRules
  private let includesTests: Bool

  /// - Parameters:
  ///   - tables: what std's and foreign functions do.
  ///   - modules: modules that touch the system.
  ///   - includesTests: whether tests, benchmarks and examples are looked at.
  public init(_ tables: CapabilityTables, modules: ScanModules, rules: ScanRules, includesTests: Bool = false) {
    finder = SyntacticFinder(tables, modules: modules, methodsNeedContext: true)
    self.rules = rules
    self.includesTests = includesTests
  }

  /// Scans packages.
  ///
  /// - Parameters:
  ///   - workspace: what paths of members are told relative to.
  ///   - jobs: how many packages are looked at at a time.
  public func scan(_ packages: [ScanPackage], workspace: String, jobs: Int) throws -> [ScannedPackage] {
    let workspace = PackageFiles.normalised(workspace)
    return try ParallelWork.map(packages, jobs: jobs, weight: { $0.roots.count }) { scan($0, workspace) }
  }

  private func scan(_ package: ScanPackage, _ workspace: String) -> ScannedPackage {
    var result = ScannedPackage(package: package)
    var sources = PackageSources(package, includesTests: includesTests)
    var read: [(file: PackageSources.File, source: SourceTokens, tests: TestCode)] = []
    var testFiles: Set<String> = []
    var declared: [String: String] = [:]
    for file in sources.files() {
      let shown = SourceScan.name(of: file.path, package, workspace)
      guard let size = FileSystem.size(of: file.path), size <= PackageFiles.sizeLimit else {
        result.unread.append((shown, "too large"))
        continue
      }
      guard let bytes = FileSystem.contents(of: file.path, limit: PackageFiles.sizeLimit) else {
        result.unread.append((shown, "cannot be read"))
        continue
      }
      let source = SourceTokens(bytes)
      let tests = includesTests ? TestCode(SourceTokens([])) : TestCode(source)
      for module in tests.modules {
        let isRoot = package.roots.contains(file.path)
        testFiles.formUnion(
          ModuleFile.candidates(
            module.name, path: module.path, file: file.path, modules: module.modules, isRoot: isRoot))
      }
      ForeignDeclarations.add(source, to: &declared)
      read.append((file, source, tests))
    }
    for (file, source, tests) in read where !SourceScan.isTest(file.path, testFiles) {
      result.files += 1
      result.lines += source.lineCount
      let found = finder.findings(in: source, tests.rest(of: source.count), ImportTable(source), declared: declared)
      let shown = SourceScan.name(of: file.path, package, workspace)
      for finding in found where rules.include(finding.match) {
        result.findings.append(ScanFinding(finding: finding, path: file.path, file: shown, phase: file.phase))
      }
    }
    return result
  }

  /// Whether a file is a module of tests, or one of its modules.
  private static func isTest(_ path: String, _ testFiles: Set<String>) -> Bool {
    if testFiles.contains(path) { return true }
    var folder = Substring(path)
    while let slash = folder.lastIndex(of: "/") {
      folder = folder[..<slash]
      if testFiles.contains(folder + ".rs") || testFiles.contains(folder + "/mod.rs") { return true }
    }
    return false
  }

  /// A file as reports print it.
  static func name(of path: String, _ package: ScanPackage, _ workspace: String) -> String {
    if package.isWorkspaceMember, path.hasPrefix(workspace + "/") { return String(path.dropFirst(workspace.count + 1)) }
    let label = package.version.isEmpty ? package.name : "\(package.name)-\(package.version)"
    return path.hasPrefix(package.folder + "/") ? label + path.dropFirst(package.folder.count) : path
  }
}
