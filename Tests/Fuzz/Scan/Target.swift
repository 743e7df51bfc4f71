import Capabilities
import Project
import RustDump
import SyntacticScan

private let finder: SyntacticFinder = {
  do {
    let files = try DataFiles()
    let tables = try CapabilityTables(read: files.read)
    guard let file = try files.read(ScanModules.fileName) else { fatalError("no \(ScanModules.fileName)") }
    return SyntacticFinder(
      tables, modules: try ScanModules(bytes: file.bytes, file: file.file, taxonomy: tables.taxonomy))
  } catch {
    fatalError("\(error)")
  }
}()

/// Looks through any bytes as Rust source.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  let source = SourceTokens(Array(UnsafeRawBufferPointer(start: start, count: count)))
  for finding in finder.findings(in: source) {
    precondition(finding.line >= 1 && finding.line <= max(1, source.lineCount) && finding.column >= 1)
    precondition(!finding.what.isEmpty || finding.match == .declaration || finding.match == .foreign)
  }
  return 0
}
