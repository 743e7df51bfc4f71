import CrateFacts
import Project
import RustDump

/// Makes the facts file of std's items: `make-standard-facts OUTPUT CRATE=EXPANDED...`.
@main
struct MakeStandardFacts {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let output = arguments.first else {
      print("usage: make-standard-facts OUTPUT CRATE=EXPANDED...")
      return
    }
    var crates: [(crate: String, facts: UnitFacts)] = []
    for argument in arguments.dropFirst() {
      let parts = argument.split(separator: "=", maxSplits: 1)
      let file = try MappedFile(path: String(parts[1]))
      let empty = UnsafeRawBufferPointer(start: nil, count: 0)
      let facts = file.withBytes { UnitReader.read(mir: empty, expanded: $0, hir: empty) }
      print("\(parts[0]): \(facts.items.items.count) items, \(facts.store.terms.count) terms, \(facts.gaps.count) gaps")
      crates.append((String(parts[0]), facts))
    }
    try AtomicFile.write(StandardFacts.encode(crates), to: output, permissions: 0o644)
  }
}
