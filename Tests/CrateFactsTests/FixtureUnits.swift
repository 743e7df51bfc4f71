import CrateFacts
import Foundation
import Project
import RustDump

/// Units of `Tests/Fixtures/graph`.
enum FixtureUnits {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/graph").path

  static let themes = [
    "callbacks", "calls", "choice", "closures", "drops", "futures", "handlers", "macros", "names", "objects",
    "operations", "phases", "pointers", "statics", "symbols", "visibility",
  ]

  /// The units of one theme.
  static func units(_ theme: String) throws -> [Project.Unit] { try DumpFolder(path: "\(folder)/\(theme)/dumps").units }

  /// The facts of a theme's units.
  static func facts(_ theme: String) throws -> [UnitFacts] { try units(theme).map { try FactsLoader.read($0).facts } }
}

/// Reads short texts as one unit.
func read(mir: String, expanded: String, hir: String = "") -> UnitFacts {
  func with(_ text: String, _ body: (UnsafeRawBufferPointer) -> UnitFacts) -> UnitFacts {
    Array(text.utf8).withUnsafeBytes(body)
  }
  return with(mir) { mirBytes in
    with(expanded) { expandedBytes in
      with(hir) { UnitReader.read(mir: mirBytes, expanded: expandedBytes, hir: $0) }
    }
  }
}
