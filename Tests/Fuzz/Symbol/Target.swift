import MachineCode

/// Uses the result: a pure function whose result nobody needs is not called at all.
nonisolated(unsafe) public var length = 0

/// Reads any bytes as symbols, one a line, and prints what they name.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  for line in text.split(separator: "\n") {
    guard let tree = SymbolParser.parse("_R" + line) else { continue }
    var printer = SymbolPrinter(tree)
    length = printer.text().utf8.count + (tree.crate(ofPath: tree.root) ?? 0)
  }
  return 0
}
