import CrateFacts

extension LinkUnit {
  /// std's crates as the linker takes them.
  ///
  /// - Parameter first: the number of the first of them.
  static func standard(_ crates: [StandardCrate], first: Int) -> [LinkUnit] {
    var numbers: [String: Int] = [:]
    for (index, crate) in crates.enumerated() { numbers[crate.crate] = first + index }
    return crates.map { crate in
      let externs = crate.externs.compactMap { extern in numbers[extern.crate].map { (name: extern.name, unit: $0) } }
      var unit = LinkUnit(
        facts: crate.facts, crateName: crate.crate, edition: crate.edition, externs: externs, isStandard: true)
      unit.isPrivate = crate.isPrivate
      // Crates that std brings along are compiled against stand-ins for core and alloc, by whose names MIR goes.
      unit.mirNames = ["core", "alloc"].compactMap { name in
        numbers[name].map { (name: "rustc_std_workspace_\(name)", unit: $0) }
      }
      return unit
    }
  }
}
