import RustDump

#if canImport(Glibc)
  import Glibc
#endif

/// Reads MIR dumps to facts and prints how fast: `read-mir FILE...`.
///
/// Prints one line a file and one for all: megabytes, seconds of the best of three runs, MB/s, bodies, calls, drops,
/// unreadable items, terms. The file is mapped, as mircap maps it.
@main
struct ReadMir {
  static func main() {
    let files = CommandLine.arguments.dropFirst()
    guard !files.isEmpty else {
      print("usage: read-mir FILE...")
      exit(2)
    }
    var bytes = 0
    var seconds = 0.0
    for file in files {
      guard let (size, time) = measure(file) else { continue }
      bytes += size
      seconds += time
    }
    print("total \(bytes / 1_000_000) MB, \(rounded(seconds)) s, \(Int(Double(bytes) / 1e6 / seconds)) MB/s")
  }

  static func rounded(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }

  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  static func measure(_ file: String) -> (Int, Double)? {
    let descriptor = open(file, O_RDONLY)
    guard descriptor >= 0 else {
      print("\(file): cannot be opened")
      return nil
    }
    defer { close(descriptor) }
    let size = Int(lseek(descriptor, 0, SEEK_END))
    guard size > 0, let memory = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), memory != MAP_FAILED else {
      return nil
    }
    defer { munmap(memory, size) }
    var best = Double.infinity
    for run in 0..<3 {
      var store = TermStore()
      var gaps: [DumpGap] = []
      let start = now()
      let facts = MirReader.read(UnsafeRawBufferPointer(start: memory, count: size), store: &store, gaps: &gaps)
      best = min(best, now() - start)
      guard run == 2 else { continue }
      let statistics = facts.statistics
      print(
        "\(file.split(separator: "/").last ?? "") \(size / 1000) kB \(rounded(best)) s "
          + "\(Int(Double(size) / 1e6 / best)) MB/s bodies \(statistics.bodies) functions \(statistics.functions) "
          + "calls \(statistics.calls) drops \(statistics.drops) asm \(statistics.assemblies) "
          + "unreadable \(statistics.unreadable) terms \(store.terms.count) names \(store.names.count) "
          + "sites \(facts.sites.count)")
      for gap in gaps.prefix(20) {
        print("  line \(gap.line): \(store.names.string(NameID(gap.what))): \(store.names.string(NameID(gap.why)))")
      }
    }
    return (size, best)
  }
}
