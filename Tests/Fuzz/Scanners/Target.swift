import Capabilities
import Project
import SyntacticScan

private let reader: ScannerReportReader = {
  do {
    let files = try DataFiles()
    let tables = try CapabilityTables(read: files.read)
    guard let file = try files.read(ScannerCategories.fileName) else { fatalError("no \(ScannerCategories.fileName)") }
    let categories = try ScannerCategories(bytes: file.bytes, file: file.file, taxonomy: tables.taxonomy)
    return ScannerReportReader(categories, taxonomy: tables.taxonomy)
  } catch {
    fatalError("\(error)")
  }
}()

/// Reads any bytes as another scanner's report.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  let bytes = Array(UnsafeRawBufferPointer(start: start, count: count))
  guard let report = try? reader.read(bytes, name: "report") else { return 0 }
  for claim in report.claims { precondition(!claim.capabilities.isEmpty && claim.line >= 0) }
  return 0
}
