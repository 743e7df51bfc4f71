import RustDump

/// Uses the result: a pure function whose result nobody needs is not called at all.
nonisolated(unsafe) public var siteCount = 0

/// Reads any bytes as a MIR dump.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  var store = TermStore()
  var gaps: [DumpGap] = []
  let facts = MirReader.read(UnsafeRawBufferPointer(start: start, count: count), store: &store, gaps: &gaps)
  siteCount = facts.sites.count + gaps.count
  return 0
}
