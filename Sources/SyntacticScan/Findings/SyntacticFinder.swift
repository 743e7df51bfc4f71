import Capabilities
import RustDump

/// Finds by the text alone what Rust source may do: functions and types of std by their paths, through the `use`
/// declarations of the same file; foreign functions; `unsafe`, assembly, symbols.
///
/// Method calls have no types in the text: a method counts for each type of std that the text names and that has it.
/// What other crates' functions do is not known here.
public struct SyntacticFinder: Sendable {
  private let tables: CapabilityTables
  /// Of each type of std what its methods do, by their names.
  private let methods: [String: [String: SinkMember]]
  private let modules: ScanModules
  private let methodsNeedContext: Bool

  /// - Parameters:
  ///   - modules: modules of which any mention counts; without them only what the tables know counts.
  ///   - methodsNeedContext: whether a method counts only where its type is named in the same function, or in the file
  ///     outside of functions and imports.
  public init(
    _ tables: CapabilityTables, modules: ScanModules = ScanModules(), methodsNeedContext: Bool = false
  ) {
    self.tables = tables
    self.modules = modules
    self.methodsNeedContext = methodsNeedContext
    methods = tables.sinks.membersByType()
  }

  /// What a file may do.
  public func findings(in source: SourceTokens) -> [SyntacticFinding] { findings(in: source, 0..<source.count) }

  /// What some tokens of a file may do. Imports of the whole file count.
  public func findings(in source: SourceTokens, _ range: Range<Int>) -> [SyntacticFinding] {
    findings(in: source, [range], ImportTable(source))
  }

  /// - Parameter declared: the linked names of foreign functions that the crate declares, by their names in Rust: calls
  ///   of
  ///   these count.
  func findings(
    in source: SourceTokens, _ ranges: [Range<Int>], _ imports: ImportTable, declared: [String: String] = [:]
  ) -> [SyntacticFinding] {
    var search = FindingSearch(
      source: source, imports: imports, tables: tables, methods: methods, modules: modules, declared: declared)
    if methodsNeedContext { search.functions = FunctionTokens(source) }
    for range in ranges { search.look(range) }
    return search.result()
  }
}
