import CallGraph
import Capabilities
import Reports
import RustDump
import TestSupport

/// A small graph with something of everything: a library and its build script, a dependency, gaps.
enum ReportFixture {
  static func graph() -> TestGraph {
    var graph = TestGraph(units: [])
    graph.addUnit("demo", target: "bin")
    graph.addUnit("build_script_build", phase: "build-script", target: "build-script", package: "demo")
    graph.addUnit("peer", runsIn: ["run", "build-script"], isMember: false)
    graph.addUnit("quiet", isMember: false)
    graph.entry("demo::main", .main)
    graph.entry("build_script_build::main", .buildScript)
    graph.entry("peer::send")
    graph.entry("<peer::Link as std::ops::Drop>::drop", .traitImplementation)
    graph.edge("demo::main", "demo::load", line: 4)
    graph.edge("demo::load", "std::fs::read_to_string", line: 9)
    graph.edge("demo::main", "peer::send", .dyn, candidates: 2, line: 5)
    graph.edge("peer::send", "peer::connect", line: 14)
    graph.edge("peer::connect", "std::net::TcpStream::connect", line: 20)
    graph.edge("build_script_build::main", "peer::send", line: 2)
    graph.edge("demo::unused", "std::process::exit", line: 30)
    graph.operation("peer::connect", "unsafe.raw-deref", "raw-deref", line: 21)
    graph.edge("<peer::Link as std::ops::Drop>::drop", "peer::connect", .drop, line: 40)
    graph.node("quiet::nothing")
    graph.change {
      $0.units[0].callerSupplied = ["<T as demo::Store>::put"]
      $0.units[2].unsafeBlocks = 1
      $0.units[2].linkedLibraries = ["z"]
      $0.coverage.functions = 9
      $0.coverage.instances = 9
      $0.coverage.calls = 1
      $0.coverage.single = 1
      $0.gaps.append(
        GraphGap(kind: .unreadable, unit: 2, what: "fn peer::odd", file: "peer-0.1.0/src/lib.rs", line: 7, why: "eof"))
    }
    return graph
  }

  static let context = ReportContext(toolVersion: "0.1.0")

  /// What a report writes, as text.
  static func text(_ body: (inout ByteOutput) throws -> Void) rethrows -> String {
    var output = ByteOutput()
    try body(&output)
    return String(decoding: output.bytes, as: UTF8.self)
  }
}
