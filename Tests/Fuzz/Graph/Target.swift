import CallGraph
import CrateFacts
import Project

/// Uses the result: a pure function whose result nobody needs is not called at all.
nonisolated(unsafe) public var nodeCount = 0

/// Joins any three texts to facts, writes and reads these, and links them: the texts are divided by a byte 0.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  let bytes = UnsafeBufferPointer(start: start, count: count)
  let parts = bytes.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
  func part(_ index: Int) -> UnsafeRawBufferPointer {
    index < parts.count
      ? UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: parts[index])) : .init(start: nil, count: 0)
  }
  let facts = UnitReader.read(mir: part(0), expanded: part(1), hir: part(2))
  let file = FactsFile.encode(facts)
  guard let again = file.withUnsafeBytes({ FactsFile.decode($0) }) else { fatalError("facts cannot be read back") }
  precondition(FactsFile.encode(again) == file, "facts change when they are read back")
  let unit = Unit(id: "demo", crateName: "demo", rustcVersion: "1.95.0", rootFile: "src/lib.rs", folder: "demo")
  nodeCount = GraphBuilder.build(GraphInput(units: [unit], facts: [again])).nodes.count
  return 0
}
