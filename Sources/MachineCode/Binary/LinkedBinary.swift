import Project

/// A linked program: the functions that the linker kept, and what their code refers to.
public struct LinkedBinary: Sendable {
  public private(set) var functions: [MachineFunction]
  /// Nodes below `functions.count` are functions; those behind are pieces of constant data.
  public private(set) var graph: MachineGraph
  /// Symbols of other libraries that functions and pieces of data refer to, by node of the graph.
  public private(set) var imports: [[String]]
  /// Names of pieces of data by node of the graph; most have none.
  public private(set) var dataSymbols: [Int: [String]]

  /// Reads a program. Binutils do the reading of the file.
  ///
  /// - Throws: a `Failure` if it is no ELF program for x86-64, has no symbols of the v0 mangling, or was linked without
  ///   keeping relocations.
  public init(path: String) throws {
    let reader = try BinaryReader(file: path)
    guard reader.functions.contains(where: { $0.symbols.contains { $0.hasPrefix("_R") } }) else {
      throw Failure("has no function names of Rust's v0 mangling", file: path, advice: Self.advice)
    }
    guard reader.hasCodeRelocations else {
      throw Failure("was linked without keeping relocations", file: path, advice: Self.advice)
    }
    self.init(reader)
  }

  private static let advice = """
    link it with -Csymbol-mangling-version=v0 -Copt-level=0 -Clink-arg=-Wl,--emit-relocs and without strip \
    (docs/verify.md), or leave --binary out: then it is linked for you
    """

  /// A program given by its parts.
  ///
  /// - Parameters:
  ///   - functions: the functions.
  ///   - graph: as `graph`.
  ///   - imports: for each node of the graph the symbols of other libraries.
  ///   - dataSymbols: names of pieces of data, by node of the graph.
  public init(
    functions: [MachineFunction], graph: MachineGraph, imports: [[String]] = [], dataSymbols: [Int: [String]] = [:]
  ) {
    self.functions = functions
    self.graph = graph
    self.imports = imports.isEmpty ? Array(repeating: [], count: graph.nodeCount) : imports
    self.dataSymbols = dataSymbols
  }

  init(_ reader: BinaryReader) {
    let builder = MachineGraphBuilder(reader)
    functions = reader.functions
    graph = builder.graph()
    imports = builder.imports()
    dataSymbols = builder.dataSymbols()
  }
}
