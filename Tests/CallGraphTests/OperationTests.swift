import CallGraph
import Testing

@Suite struct OperationTests {
  private static let fixture = Fixture.shared("operations")
  private var operations: Fixture { OperationTests.fixture }

  @Test(arguments: [
    ("dereference", "unsafe.raw-deref", "src/lib.rs:5"), ("write_through", "unsafe.raw-deref", "src/lib.rs:8"),
    ("trusted", "unsafe.raw-deref", "src/lib.rs:11"), ("call_unsafe", "unsafe.call", "src/lib.rs:14"),
    ("transmute", "unsafe.transmute", "src/lib.rs:17"), ("use_static", "unsafe.static-mut", "src/lib.rs:21"),
    ("assembly", "asm", "src/lib.rs:35"), ("macro_unsafe", "unsafe.raw-deref", "src/lib.rs:93"),
  ])
  func unsafeOperationsAreTold(_ function: String, _ capability: String, _ place: String) {
    #expect(operations.capabilities("operations::\(function)").isSuperset(of: ["unsafe.block", capability]))
    #expect(operations.path("operations::\(function)", capability)?.end == place)
  }

  @Test func operationsOfClosuresAreTheirs() {
    let path = operations.path("operations::module::closure", "unsafe.raw-deref")
    #expect(path?.functions == ["operations::module::closure", "operations::module::closure::{closure#0}"])
    #expect(path?.sink == "raw-deref")
  }

  @Test func unionsAreOperations() {
    #expect(operations.capabilities("operations::read_union") == ["unsafe.block", "unsafe.union"])
    #expect(operations.path("operations::read_union", "unsafe.union")?.sink == "operations::Bits")
    #expect(operations.path("operations::read_union", "unsafe.union")?.end == "src/lib.rs:29")
  }

  @Test func callersOfUnsafeCodeReachIt() {
    #expect(
      operations.path("operations::call_unsafe", "unsafe.raw-deref")?.functions == [
        "operations::call_unsafe", "operations::trusted",
      ])
  }

  @Test func sinksOfOperationsAreNames() {
    #expect(operations.path("operations::dereference", "unsafe.raw-deref")?.sink == "raw-deref")
    #expect(operations.path("operations::assembly", "asm")?.sink == "asm!")
    #expect(operations.path("operations::call_unsafe", "unsafe.call")?.sink == "operations::trusted")
    #expect(operations.path("operations::use_static", "unsafe.static-mut")?.sink == "operations::COUNTER")
  }

  @Test func blocksAndImplsAreCounted() {
    #expect(operations.graph.units[0].unsafeBlocks == 10)
    #expect(operations.graph.units[0].unsafeImplementations == 2)
  }

  @Test func whatStdsMacrosExpandToIsNotTheUsers() {
    #expect(operations.capabilities("operations::prints") == ["stdio.write"])
    #expect(operations.capabilities("operations::asserts").isEmpty)
    #expect(operations.capabilities("operations::checked").isEmpty)
    #expect(operations.capabilities("operations::boxed").isEmpty)
  }

  @Test(arguments: [
    ("prints", "stdio.write", "src/lib.rs:38"), ("own_macro", "fs.read", "src/lib.rs:56"),
    ("nested_macro", "fs.read", "src/lib.rs:60"), ("multi_line", "fs.read", "src/lib.rs:72"),
  ])
  func codeOfMacrosStandsWhereTheUserCallsThem(_ function: String, _ capability: String, _ place: String) {
    #expect(operations.path("operations::\(function)", capability)?.end == place)
  }

  @Test func functionsThatMacrosMakeStandWhereTheUserCallsThem() {
    withKnownIssue("functions that a macro makes whole stand in the macro") {
      #expect(operations.path("operations::made_one", "fs.write")?.end == "src/lib.rs:69")
      #expect(operations.path("operations::made_two", "fs.write")?.end == "src/lib.rs:70")
    }
  }
}
