import CrateFacts
import RustDump
import Testing

@Suite struct MemberAlignmentTests {
  private func body(_ header: String) -> String {
    "fn \(header) -> () {\n    let mut _0: ();\n\n    bb0: {\n        return;\n    }\n}\n\n"
  }

  /// For each body of the MIR: its last name, and the self type of the impl that has it.
  private func members(_ facts: UnitFacts) -> [String] {
    facts.bodies.bodies.indices.map { index in
      let name = facts.store.names.string(facts.store.terms.name(TermID(facts.bodies.bodies[index].path)))
      let item = facts.itemOfBody[index]
      guard item != UnitFacts.none else { return "\(name): none" }
      let parent = facts.items.items[Int(facts.items.items[Int(item)].parent)]
      guard parent.itemKind == .implementation else { return "\(name): item" }
      return "\(name): \(facts.store.names.string(facts.store.terms.name(TermID(parent.type))))"
    }
  }

  private let threeImpls = """
    struct A; struct B; struct C;
    impl A { fn one(&self) {} fn two(&self) {} }
    impl B { fn one(&self) {} }
    impl C { fn one(&self) {} fn three(&self) {} }
    """

  @Test func membersWithOneSpanFollowTheOrder() {
    let span = "<impl at src/lib.rs:1:1: 1:5>"
    let mir = ["one", "two", "one", "one", "three"].map { body("\(span)::\($0)(_1: &A)") }.joined()
    let facts = read(mir: mir, expanded: threeImpls)
    #expect(members(facts) == ["one: A", "two: A", "one: B", "one: C", "three: C"])
    #expect(facts.membersWithoutImpl == 0)
    #expect(facts.gaps.isEmpty)
  }

  @Test func aMemberThatIsMissingInExpandedIsTold() {
    let span = "<impl at src/lib.rs:1:1: 1:5>"
    let mir = ["one", "two", "extra", "one", "one", "three"].map { body("\(span)::\($0)(_1: &A)") }.joined()
    let facts = read(mir: mir, expanded: threeImpls)
    #expect(members(facts) == ["one: A", "two: A", "extra: none", "one: B", "one: C", "three: C"])
    #expect(facts.membersWithoutImpl == 1)
    #expect(facts.gaps.count == 1)
  }

  @Test func aMemberThatIsMissingInMirIsTold() {
    let span = "<impl at src/lib.rs:1:1: 1:5>"
    let mir = ["one", "one", "one", "three"].map { body("\(span)::\($0)(_1: &A)") }.joined()
    let facts = read(mir: mir, expanded: threeImpls)
    #expect(members(facts) == ["one: A", "one: B", "one: C", "three: C"])
    #expect(facts.membersWithoutImpl == 0)
    #expect(facts.gaps.count == 1)
  }

  @Test func hirIsComparedToo() {
    let span = "<impl at src/lib.rs:1:1: 1:5>"
    let mir = ["one", "two", "one", "one", "three"].map { body("\(span)::\($0)(_1: &A)") }.joined()
    #expect(read(mir: mir, expanded: threeImpls, hir: threeImpls).gaps.isEmpty)
    let other = threeImpls.replacing("fn two(&self) {}", with: "")
    #expect(read(mir: mir, expanded: threeImpls, hir: other).gaps.count == 1)
  }

  @Test func equallyNamedFunctionsOfBlocksFollowTheOrder() {
    let expanded = "fn outer() { { fn local() { 1; } } { fn local() { 2; } } }"
    let facts = read(mir: body("outer()") + body("outer::local()") + body("outer::local()"), expanded: expanded)
    #expect(facts.itemOfBody.count == 3)
    #expect(Set(facts.itemOfBody).count == 3)
    #expect(!facts.itemOfBody.contains(UnitFacts.none))
    #expect(facts.ownerOfBody == [UnitFacts.none, 0, 0])
  }

  @Test func closuresBelongToTheirOwner() {
    let mir = body("outer()") + body("outer::{closure#0}(_1: &{closure@src/lib.rs:1:1: 1:3})")
    let facts = read(mir: mir, expanded: "fn outer() { || (); }")
    #expect(facts.itemOfBody[1] == UnitFacts.none)
    #expect(facts.ownerOfBody == [UnitFacts.none, 0])
  }

  @Test func aModuleAndAFunctionOfOneName() {
    let expanded = "fn both() {} mod both { fn both() {} fn inside() {} }"
    let facts = read(mir: body("both()") + body("both::both()") + body("both::inside()"), expanded: expanded)
    let parents = facts.itemOfBody.map { facts.items.items[Int($0)].parent }
    #expect(parents[0] == 0)
    #expect(parents[1] != 0)
    #expect(parents[2] == parents[1])
  }

  @Test func withoutExpandedHirGivesTheItems() {
    let mir = body("<impl at src/lib.rs:1:1: 1:5>::one(_1: &A)")
    let facts = read(mir: mir, expanded: "", hir: "struct A; impl A { fn one(&self) {} }")
    #expect(members(facts) == ["one: A"])
    #expect(facts.membersWithoutImpl == 0)
  }

  @Test(arguments: FixtureUnits.themes)
  func allMembersOfTheFixturesHaveAnImpl(_ theme: String) throws {
    for facts in try FixtureUnits.facts(theme) {
      #expect(facts.membersWithoutImpl == 0)
      #expect(facts.gaps.isEmpty)
      #expect(facts.bodies.statistics.unreadable == 0)
    }
  }
}
