import CallGraph

/// A symbol that a unit defines by choice.
public struct DefinedSymbol: Sendable, Equatable {
  public var name: String
  /// Whose definition it takes the place of: `libc`, `windows`, `macos`, `rust-runtime`, `start-up`, `compiler-builtins`,
  /// `crate NAME`; empty if it stands in for nobody.
  public var overrides: [String]

  public init(name: String, overrides: [String]) {
    self.name = name
    self.overrides = overrides
  }
}

/// Finds which exported symbols stand in for those of others.
struct SymbolOverrides {
  private let graph: CallGraph
  private let units: [AnalysedUnit]
  private let tables: CapabilityTables
  /// The units that define a symbol.
  private var definers: [String: [Int]] = [:]

  init(_ graph: CallGraph, _ units: [AnalysedUnit], _ tables: CapabilityTables) {
    self.graph = graph
    self.units = units
    self.tables = tables
    for (index, unit) in graph.units.enumerated() {
      for symbol in Set(unit.definedSymbols) { definers[symbol, default: []].append(index) }
    }
  }

  /// The symbols that a unit defines, sorted by name.
  func symbols(ofUnit unit: Int) -> [DefinedSymbol] {
    Set(graph.units[unit].definedSymbols).sorted().map { name in
      DefinedSymbol(
        name: name, overrides: SymbolOverrides.owners(of: name, tables) + others(defining: name, than: unit))
    }
  }

  /// Who has a symbol of this name beside the crates: libraries of the system, the runtime.
  static func owners(of symbol: String, _ tables: CapabilityTables) -> [String] {
    let symbol = ForeignSymbolTable.normalised(symbol)
    return [tables.foreignSymbols.library(of: symbol), tables.runtimeSymbols.owner(of: symbol)].compactMap(\.self)
  }

  /// Other packages in whose programs both definitions would come together.
  private func others(defining symbol: String, than unit: Int) -> [String] {
    let found = (definers[symbol] ?? []).filter { other in
      other != unit && units[other].package != units[unit].package
        && !Set(units[other].runsIn).isDisjoint(with: units[unit].runsIn)
    }
    return Set(found.map { "crate " + graph.units[$0].displayName }).sorted()
  }
}
