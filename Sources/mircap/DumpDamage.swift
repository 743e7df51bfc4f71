import CrateFacts
import Project
import RustDump

/// Tells damaged dumps from those that hold something new.
///
/// An item that a reader does not know is a gap, and the rest of the unit counts: compilers change. A text that ends in the
/// middle of an item, or that nests deeper than any compiler prints, is no dump.
enum DumpDamage {
  /// What readers say of such texts.
  private static let reasons = ["the dump ends within", "nested too deeply", "nests too deeply"]

  /// The first damage in a unit's dumps.
  static func find(in facts: UnitFacts, of unit: Unit) -> Failure? {
    for gap in facts.gaps {
      let why = facts.store.names.string(NameID(gap.why))
      guard reasons.contains(where: why.contains), let form = form(of: gap) else { continue }
      return Failure(
        why, file: unit.dumpFile(form), line: Int(gap.line),
        advice: "dump the unit again, or analyse the rest with --keep-going")
    }
    return nil
  }

  private static func form(of gap: DumpGap) -> DumpForm? {
    switch gap.dump {
    case 0: .mir
    case 1: .hir
    case 2: .expanded
    default: nil
    }
  }
}
