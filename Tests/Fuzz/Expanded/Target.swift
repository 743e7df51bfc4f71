import RustDump

/// Reads any bytes as a dump of the form `expanded`.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  var store = TermStore()
  var gaps: [DumpGap] = []
  _ = ItemReader.read(
    UnsafeRawBufferPointer(start: start, count: count), dialect: .expanded, store: &store, gaps: &gaps)
  return 0
}
