import CallGraph
import Testing

@Suite struct CallbackTests {
  private static let fixture = Fixture.shared("callbacks")
  private var callbacks: Fixture { CallbackTests.fixture }

  @Test func everythingIsKnown() {
    #expect(callbacks.openGaps.isEmpty)
  }

  /// What a function hands to std, what std calls, and what that calls.
  struct Case: Sendable, CustomStringConvertible {
    var function: String
    var target: String
    var leaf: String
    var description: String { "\(function) \(target)" }
    init(_ function: String, _ target: String, _ leaf: String) {
      self.function = function
      self.target = target
      self.leaf = leaf
    }
  }

  @Test(arguments: [
    Case("sort", "callbacks::sort::{closure#0}", "compare"),
    Case("sort_by_function", "callbacks::compare", "compare"),
    Case("chain", "callbacks::chain::{closure#0}", "mapped"),
    Case("chain", "callbacks::chain::{closure#1}", "filtered"),
    Case("print", "<callbacks::Shown as std::fmt::Display>::fmt", "shown_text"),
    Case("format_debug", "<callbacks::Shown as std::fmt::Debug>::fmt", "debug_text"),
    Case("to_string", "<callbacks::Shown as std::fmt::Display>::fmt", "shown_text"),
    Case("hash_map", "<callbacks::Key as std::hash::Hash>::hash", "hashing"),
    Case("hash_map", "<callbacks::Key as std::cmp::PartialEq>::eq", "comparing"),
    Case("tree_map", "<callbacks::Key as std::cmp::Ord>::cmp", "ordering"),
    Case("spawn", "callbacks::spawn::{closure#0}", "in_thread"),
    Case("parse", "<callbacks::Number as std::str::FromStr>::from_str", "parsing"),
    Case("collect", "<callbacks::Countdown as std::iter::Iterator>::next", "counting"),
    Case("into", "<callbacks::Celsius as std::convert::From<u32>>::from", "converting"),
    Case("unwrap", "<callbacks::Defaults as std::default::Default>::default", "defaulting"),
    Case("clone_list", "<callbacks::Copied as std::clone::Clone>::clone", "cloning"),
    Case("write_all", "<callbacks::Sink as std::io::Write>::write", "writing"),
  ])
  func stdCallsBack(_ test: Case) {
    #expect(callbacks.kinds("callbacks::\(test.function)", test.target).contains(.callback))
    if test.target != "callbacks::\(test.leaf)" {
      #expect(callbacks.runs("callbacks::\(test.function)", test.target, "callbacks::\(test.leaf)"))
    }
  }

  @Test func oneHelperOfStdDoesNotJoinItsCallers() {
    #expect(!callbacks.runs("callbacks::unrelated", "callbacks::mapped"))
    #expect(!callbacks.runs("callbacks::unrelated", "std::fs::read"))
    #expect(!callbacks.runs("callbacks::sort", "callbacks::chain::{closure#0}"))
    #expect(!callbacks.runs("callbacks::print", "callbacks::debug_text"))
    #expect(!callbacks.runs("callbacks::format_debug", "callbacks::shown_text"))
    #expect(!callbacks.runs("callbacks::tree_map", "callbacks::hashing"))
  }

  @Test func loopsCallNextThemselves() {
    let next = "<callbacks::Countdown as std::iter::Iterator>::next"
    #expect(callbacks.kinds("callbacks::for_loop", next).contains(.dispatch))
  }

  @Test func capabilitiesComeBack() {
    #expect(callbacks.capabilities("callbacks::chain") == ["fs.read"])
    #expect(callbacks.capabilities("callbacks::spawn") == ["fs.read", "thread"])
    #expect(callbacks.capabilities("callbacks::print") == ["stdio.write"])
    #expect(
      callbacks.path("callbacks::chain", "fs.read")?.text
        == "callbacks::chain:21 -callback> callbacks::chain::{closure#1}:21 -call> callbacks::filtered:30 -call> "
        + "std::fs::read")
  }
}
