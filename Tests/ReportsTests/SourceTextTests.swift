import Capabilities
import Foundation
import Reports
import Testing

@Suite struct SourceTextTests {
  private let unit = AnalysedUnit(
    package: "peer", version: "0.1.0", id: "peer-1", phase: "run", runsIn: ["run"], target: "lib",
    targetName: "peer", isWorkspaceMember: false)

  /// Calls `body` with a folder that holds `workspace/src/lib.rs`, `registry/src/lib.rs` and `secret`.
  private func withSources(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mircap-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in [
      ("workspace/src/lib.rs", "one\r\ntwo\nthree"), ("registry/src/lib.rs", "of the dependency\n"),
      ("secret", "secret\n"),
    ] {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    try body(folder.path)
  }

  @Test func findsLinesOfMembersAndDependencies() throws {
    try withSources { folder in
      var sources = SourceText(workspaceFolder: folder + "/workspace")
      #expect((0...4).map { sources.line($0, of: "src/lib.rs", unit: nil) } == [nil, "one", "two", "three", nil])
      var dependency = unit
      dependency.sourceFolder = folder + "/registry"
      #expect(sources.line(1, of: "peer-0.1.0/src/lib.rs", unit: dependency) == "of the dependency")
      #expect(sources.line(1, of: "src/lib.rs", unit: dependency) == "one")
    }
  }

  @Test func doesNotLeaveItsFolders() throws {
    try withSources { folder in
      var sources = SourceText(workspaceFolder: folder + "/workspace")
      #expect(sources.line(1, of: "../secret", unit: unit) == nil)
      #expect(sources.line(1, of: folder + "/secret", unit: unit) == nil)
      #expect(sources.line(1, of: "src", unit: unit) == nil)
    }
  }
}
