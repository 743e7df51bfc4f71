import Capabilities
import Policy
import Project

/// Reads any bytes as a report, and compares it with nothing and with itself.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  let bytes = UnsafeRawBufferPointer(start: start, count: count)
  guard let json = try? JSONReader().read(bytes, name: "report.json"),
    let content = try? ReportReader.read(json, file: "report.json")
  else { return 0 }
  let nothing = ReportContent(name: "nothing")
  let came = DifferenceFinder.compare(nothing, content, rules: RiskRules())
  let went = DifferenceFinder.compare(content, nothing, rules: RiskRules())
  precondition(came.removedCrates.isEmpty && !went.hasAdditions)
  precondition(DifferenceFinder.compare(content, content, rules: RiskRules()).isEmpty)
  return 0
}
