import CallGraph
import Capabilities
import CrateFacts
import Project

/// Compares what the table says of std's functions with what their bodies lead to: `compare-standard DATA-FOLDER`.
///
/// Prints a line for each function and capability that only one of the two has, separated by tabs: `bodies` or `table`, the
/// capability, the function's path, and for `bodies` the shortest way to a function of the system.
@main
struct CompareStandard {
  static func main() throws {
    guard CommandLine.arguments.count <= 2 else {
      print("usage: compare-standard [DATA-FOLDER]")
      return
    }
    let files = try DataFiles(folder: CommandLine.arguments.dropFirst().first)
    let tables = try CapabilityTables(read: files.read)
    guard let facts = try files.read(StandardFacts.fileName) else { return }
    let standard = try StandardFacts.decode(facts.bytes, withBodies: true)
    let sinks = tables.sinks
    let graph = StandardGraph.build(standard: standard) { path in
      if case .unclassified = sinks.classify(path) { return false }
      return true
    }
    var comparison = BodyCapabilities(graph, tables)
    comparison.carry()
    for line in comparison.differences() { print(line) }
  }
}
