import CrateFacts
import RustDump

#if canImport(Glibc)
  import Glibc
#endif

/// Checks the item readers against MIR: `read-items UNIT-FOLDER...`.
///
/// For each unit the members of impls with a body, in order, must be the same in `mir`, `expanded` and `hir`. Prints one
/// line for each unit that differs or has gaps, and the speed over all.
@main
struct ReadItems {
  static func main() {
    var bytes = 0
    var seconds = 0.0
    var differing = 0
    var gapCount = 0
    for folder in CommandLine.arguments.dropFirst() {
      for form in ["expanded", "hir"] {
        guard let text = read(folder + "/" + form) else { continue }
        var store = TermStore()
        var gaps: [DumpGap] = []
        let start = now()
        let tree = text.withUnsafeBytes {
          ItemReader.read($0, dialect: form == "hir" ? .hir : .expanded, store: &store, gaps: &gaps)
        }
        seconds += now() - start
        bytes += text.count
        gapCount += gaps.count
        let members = UnitReader.memberNames(tree).map { store.names.string($0) }
        let expected = mirMembers(folder)
        if members != expected {
          differing += 1
          let first = zip(members, expected).enumerated().first { $0.element.0 != $0.element.1 }
          print(
            "\(folder) \(form): \(members.count) members, mir has \(expected.count); first difference \(first as Any)")
        }
        for gap in gaps.prefix(5) {
          print(
            "\(folder) \(form) line \(gap.line): \(store.names.string(NameID(gap.what))): \(store.names.string(NameID(gap.why)))"
          )
        }
      }
    }
    print(
      "\(differing) differ, \(gapCount) gaps, \(bytes / 1_000_000) MB, \(Int(Double(bytes) / 1e6 / max(seconds, 1e-9))) MB/s"
    )
    exit(differing == 0 && gapCount == 0 ? 0 : 1)
  }

  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  static func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return bytes }
      bytes.append(contentsOf: buffer[..<count])
    }
  }

  static func mirMembers(_ folder: String) -> [String] {
    guard let text = read(folder + "/mir") else { return [] }
    var store = TermStore()
    var gaps: [DumpGap] = []
    let facts = text.withUnsafeBytes { MirReader.read($0, store: &store, gaps: &gaps) }
    return facts.bodies.compactMap { body in
      let path = TermID(body.path)
      guard body.bodyKind == .function || body.bodyKind == .constant, store.terms.kind(path) == .segment,
        store.terms.kind(store.terms.parent(path)) == .implAt
      else { return nil }
      let name = store.names.string(store.terms.name(path))
      return name.hasPrefix("{") ? nil : name
    }
  }
}
