import CallGraph
import Testing

/// A global allocator runs in each program that it is linked to, though nothing there calls it by name.
@Suite struct AllocatorTests {
  private static let fixture = Fixture("allocator")
  private var allocator: Fixture { AllocatorTests.fixture }

  @Test func whatStdCallsBySymbolIsAnEntryPoint() {
    let entries = allocator.graph.entryPoints.map {
      "\(allocator.units[Int($0.unit)].id) \($0.kind.rawValue) \(allocator.graph.names.string(allocator.graph.nodes[Int($0.node)].name))"
    }
    for unit in ["bounded", "user"] {
      #expect(entries.contains("\(unit) exported-symbol bounded::_::__rust_alloc"))
      #expect(entries.contains("\(unit) exported-symbol bounded::_::__rust_dealloc"))
    }
  }

  @Test func itsCodeRuns() {
    let alloc = "<bounded::Bounded as std::alloc::GlobalAlloc>::alloc"
    #expect(allocator.runs("bounded::_::__rust_alloc", alloc, "bounded::check", "std::process::abort"))
    // The default method calls the allocator's own.
    #expect(allocator.runs("bounded::_::__rust_alloc_zeroed", alloc))
    #expect(allocator.capabilities("bounded::_::__rust_alloc").contains("process.exit"))
    #expect(allocator.capabilities("user::main").isEmpty)
  }
}
