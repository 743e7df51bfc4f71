import CallGraph
import CrateFacts
import Project
import RustDump

#if canImport(Glibc)
  import Glibc
#endif

/// Builds the call graph of a dump folder and prints how long each step takes and what is in it:
/// `build-graph DUMPS STANDARD-FACTS [--edges NAME]`. With `--edges`, the edges of functions whose name holds NAME.
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
      print("usage: build-graph DUMPS STANDARD-FACTS [--edges NAME]")
      exit(2)
    }
    var mark = now()
    func lap(_ what: String) {
      let time = now()
      print("\(what): \(((time - mark) * 1000).rounded() / 1000) s")
      mark = time
    }
    let folder = try DumpFolder(path: arguments[1])
    let standard = try StandardFacts.decode(
      MappedFile(path: arguments[2]).withBytes { Array($0) }, withBodies: arguments.contains("--mir"))
    lap("open")
    let loaded = try FactsLoader.load(units: folder.units, jobs: 2, cache: nil)
    lap("facts of \(folder.units.count) units")
    let graph = GraphBuilder.build(
      GraphInput(units: folder.units, facts: loaded.facts, standard: standard))
    lap("graph")
    print(graph.coverage)
    print(
      "nodes \(graph.nodes.count) edges \(graph.edges.count) entries \(graph.entryPoints.count) gaps \(graph.gaps.count)"
    )
    printGaps(graph)
    printUnresolved(graph)
    if let index = arguments.firstIndex(of: "--edges"), index + 1 < arguments.count {
      printEdges(graph, arguments[index + 1])
    }
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
