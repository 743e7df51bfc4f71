import Foundation
import MachineCode
import Project
import Testing

/// Files that are no program to compare with.
@Suite struct BinaryTests {
  private func message(_ path: String) throws -> String {
    do {
      _ = try LinkedBinary(path: path)
    } catch let failure as Failure {
      #expect(failure.exitCode == 3)
      return failure.description
    }
    Issue.record("\(path) was taken for a program")
    return ""
  }

  @Test func noSuchFile() throws { #expect(try message("/nonexistent/program").contains("/nonexistent/program")) }

  @Test(arguments: ["", "text\n", "\u{7F}ELF", "\u{7F}ELF\u{2}\u{1}\u{1}" + String(repeating: "\0", count: 60)])
  func noProgram(content: String) throws {
    let path = NSTemporaryDirectory() + "mircap-binary-\(UUID().uuidString)"
    defer { unlink(path) }
    try Data(content.utf8).write(to: URL(fileURLWithPath: path))
    let text = try message(path)
    #expect(text.contains(path) && text.contains("ELF"))
  }

  @Test func aProgramWithoutRustNames() throws {
    let text = try message("/bin/sh")
    #expect(text.contains("v0") && text.contains("symbol-mangling-version=v0"))
  }

  @Test func graphs() {
    let pairs: [(source: UInt32, edge: MachineGraph.Edge)] = [
      (2, MachineGraph.Edge(target: 0, kind: .data)), (0, MachineGraph.Edge(target: 1, kind: .call)),
      (0, MachineGraph.Edge(target: 1, kind: .call)), (0, MachineGraph.Edge(target: 1, kind: .address)),
    ]
    let graph = MachineGraph(nodeCount: 3, pairs: pairs)
    #expect(graph.nodeCount == 3)
    #expect(graph.edges(of: 0).map(\.kind) == [.call, .address])
    #expect(graph.edges(of: 1).isEmpty)
    #expect(graph.edges(of: 2).map(\.target) == [0])
  }
}
