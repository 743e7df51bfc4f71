import CallGraph
import Capabilities
import CrateFacts
import MachineCode
import Project

/// Compares what the table says of std's functions with what they lead to: `compare-standard [PROGRAM]...`.
///
/// Without programs by std's bodies, else by the machine code of programs that were linked for `mircap verify`. Prints a
/// line for each function and capability that only one side has, separated by tabs: `bodies`, `machine` or `table`; the
/// capability; the function's path; and the shortest way to a function of the system.
@main
struct CompareStandard {
  static func main() throws {
    let files = try DataFiles()
    let tables = try CapabilityTables(read: files.read)
    guard let facts = try files.read(StandardFacts.fileName) else { return }
    let graph = StandardGraph.build(standard: try StandardFacts.decode(facts.bytes, withBodies: true)) { path in
      tables.capabilities(ofPath: path) != nil
    }
    let programs = CommandLine.arguments.dropFirst()
    guard !programs.isEmpty else {
      for line in BodyComparison(graph, tables).differences() { print(line) }
      return
    }
    var lines: Set<String> = []
    for program in programs {
      lines.formUnion(MachineComparison(try LinkedBinary(path: program), graph, tables).differences())
    }
    for line in lines.sorted() { print(line) }
  }
}
