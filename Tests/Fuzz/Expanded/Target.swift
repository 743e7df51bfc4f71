import RustDump

/// Uses the result: a pure function whose result nobody needs is not called at all.
nonisolated(unsafe) public var itemCount = 0

/// Reads any bytes as a dump of the form `expanded`.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  var store = TermStore()
  var gaps: [DumpGap] = []
  let bytes = UnsafeRawBufferPointer(start: start, count: count)
  let tree = ItemReader.read(bytes, dialect: .expanded, store: &store, gaps: &gaps)
  itemCount = tree.items.count + gaps.count
  return 0
}
