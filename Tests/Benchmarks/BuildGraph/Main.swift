import CallGraph
import CrateFacts
import Project
import RustDump

#if canImport(Glibc)
  import Glibc
#endif

/// Builds the call graph of a dump folder and prints how long each step takes and what is in it:
/// `build-graph DUMPS STANDARD-FACTS [--mir [--all]] [--edges NAME | --crate-edges | --row NAME] [--runs N]`.
///
/// - `--mir`: calls are followed through std's bodies; with `--all` also where nothing that counts can come of it.
/// - `--edges`: the edges of functions whose name starts with NAME.
/// - `--crate-edges`: which functions of the crates each function of the crates leads to, at once or through std.
/// - `--row`: one row of the table of `scripts/measure-growth` instead.
///
/// The graph's time is the CPU time of one thread, with the facts in memory, the best of N runs.
@main
struct BuildGraph {
  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3 else {
      print(
        "usage: build-graph DUMPS STANDARD-FACTS [--mir [--all]] [--edges NAME | --crate-edges | --row NAME] [--runs N]"
      )
      exit(2)
    }
    let rowName = option("--row", arguments)
    var mark = now()
    func lap(_ what: String) {
      let time = now()
      if rowName == nil { print("\(what): \(rounded(time - mark)) s") }
      mark = time
    }
    let folder = try DumpFolder(path: arguments[1])
    let standard = try StandardFacts.decode(
      MappedFile(path: arguments[2]).withBytes { Array($0) }, withBodies: arguments.contains("--mir"))
    lap("open")
    let loaded = try FactsLoader.load(units: folder.units, jobs: 2, cache: nil)
    lap("facts of \(folder.units.count) units")
    forgetPeak()
    let before = size("VmRSS")
    var input = GraphInput(units: folder.units, facts: loaded.facts, standard: standard)
    input.followsAllOfStandard = arguments.contains("--all")
    var (graph, seconds) = timed { GraphBuilder.build(input) }
    let memory = size("VmHWM") - before
    for _ in 1..<max(1, option("--runs", arguments).flatMap { Int($0) } ?? 1) {
      seconds = min(seconds, timed { graph = GraphBuilder.build(input) }.seconds)
    }
    if let rowName {
      printRow(rowName, graph, seconds: seconds, memory: memory)
      return
    }
    lap("graph, \(rounded(seconds)) s of CPU, \(memory / 1_000_000) MB beside the \(before / 1_000_000) MB of facts")
    print(graph.coverage)
    printStandard(graph)
    print(
      "nodes \(graph.nodes.count) edges \(graph.edges.count) entries \(graph.entryPoints.count) gaps \(graph.gaps.count)"
    )
    if arguments.contains("--crate-edges") { return printCrateEdges(graph) }
    printGaps(graph)
    printUnresolved(graph)
    if let name = option("--edges", arguments) { printEdges(graph, name) }
  }

  static func option(_ name: String, _ arguments: [String]) -> String? {
    guard let index = arguments.firstIndex(of: name), index + 1 < arguments.count else { return nil }
    return arguments[index + 1]
  }

  static func rounded(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }

  static func timed<Result>(_ body: () -> Result) -> (result: Result, seconds: Double) {
    func used() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = used()
    let result = body()
    return (result, used() - start)
  }

  /// A size of the process in bytes: `VmRSS` now, or `VmHWM`, the largest so far.
  static func size(_ name: String) -> Int {
    let status = text(of: "/proc/self/status")
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
    return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
  }

  static func text(of path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// Makes the largest size so far the present one.
  static func forgetPeak() {
    guard let file = fopen("/proc/self/clear_refs", "w") else { return }
    fputs("5", file)
    fclose(file)
  }

  static func printRow(_ name: String, _ graph: CallGraph, seconds: Double, memory: Int) {
    let instances = graph.nodes.count { $0.unit != GraphNode.noUnit }
    print(
      "| \(name) | \(instances) | \(graph.edges.count) | \(rounded(seconds)) | \(memory / 1_000_000) "
        + "| \(Int(seconds * 1e6) / max(1, instances)) | \(memory / max(1, instances)) |")
  }

  static func printGaps(_ graph: CallGraph) {
    var counts: [String: Int] = [:]
    for gap in graph.gaps {
      counts["\(gap.kind.rawValue) \(gap.what.prefix(140)): \(gap.why.prefix(60))", default: 0] += 1
    }
    for (text, count) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(60) {
      print("  \(count) \(text)")
    }
  }

  /// The callees that neither a unit nor std's items have, with the number of edges to them.
  static func printUnresolved(_ graph: CallGraph) {
    var counts: [UInt32: Int] = [:]
    for edge in graph.edges where graph.nodes[Int(edge.target)].flags.contains(.unknownStandardPath) {
      counts[edge.target, default: 0] += 1
    }
    for (node, count) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(40) {
      print("  unresolved \(count) \(graph.names.string(graph.nodes[Int(node)].name))")
    }
  }

  static func printEdges(_ graph: CallGraph, _ name: String) {
    for (index, node) in graph.nodes.enumerated() where graph.names.string(node.instance).hasPrefix(name) {
      print(
        "\(graph.names.string(node.instance))  reached \(node.flags.contains(.reached)) runs \(node.flags.contains(.mayRun))"
      )
      for edge in graph.edges(of: index) {
        let target = graph.nodes[Int(edge.target)]
        print(
          "    \(edge.kind.word) \(edge.candidates) \(graph.names.string(target.instance)) "
            + "\(graph.files[Int(edge.position.file)]):\(edge.position.line)")
      }
    }
  }
}
