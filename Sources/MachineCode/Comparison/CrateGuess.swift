import CallGraph
import Project

/// Tells by their functions which crates of a program are which units, where their hashes are not known.
///
/// Of the crates of one name (two versions, a library and a program, what std carries along), each unit is given the one
/// whose functions fit its own best.
struct CrateGuess {
  private struct Candidate {
    var crate: CrateMap.Key
    var unit: Int
    var fitting: Int
  }

  /// The unit of each crate that has one.
  static func units(
    of binary: LinkedBinary, graph: CallGraph, unitsByName: [String: [Int]], aliases: [String: String]
  ) -> [CrateMap.Key: Int] {
    let definitions = DefinitionIndex(graph)
    var symbols: [CrateMap.Key: [String]] = [:]
    for symbol in binary.functions.lazy.flatMap(\.symbols) {
      guard let tree = SymbolParser.parse(symbol), let node = tree.crate(ofPath: tree.root) else { continue }
      let crate = tree.nodes[node]
      guard unitsByName[crate.name] != nil else { continue }
      symbols[CrateMap.Key(name: crate.name, identity: crate.number), default: []].append(symbol)
    }
    var candidates: [Candidate] = []
    for (crate, names) in symbols {
      for unit in unitsByName[crate.name] ?? [] {
        let map = CrateMap(units: [crate: unit], others: unitsByName, aliases: aliases)
        let fitting = names.count { symbol in
          MachineName(symbol: symbol, crates: map).map { definitions.definition($0) != nil } ?? false
        }
        if fitting > 0 { candidates.append(Candidate(crate: crate, unit: unit, fitting: fitting)) }
      }
    }
    candidates.sort { ($0.fitting, $1.crate.identity, $1.unit) > ($1.fitting, $0.crate.identity, $0.unit) }
    var units: [CrateMap.Key: Int] = [:]
    var taken: Set<Int> = []
    for candidate in candidates where units[candidate.crate] == nil && taken.insert(candidate.unit).inserted {
      units[candidate.crate] = candidate.unit
    }
    return units
  }
}
