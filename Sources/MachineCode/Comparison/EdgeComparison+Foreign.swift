import CallGraph

/// References to what foreign libraries define.
extension EdgeComparison {
  /// Counts who refers to which foreign symbol, in both directions. Symbols count that some crate declares: the compiler
  /// itself refers to others (`memcpy`, what unwinds the stack).
  mutating func compareForeign(_ result: inout Comparison) {
    let declared = Set(index.graph.nodes.indices.compactMap { foreignSymbol($0) })
    guard !declared.isEmpty else { return }
    let inProgram = symbolsOfProgram()
    for function in index.functions.indices where index.functions[function].definition != nil {
      let starts = index.functions[function].nodes.filter { index.isReached($0) }
      guard !starts.isEmpty else { continue }
      let inCode = machineSymbols(function, throughData: false).intersection(declared)
      let (direct, indirect) = graphSymbols(starts)
      let inGraph = direct.union(indirect)
      let inData = inGraph.isSubset(of: inCode) ? inCode : machineSymbols(function, throughData: true)
      for symbol in inCode.sorted() {
        result.machineForeign.count(inGraph.contains(symbol))
        if !inGraph.contains(symbol) { result.missedEdges.append(finding(function, symbol)) }
      }
      for symbol in inGraph.sorted() {
        let isThere = inData.contains(symbol) || indirect.contains(symbol) && inProgram.contains(symbol)
        result.graphForeign.count(isThere)
        if !isThere { result.extraEdges.append(finding(function, symbol)) }
      }
    }
    result.missedEdges = Self.sorted(result.missedEdges)
    result.extraEdges = Self.sorted(result.extraEdges)
  }

  private func finding(_ function: Int, _ symbol: String) -> Comparison.EdgeFinding {
    Comparison.EdgeFinding(
      from: index.functions[function].name, to: symbol, kind: "foreign", isJoinedAsDefinitions: false)
  }

  private func foreignSymbol(_ node: Int) -> String? {
    guard index.graph.nodes[node].flags.contains(.foreign) else { return nil }
    return index.graph.names.string(index.graph.nodes[node].symbol)
  }

  /// Symbols of other libraries, and of what was linked statically, that a function's code refers to; with those that
  /// data holds to which it refers, if asked for.
  private func machineSymbols(_ function: Int, throughData: Bool) -> Set<String> {
    var symbols: Set<String> = []
    var seen: Set<Int> = [function]
    var work = [function]
    while let node = work.popLast() {
      symbols.formUnion(index.binary.imports[node])
      for edge in index.binary.graph.edges(of: node) {
        let target = Int(edge.target)
        guard target >= index.functions.count else {
          symbols.formUnion(index.binary.functions[target].symbols)
          continue
        }
        symbols.formUnion(index.binary.dataSymbols[target] ?? [])
        if throughData, seen.insert(target).inserted { work.append(target) }
      }
    }
    return symbols
  }

  private func symbolsOfProgram() -> Set<String> {
    var symbols = Set(index.binary.functions.lazy.flatMap(\.symbols))
    for list in index.binary.imports { symbols.formUnion(list) }
    for list in index.binary.dataSymbols.values { symbols.formUnion(list) }
    return symbols
  }

  /// Foreign symbols that functions of the graph come to, and those that they come to through pointers only.
  private mutating func graphSymbols(_ starts: [Int]) -> (direct: Set<String>, indirect: Set<String>) {
    var direct: Set<String> = []
    var indirect: Set<String> = []
    for start in starts {
      for target in contracted.targets(of: start, onlyMayRun: false) where !target.isThroughStandard {
        guard let symbol = foreignSymbol(target.node) else { continue }
        if target.isIndirect { indirect.insert(symbol) } else { direct.insert(symbol) }
      }
    }
    return (direct, indirect.subtracting(direct))
  }
}
