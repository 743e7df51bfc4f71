import Capabilities
import Project
import RustDump

/// Finds what the compilations of units left out, from the sources.
public struct NotCompiledScanner: Sendable {
  private let finder: SyntacticFinder
  private let names: SourceNames
  /// The files that some unit of a package has compiled, by package and version.
  private let compiled: [String: Set<String>]

  /// - Parameters:
  ///   - tables: what std's and foreign functions do.
  ///   - units: all units of the build: what another unit of the package compiles is no stray file.
  public init(_ tables: CapabilityTables, units: [Unit]) {
    finder = SyntacticFinder(tables)
    names = SourceNames(units)
    var compiled: [String: Set<String>] = [:]
    for unit in units {
      compiled[Self.key(unit), default: []].formUnion(Self.files(of: unit))
    }
    self.compiled = compiled
  }

  /// What was left out of each unit, in their order.
  ///
  /// - Parameter jobs: how many units are looked at at a time.
  public static func scan(_ units: [Unit], tables: CapabilityTables, jobs: Int) throws -> [NotCompiledCode] {
    let scanner = NotCompiledScanner(tables, units: units)
    return try ParallelWork.map(units, jobs: jobs, weight: { $0.sourceFiles.count }) { scanner.scan($0) }
  }

  /// What was left out of one unit.
  public func scan(_ unit: Unit) -> NotCompiledCode {
    var result = NotCompiledCode()
    guard !unit.cfgs.isEmpty else {
      result.unknown = "unit.json does not tell the cfgs"
      return result
    }
    var scan = UnitScan(unit, finder: finder, names: names)
    scan.run(files: Self.files(of: unit), compiledElsewhere: compiled[Self.key(unit)] ?? [])
    return scan.finished()
  }

  private static func key(_ unit: Unit) -> String { "\(unit.package)\n\(unit.version)" }

  private static func files(of unit: Unit) -> [String] {
    let sources = unit.sourceFiles.filter { $0.hasSuffix(".rs") }
    return Set((sources + [unit.rootFile]).map { PackageFiles.absolute($0, in: unit.workingDirectory) }).sorted()
  }
}

/// The look at one unit's sources.
private struct UnitScan {
  private let unit: Unit
  private let finder: SyntacticFinder
  private let names: SourceNames
  private let cfgs: CfgSet
  private let files: PackageFiles
  private let rootFile: String
  private var result = NotCompiledCode()
  private var compiled: Set<String> = []
  /// Files that belong to what is listed, or to tests.
  private var explained: Set<String> = []

  /// A module that is left out is followed through so many files.
  private static let fileLimit = 2000
  private static let depthLimit = 24

  init(_ unit: Unit, finder: SyntacticFinder, names: SourceNames) {
    self.unit = unit
    self.finder = finder
    self.names = names
    var cfgs = unit.cfgs
    if unit.target == .procMacro { cfgs.append("proc_macro") }
    self.cfgs = CfgSet(cfgs: cfgs, features: unit.features)
    files = PackageFiles(unit)
    rootFile = PackageFiles.absolute(unit.rootFile, in: unit.workingDirectory)
  }

  func finished() -> NotCompiledCode {
    var result = result
    result.entries.sort { ($0.file, $0.line, $0.what, $0.cfg) < ($1.file, $1.line, $1.what, $1.cfg) }
    result.unread = Array(Set(result.unread)).sorted()
    return result
  }

  mutating func run(files compiled: [String], compiledElsewhere: Set<String>) {
    var macros: [String: CfgPredicate] = [:]
    self.compiled = Set(compiled)
    for file in compiled {
      guard let source = files.source(file) else {
        result.unread.append(names.name(of: shown(file), in: unit))
        continue
      }
      ConditionalMacros.add(source, to: &macros)
    }
    for file in compiled {
      guard let source = files.source(file) else { continue }
      read(source, file, macros)
    }
    addStrayFiles(compiledElsewhere)
  }

  private mutating func read(_ source: SourceTokens, _ file: String, _ macros: [String: CfgPredicate]) {
    let outline = OutlineReader(source, cfgs: cfgs, macros: macros)
    result.tests += outline.tests
    for module in outline.testModules { explain(module, file) }
    guard !outline.leftOut.isEmpty else { return }
    let imports = ImportTable(source)
    for left in outline.leftOut { add(left, source, file, imports) }
  }

