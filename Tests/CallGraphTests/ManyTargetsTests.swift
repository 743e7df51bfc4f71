import CallGraph
import Foundation
import Testing

/// Very many calls of function pointers that may each be very many functions.
@Suite struct ManyTargetsTests {
  private static let few = graph(count: 200)
  private static let many = graph(count: 300)

  /// A library with so many functions whose address is taken, the last of which removes a file, and as many that call a
  /// pointer.
  private static func graph(count: Int) -> Fixture {
    var expanded = "pub fn take() { let _pointer: fn() = target_0; }\n"
    var mir = "// WARNING: This output format is intended for human consumers only\n"
    var casts = ""
    for number in 0..<count {
      expanded += "fn target_\(number)() { }\npub fn call_\(number)(pointer: fn()) { pointer() }\n"
      casts += "        _1 = target_\(number) as fn() (PointerCoercion(ReifyFnPointer(Safe), Implicit));\n"
      mir += function("target_\(number)()", number == count - 1 ? "std::fs::remove_file::<&str>(const \"x\")" : nil)
      mir += function("call_\(number)(_1: fn())", "copy _1()")
    }
    let locals = "    let mut _0: ();\n    let mut _1: fn();\n"
    mir += "fn take() -> () {\n\(locals)\n    bb0: {\n\(casts)        return;\n    }\n}\n"
    let folder = FileManager.default.temporaryDirectory.appending(path: "mircap-many-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      let unit = folder.appending(path: "many")
      try FileManager.default.createDirectory(at: unit, withIntermediateDirectories: true)
      let description = #"{"crate": "many", "rustc": "1.95.0", "root": "src/lib.rs", "externs": {}}"#
      for (name, text) in [("unit.json", description), ("mir", mir), ("expanded", expanded)] {
        try text.write(to: unit.appending(path: name), atomically: true, encoding: .utf8)
      }
      return Fixture(folder: folder.path)
    } catch {
      fatalError("the dump cannot be written: \(error)")
    }
  }

  private static func function(_ header: String, _ call: String?) -> String {
    let call = call.map { "_0 = \($0) -> [return: bb1, unwind continue]" } ?? "goto -> bb1"
    return """
      fn \(header) -> () {
          let mut _0: ();

          bb0: {
              \(call);
          }

          bb1: {
              return;
          }
      }


      """
  }

  @Test func upToALimitEachCallLeadsToEachTarget() {
    let graph = ManyTargetsTests.few.graph
    #expect(graph.edges.count { $0.kind == .pointer } == 200 * 200)
    #expect(ManyTargetsTests.few.edges("many::call_0", "many::target_199").map(\.candidates) == [200])
  }

  @Test func beyondItOneNodeStandsForAll() throws {
    let many = ManyTargetsTests.many
    #expect(many.graph.edges.count { $0.kind == .pointer } == 300 + 300)
    let node = try #require(many.nodes("fn()").first)
    #expect(many.graph.nodes[node].kind == .shim)
    #expect(many.graph.nodes[node].flags == [.external, .reached, .mayRun])
    #expect(many.edges("many::call_7", "fn()").map(\.candidates) == [300])
    #expect(many.edges("fn()", "many::target_299").map(\.candidates) == [300])
    #expect(many.graph.coverage.several == 300)
  }

  @Test func pathsLeadThroughIt() throws {
    let many = ManyTargetsTests.many
    let path = try #require(many.path("many::call_7", "fs.write"))
    #expect(path.functions == ["many::call_7", "fn()", "many::target_299"])
    #expect(path.sink == "std::fs::remove_file")
    #expect(!path.isCertain)
  }
}
