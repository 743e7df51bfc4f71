import CallGraph
import Capabilities
import Testing

@Suite struct ForeignTests {
  private static let fixture = Fixture.shared("foreign")
  private var foreign: Fixture { ForeignTests.fixture }

  /// The capabilities of a function without those that every unsafe foreign call has.
  private func beyond(_ function: String) -> Set<String> {
    foreign.capabilities("foreign::\(function)").filter { !$0.hasPrefix("unsafe.") && $0 != "ffi" }
  }

  @Test(arguments: [
    ("literal", "execve"), ("constant", "execve"), ("own_constant", "socket"), ("cast", "getpid"),
    ("local", "getpid"), ("window_size", "TIOCGWINSZ"), ("type_into_terminal", "TIOCSTI"),
    ("no_wait", "FIONBIO"),
  ])
  func numbersSayWhatIsCalled(_ function: String, _ name: String) {
    let evidence = foreign.path("foreign::\(function)", "ffi")
    #expect(evidence?.label.hasSuffix("(\(name))") == true)
  }

  private static let classes: [(String, Set<String>)] = [
    ("literal", ["process.spawn"]), ("constant", ["process.spawn"]),
    ("own_constant", ["net.connect", "net.udp", "net.unix"]), ("cast", []), ("local", []),
    ("window_size", ["fs.meta"]), ("type_into_terminal", ["fs.write", "process.spawn"]), ("no_wait", []),
    ("device", ["fs.read", "fs.write"]), ("link_name", ["process.spawn"]), ("pure", []), ("unknown", []),
    ("assembly", ["asm"]),
  ]

  @Test(arguments: classes)
  func callsHaveTheClassOfTheirNumberOrSymbol(_ function: String, _ capabilities: Set<String>) {
    #expect(beyond(function) == capabilities)
    #expect(function == "assembly" || foreign.capabilities("foreign::\(function)").contains("ffi"))
  }

  @Test(arguments: [
    "changed", "lent", "chosen", "computed", "not_a_number_of_the_kernel", "through_pointer", "renamed",
  ])
  func aNumberThatIsNotKnownCanBeAnything(_ function: String) {
    let all: Set = ["unknown", "process.spawn", "net.connect", "fs.read", "fs.write", "env.write", "process.exit"]
    #expect(beyond(function).isSuperset(of: all))
  }

  @Test func functionsOfForeignStructuresRun() {
    #expect(foreign.runs("foreign::handle", "foreign::on_signal", "std::fs::read"))
    #expect(foreign.runs("foreign::at_fork", "foreign::before_fork", "std::fs::read"))
  }

  @Test func addressesOfFunctionsThatOnlyRustCanCallRunNothing() {
    #expect(foreign.capabilities("foreign::address_in_rust").isEmpty)
  }

  @Test func codeOfUnknownFunctionsIsStated() {
    let native = foreign.result.unitResults.flatMap(\.gaps).filter { $0.kind == .nativeCode }.map(\.what)
    #expect(native == ["nobody_knows"])
  }
}
