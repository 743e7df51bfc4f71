import Foundation
import Testing

/// The parts in the order in which data flows: a part imports only parts that stand before it.
private let order = [
  "CJSONC", "CZlib", "CSupport", "Project", "Settings", "RustDump", "CrateFacts", "CallGraph", "Capabilities",
  "MachineCode", "Policy", "SyntacticScan", "Reports", "NightlyStore", "Nightly", "mircap",
]

/// Targets that stand beside the order and import no part.
private let beside = ["cargo-mircap"]

private let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appendingPathComponent("Sources")

@Suite struct ImportDirectionTests {
  @Test func everyPartHasItsPlace() throws {
    let parts = try FileManager.default.contentsOfDirectory(atPath: sources.path).filter { !$0.hasPrefix(".") }
    for part in parts {
      #expect(order.contains(part) || beside.contains(part), "\(part) has no place in the order of parts")
    }
  }

  @Test func partsImportOnlyPartsBeforeThem() throws {
    let files = try #require(FileManager.default.enumerator(atPath: sources.path))
    var count = 0
    for case let file as String in files where file.hasSuffix(".swift") {
      let part = String(file.prefix { $0 != "/" })
      let text = try String(contentsOf: sources.appendingPathComponent(file), encoding: .utf8)
      for module in importedModules(text) {
        guard let place = order.firstIndex(of: module) else { continue }
        count += 1
        let own = order.firstIndex(of: part) ?? 0
        #expect(place < own, "\(file) imports \(module), which does not stand before \(part)")
      }
    }
    #expect(count > 0)
  }

  @Test func importsAreFound() {
    let text = """
      // import Reports
      import RustDump
      @testable import CallGraph
      public import struct Project.Unit
        import Glibc  // for write
      let text = "import Policy"
      """
    #expect(importedModules(text) == ["RustDump", "CallGraph", "Project", "Glibc"])
  }

  /// The modules that a source file imports.
  private func importedModules(_ text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      let qualifiers = words.prefix { $0.hasPrefix("@") || ["public", "internal", "package", "private"].contains($0) }
      guard words.dropFirst(qualifiers.count).first == "import" else { return nil }
      let rest = words.dropFirst(qualifiers.count + 1)
      let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
      guard let name = rest.first(where: { !kinds.contains($0) }) else { return nil }
      return String(name.prefix { $0 != "." })
    }
  }
}
