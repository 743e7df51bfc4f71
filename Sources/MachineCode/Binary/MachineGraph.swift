/// How one piece of a program refers to another.
public enum MachineEdgeKind: UInt8, Sendable {
  /// An instruction calls it or jumps to it.
  case call
  /// An instruction takes its address.
  case address
  /// Constant data holds its address: a vtable, a table of functions.
  case data
}

/// References between functions and pieces of constant data, by source (compressed sparse rows).
public struct MachineGraph: Sendable {
  /// A reference; its source is known from its place.
  public struct Edge: Sendable, Equatable {
    public var target: UInt32
    public var kind: MachineEdgeKind

    public init(target: UInt32, kind: MachineEdgeKind) {
      self.target = target
      self.kind = kind
    }
  }

  private var starts: [UInt32] = [0]
  private var edges: [Edge] = []

  /// The number of functions and pieces of data.
  public var nodeCount: Int { starts.count - 1 }

  /// - Parameters:
  ///   - nodeCount: the number of nodes.
  ///   - pairs: edges with their sources, in any order; equal ones are kept once.
  public init(nodeCount: Int, pairs: [(source: UInt32, edge: Edge)]) {
    let sorted = pairs.sorted {
      ($0.source, $0.edge.target, $0.edge.kind.rawValue) < ($1.source, $1.edge.target, $1.edge.kind.rawValue)
    }
    var next = 0
    for node in 0..<UInt32(nodeCount) {
      while next < sorted.count, sorted[next].source == node {
        if edges.count == Int(starts[Int(node)]) || edges.last != sorted[next].edge { edges.append(sorted[next].edge) }
        next += 1
      }
      starts.append(UInt32(edges.count))
    }
  }

  /// What a node refers to.
  public func edges(of node: Int) -> ArraySlice<Edge> { edges[Int(starts[node])..<Int(starts[node + 1])] }
}

/// Makes the graph of places and targets.
///
/// Constant data has no bounds in a linked file: a piece reaches from an address that something refers to up to the next
/// such address, within its section.
struct MachineGraphBuilder {
  private let reader: BinaryReader
  private let dataSections: [BinarySection]
  private let slotSections: [BinarySection]
  /// Functions by address.
  private let order: [Int]
  private let addresses: [UInt64]
  /// Where pieces of data begin.
  private let heads: [UInt64]
  /// What the slots of the global offset table hold.
  private let slots: [UInt64: UInt64]

  init(_ reader: BinaryReader) {
    self.reader = reader
    let data = reader.sections.filter { section in
      [".data", ".rodata", ".bss"].contains { section.name == $0 || section.name.hasPrefix($0 + ".") }
    }
    let got = reader.sections.filter { $0.name == ".got" || $0.name == ".got.plt" }
    let functions = reader.functions
    let order = functions.indices.sorted { functions[$0].address < functions[$1].address }
    var heads = Set(reader.objects.map(\.address).filter { address in data.contains { $0.contains(address) } })
    var slots: [UInt64: UInt64] = [:]
    for reference in reader.references {
      if data.contains(where: { $0.contains(reference.target) }) { heads.insert(reference.target) }
      if got.contains(where: { $0.contains(reference.place) }) { slots[reference.place] = reference.target }
    }
    dataSections = data
    slotSections = got
    self.order = order
    addresses = order.map { functions[$0].address }
    self.heads = heads.sorted()
    self.slots = slots
  }

  /// The edges between functions and pieces of data.
  func graph() -> MachineGraph {
    var pairs: [(source: UInt32, edge: MachineGraph.Edge)] = []
    for reference in reader.references {
      if let function = function(around: reference.place) {
        guard let target = target(of: reference), target != function else { continue }
        let kind: MachineEdgeKind =
          target >= reader.functions.count ? .data : reference.isCall ? .call : .address
        pairs.append((UInt32(function), MachineGraph.Edge(target: UInt32(target), kind: kind)))
      } else if let piece = piece(around: reference.place), let target = target(of: reference), target != piece {
        pairs.append((UInt32(piece), MachineGraph.Edge(target: UInt32(target), kind: .data)))
      }
    }
    return MachineGraph(nodeCount: reader.functions.count + heads.count, pairs: pairs)
  }

  /// The symbols of other libraries that each node refers to, in its code, in its data or through a slot.
  func imports() -> [[String]] {
    var found: [Set<String>] = Array(repeating: [], count: reader.functions.count + heads.count)
    var held: [UInt64: String] = [:]
    for reference in reader.imports {
      if let node = node(around: reference.place) {
        found[node].insert(reference.symbol)
      } else {
        held[reference.place] = reference.symbol
      }
    }
    for reference in reader.references {
      guard let symbol = held[reference.target], let node = node(around: reference.place) else { continue }
      found[node].insert(symbol)
    }
    return found.map { $0.sorted() }
  }

  /// The names of pieces of data.
  func dataSymbols() -> [Int: [String]] {
    var symbols: [Int: [String]] = [:]
    for object in reader.objects {
      if let piece = piece(around: object.address) { symbols[piece, default: []].append(object.symbol) }
    }
    return symbols
  }

  private func node(around address: UInt64) -> Int? { function(around: address) ?? piece(around: address) }

  /// The function that begins at the target, or the piece of data around it; a slot stands for what it holds.
  private func target(of reference: BinaryReference) -> Int? {
    var address = reference.target
    if slotSections.contains(where: { $0.contains(address) }) {
      guard let held = slots[address] else { return nil }
      address = held
    }
    if let function = function(around: address) {
      return reader.functions[function].address == address ? function : nil
    }
    return piece(around: address)
  }

  private func function(around address: UInt64) -> Int? {
    guard let place = Self.last(addresses, notAfter: address) else { return nil }
    let function = reader.functions[order[place]]
    return address - function.address < function.size ? order[place] : nil
  }

  private func piece(around address: UInt64) -> Int? {
    guard let section = dataSections.first(where: { $0.contains(address) }),
      let place = Self.last(heads, notAfter: address), section.contains(heads[place])
    else { return nil }
    return reader.functions.count + place
  }

  private static func last(_ sorted: [UInt64], notAfter address: UInt64) -> Int? {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] <= address { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? low - 1 : nil
  }
}
