import CrateFacts
import RustDump

/// Uses the result: a pure function whose result nobody needs is not called at all.
nonisolated(unsafe) public var isReadable = false

/// Reads any bytes as a file of facts with a right head: what stands behind the checksum.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  let payload = UnsafeRawBufferPointer(start: start, count: count)
  var file = Array(FactsFile.encode(UnitFacts()).prefix(16))
  withUnsafeBytes(of: hashOfBytes(payload).littleEndian) { file.append(contentsOf: $0) }
  file.append(contentsOf: payload)
  isReadable = file.withUnsafeBytes { FactsFile.decode($0) } != nil
  return 0
}