  private mutating func add(_ left: LeftOut, _ source: SourceTokens, _ file: String, _ imports: ImportTable) {
    let item = left.item
    var found = findings(finder.findings(in: source, [item.range], imports), file)
    for module in modules(of: left, source) { found += moduleFindings(candidates(module, file)) }
    let capabilities = found.reduce(into: CapabilitySet()) { $0.insert($1.capability) }
    // A part of an item, or an import, is told of where it does something.
    guard item.isItem && !item.isImport || !capabilities.isEmpty else { return }
    result.entries.append(
      NotCompiled(
        what: item.what, file: name(of: file), line: source.line(item.range.lowerBound), cfg: left.condition.text,
        mayContain: capabilities, findings: firsts(found)))
  }

  // MARK: Files that were not compiled

  /// The modules with files of their own that something is or holds.
  private func modules(of left: LeftOut, _ source: SourceTokens) -> [FileModuleDeclaration] {
    guard let name = left.item.fileModule else {
      return FileModules.find(source, left.item.range, modules: left.modules)
    }
    return [FileModuleDeclaration(name: name, path: left.path, modules: left.modules)]
  }

  private func candidates(_ module: FileModuleDeclaration, _ file: String) -> [String] {
    ModuleFile.candidates(
      module.name, path: module.path, file: file, modules: module.modules, isRoot: file == rootFile)
  }

  /// What the files of a module that was left out may do, with those of its own modules.
  private mutating func moduleFindings(_ candidates: [String]) -> [NotCompiled.Finding] {
    var found: [NotCompiled.Finding] = []
    for (file, source) in moduleSources(candidates) {
      found += findings(finder.findings(in: source), file)
    }
    return found
  }

  /// The files of a module and of the modules in it, whatever their conditions.
  private mutating func moduleSources(_ candidates: [String]) -> [(file: String, source: SourceTokens)] {
    var found: [(file: String, source: SourceTokens)] = []
    var seen: Set<String> = []
    var work = [(candidates, 0)]
    while let (candidates, depth) = work.popLast(), found.count < UnitScan.fileLimit {
      // Another declaration may have brought the file in.
      guard let file = candidates.first(where: { files.source($0) != nil }), !compiled.contains(file),
        let source = files.source(file), seen.insert(file).inserted
      else { continue }
      found.append((file, source))
      explained.insert(file)
      guard depth < UnitScan.depthLimit else { continue }
      for module in FileModules.find(source) { work.append((self.candidates(module, file), depth + 1)) }
    }
    return found
  }

  private mutating func explain(_ module: LeftOut, _ file: String) {
    guard let name = module.item.fileModule else { return }
    let declaration = FileModuleDeclaration(name: name, path: module.path, modules: module.modules)
    _ = moduleSources(candidates(declaration, file))
  }

  /// Files beside the crate's root that no unit compiled and no declaration names.
  private mutating func addStrayFiles(_ compiled: Set<String>) {
    guard let slash = rootFile.lastIndex(of: "/"), unit.target == .library || unit.target == .procMacro else { return }
    let folder = String(rootFile[..<slash])
    // Beside the manifest stand examples, tests and other packages.
    guard folder != PackageFiles.absolute(unit.manifestDirectory, in: unit.workingDirectory) else { return }
    for file in PackageFiles.rustFiles(below: folder, limit: UnitScan.fileLimit) {
      guard !compiled.contains(file), !explained.contains(file), !file.hasPrefix(folder + "/bin/"),
        file != folder + "/main.rs", let source = files.source(file)
      else { continue }
      let found = findings(finder.findings(in: source), file)
      result.entries.append(
        NotCompiled(
          what: "file " + (file.dropFirst(folder.count + 1)), file: name(of: file), line: 1, cfg: "",
          mayContain: found.reduce(into: CapabilitySet()) { $0.insert($1.capability) }, findings: firsts(found)))
    }
  }

  // MARK: Findings

  private func findings(_ list: [SyntacticFinding], _ file: String) -> [NotCompiled.Finding] {
    list.flatMap { finding in
      finding.capabilities.map {
        NotCompiled.Finding(capability: $0, what: finding.what, file: name(of: file), line: finding.line)
      }
    }
  }

  /// The first finding of each capability.
  private func firsts(_ found: [NotCompiled.Finding]) -> [NotCompiled.Finding] {
    var seen: Set<CapabilityID> = []
    return found.filter { seen.insert($0.capability).inserted }.sorted { $0.capability < $1.capability }
  }

  private func name(of file: String) -> String { names.name(of: shown(file), in: unit) }

  /// A path as the compiler knows it: the folders of units may be written with `..`.
  private func shown(_ file: String) -> String {
    for folder in [unit.outputDirectory, unit.manifestDirectory, unit.workingDirectory] where !folder.isEmpty {
      let clean = PackageFiles.normalised(folder)
      if file.hasPrefix(clean + "/") { return folder + file.dropFirst(clean.count) }
    }
    return file
  }
}
