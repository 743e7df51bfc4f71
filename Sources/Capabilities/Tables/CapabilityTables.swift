import Project

/// All tables that say what code can do: taxonomy, std's functions, foreign symbols.
public struct CapabilityTables: Sendable {
  public var taxonomy: Taxonomy
  public var sinks: SinkTable
  public var foreignSymbols: ForeignSymbolTable
  public var numberedCalls: NumberedCallTable
  public var runtimeSymbols: RuntimeSymbolTable
  public var riskRules: RiskRules

  /// The files that are read, by their names in the data folder.
  public static let fileNames = [
    "taxonomy.txt", "std-sinks.txt", "std-sinks-other.txt", "std-pure.txt", "foreign-symbols.txt",
    "foreign-symbols-windows.txt", "syscalls.txt", "ioctls.txt", "runtime-symbols.txt", "risk-rules.txt",
  ]

  /// Reads all tables.
  ///
  /// - Parameter read: gives the content of a data file and the name to use in messages, `nil` if there is none.
  /// - Throws: a `Failure` that names file and line, and what `read` throws.
  public init(read: (_ fileName: String) throws -> (bytes: [UInt8], file: String)?) throws {
    func required(_ name: String) throws -> (bytes: [UInt8], file: String) {
      guard let found = try read(name) else { throw Failure("the file is missing", file: name) }
      return found
    }
    let taxonomyFile = try required("taxonomy.txt")
    taxonomy = try Taxonomy(bytes: taxonomyFile.bytes, file: taxonomyFile.file)
    let sinkFiles = [try required("std-sinks.txt"), try read("std-sinks-other.txt")].compactMap(\.self)
    sinks = try SinkTable(sinks: sinkFiles, pure: try read("std-pure.txt"), taxonomy: taxonomy)
    let symbolFiles = [try required("foreign-symbols.txt"), try read("foreign-symbols-windows.txt")].compactMap(\.self)
    foreignSymbols = try ForeignSymbolTable(files: symbolFiles, taxonomy: taxonomy)
    numberedCalls = try NumberedCallTable(
      systemCalls: try read("syscalls.txt"), requests: try read("ioctls.txt"), taxonomy: taxonomy)
    let runtime = try required("runtime-symbols.txt")
    runtimeSymbols = try RuntimeSymbolTable(bytes: runtime.bytes, file: runtime.file)
    riskRules = RiskRules()
    if let rules = try read("risk-rules.txt") {
      riskRules = try RiskRules(bytes: rules.bytes, file: rules.file, taxonomy: taxonomy)
    }
  }
}
