import RustDump

/// Reads any bytes as a MIR dump.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  var store = TermStore()
  var gaps: [DumpGap] = []
  _ = MirReader.read(UnsafeRawBufferPointer(start: start, count: count), store: &store, gaps: &gaps)
  return 0
}
