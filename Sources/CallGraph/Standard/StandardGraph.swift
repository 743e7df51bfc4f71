import CrateFacts
import RustDump

/// The call graph of std alone.
public enum StandardGraph {
  /// Builds the graph of what std's functions lead to, down to the functions of the system, whatever tables say of them.
  ///
  /// - Parameters:
  ///   - standard: std's crates with bodies.
  ///   - isStart: whether a function of std, by its path, is to be an entry point. Generic parameters are left open: what
  ///     a function does with types that its caller chooses is not in this graph.
  public static func build(
    standard: [StandardCrate], isStart: @escaping @Sendable (_ path: String) -> Bool
  ) -> CallGraph {
    var input = GraphInput(units: [], facts: [], standard: standard)
    input.standardClass = { _ in .unclassified }
    input.followsAllOfStandard = true
    input.linkerNames = true
    let link = Linkage(input)
    let entries = link.standardStarts(isStart)
    link.edges.run()
    link.edges.addAnswers()
    var assembler = GraphAssembler(link, input)
    let graph = assembler.assemble(entries)
    link.disconnect()
    return graph
  }
}

extension Linkage {
  fileprivate func standardStarts(_ isStart: (_ path: String) -> Bool) -> [EntryPoint] {
    edges.instances.world = .open
    var entries: [EntryPoint] = []
    for body in (program.bodyBase.first ?? 0)..<(program.bodyBase.last ?? 0) {
      guard let item = program.item(ofBody: body), program.bodyOfItem[item] == body, program.kind(item) == .function,
        isStart(names.path(ofBody: body))
      else { continue }
      let node = edges.instances.body(body, edges.openArguments(of: item), .told)
      entries.append(EntryPoint(node: node, kind: .publicItem, unit: GraphNode.noUnit))
    }
    return entries
  }
}
