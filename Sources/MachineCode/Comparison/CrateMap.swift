import CallGraph
import Project

/// Which unit of the graph a crate of symbols is.
///
/// Exactly where the crates of the link are known; else told by names and by which functions fit.
public struct CrateMap: Sendable {
  /// Whose code something is.
  enum Owner: Equatable {
    /// An index into `CallGraph.units`.
    case unit(Int)
    /// std's, or a crate's that has no dump.
    case other
  }

  /// A crate as symbols spell it.
  struct Key: Hashable {
    var name: String
    var identity: UInt64
  }

  private var units: [Key: Int]
  /// Units of crates of which only the name is known.
  private var byName: [String: [Int]] = [:]
  /// Crates of the link that are no unit of the graph.
  private var withoutUnit: Set<Key> = []
  /// `CallGraph.linkerAliases`.
  let aliases: [String: String]
  /// Whether crates were told by their hash.
  public let isExact: Bool

  /// Joins the crates of a link and units.
  ///
  /// - Parameters:
  ///   - crates: what was compiled for the link.
  ///   - units: the units of the graph.
  ///   - root: the unit of the binary.
  ///   - aliases: `CallGraph.linkerAliases`.
  public init(crates: [LinkedCrate], units: [Unit], root: Int, aliases: [String: String] = [:]) {
    self.aliases = aliases
    self.units = [:]
    isExact = true
    // A package that programs and the compiler both use may have several units; one of them is linked.
    let closure = Self.closure(of: root, units)
    for crate in crates {
      let key = Key(name: crate.crateName, identity: crate.stableCrateID)
      if let unit = closure.first(where: { Self.isSame(crate, units[$0]) }) {
        self.units[key] = unit
      } else {
        withoutUnit.insert(key)
      }
    }
  }

  /// Guesses, for a program of which it is not known what was linked.
  ///
  /// - Parameters:
  ///   - binary: the program.
  ///   - graph: built with `linkerNames`.
  ///   - units: the units of the graph.
  ///   - root: the unit of the binary.
  public init(guessingFrom binary: LinkedBinary, graph: CallGraph, units: [Unit], root: Int) {
    var byName: [String: [Int]] = [:]
    for unit in Self.closure(of: root, units) { byName[units[unit].crateName, default: []].append(unit) }
    aliases = graph.linkerAliases
    isExact = false
    self.units = CrateGuess.units(of: binary, graph: graph, unitsByName: byName, aliases: graph.linkerAliases)
  }

  /// A trial: a few crates, and all others by their name.
  init(units: [Key: Int], others: [String: [Int]], aliases: [String: String]) {
    self.units = units
    byName = others
    self.aliases = aliases
    isExact = false
  }

  private static func isSame(_ crate: LinkedCrate, _ unit: Unit) -> Bool {
    crate.crateName == unit.crateName && crate.package == unit.package && crate.version == unit.version
      && crate.target == unit.target && crate.targetName == unit.targetName
      && Set(crate.features) == Set(unit.features)
  }

  /// The binary, then what it needs, nearest first.
  static func closure(of root: Int, _ units: [Unit]) -> [Int] {
    var indices: [String: Int] = [:]
    for (index, unit) in units.enumerated() { indices[unit.id] = index }
    var order = [root]
    var seen: Set<Int> = [root]
    var next = 0
    while next < order.count {
      for crate in units[order[next]].externs {
        if let index = indices[crate.id], seen.insert(index).inserted { order.append(index) }
      }
      next += 1
    }
    return order
  }

  /// Whose a crate of a symbol is.
  func owner(_ name: String, _ identity: UInt64) -> Owner {
    (units[Key(name: name, identity: identity)] ?? byName[name]?.first).map { .unit($0) } ?? .other
  }

  /// Whether a crate was linked that the graph does not have: nothing of it can be compared.
  func isWithoutUnit(_ name: String, _ identity: UInt64) -> Bool {
    withoutUnit.contains(Key(name: name, identity: identity))
  }

  /// The crate as `LinkerName` writes it.
  func text(_ name: String, _ identity: UInt64) -> String {
    guard case .unit(let unit) = owner(name, identity) else { return name }
    return "\(name)~\(unit)"
  }
}
