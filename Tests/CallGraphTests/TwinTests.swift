import CallGraph
import Foundation
import Testing

/// Two versions of a crate, and two crates of one name from different packages, with equal names throughout: one of each
/// pair has a capability, the other has none.
@Suite struct TwinTests {
  private static let fixture = Fixture.shared("twins")
  private var twins: Fixture { TwinTests.fixture }

  /// `WHAT_of_one` and `WHAT_of_two` have an edge of a kind to a function of their version.
  fileprivate static let pairs: [(String, String, EdgeKind)] = [
    ("function", "alpha@%::load", EdgeKind.call),
    ("method", "<alpha@%::Store>::get", .call),
    ("trait", "<alpha@%::Store as alpha@%::Load>::fetch", .dispatch),
    ("default", "<alpha@%::Store as alpha@%::Load>::twice", .dispatch),
    ("clone", "<alpha@%::Store as std::clone::Clone>::clone", .dispatch),
    ("drop", "<alpha@%::Store as std::ops::Drop>::drop", .drop),
    ("generic", "alpha@%::with<alpha@%::Store>", .call),
    ("own_generic", "user::cloned<alpha@%::Store>", .call),
    ("object", "<alpha@%::Store as alpha@%::Load>::fetch", .dyn),
    ("closure", "alpha@%::maker::{closure#0}", .dispatch),
    ("handed_to_std_by", "alpha@%::load", .callback),
    ("facade", "alpha@%::load", .call),
    ("facade_type", "<alpha@%::Store as alpha@%::Load>::fetch", .dispatch),
    ("facade_drop", "<alpha@%::Store as std::ops::Drop>::drop", .drop),
  ]

  @Test func eachHasAName() {
    #expect(
      twins.graph.units.map(\.displayName) == [
        "alpha@1.0.0", "alpha@2.0.0", "first", "hidden", "second", "user", "util@left-0.1.0", "util@right-0.1.0",
      ])
    #expect(twins.openGaps.isEmpty)
  }

  @Test(arguments: pairs)
  func callsLeadToTheirVersion(what: String, target: String, kind: EdgeKind) {
    for (word, version, other) in [("one", "1.0.0", "2.0.0"), ("two", "2.0.0", "1.0.0")] {
      let name = what == "handed_to_std_by" ? "user::\(what)_\(word)" : "user::\(what)_of_\(word)"
      let edges = twins.edges(name, target.replacing("%", with: version))
      #expect(edges.map(\.kind).contains(kind), "\(name)")
      #expect(edges.allSatisfy { $0.candidates == 1 }, "\(name)")
      #expect(!twins.targets(name).contains { $0.contains("alpha@\(other)") }, "\(name)")
    }
  }

  @Test func onlyTheFirstVersionReadsFiles() {
    for what in [
      "function", "method", "trait", "default", "clone", "drop", "generic", "own_generic", "object", "closure",
      "facade", "facade_type", "facade_drop",
    ] {
      #expect(twins.capabilities("user::\(what)_of_one") == ["fs.read"], "\(what)")
      #expect(twins.capabilities("user::\(what)_of_two").isEmpty, "\(what)")
    }
    #expect(twins.capabilities("user::handed_to_std_by_one") == ["fs.read"])
    #expect(twins.capabilities("user::handed_to_std_by_two").isEmpty)
  }

  @Test func aFunctionThatUsesBothHasBoth() {
    #expect(
      twins.targets("user::both") == [
        "<alpha@1.0.0::Store>::get", "<alpha@2.0.0::Store as alpha@2.0.0::Load>::fetch",
      ])
  }

  @Test func oneTypeCanImplementBothTraits() {
    #expect(twins.edges("user::own_for_one", "<user::Own as alpha@1.0.0::Load>::fetch").map(\.candidates) == [1])
    #expect(twins.capabilities("user::own_for_one") == ["fs.read"])
    #expect(twins.edges("user::own_for_two", "<user::Own as alpha@2.0.0::Load>::fetch").map(\.candidates) == [1])
    #expect(twins.capabilities("user::own_for_two").isEmpty)
  }

  /// Expanded source prints `$crate` by the crate's own name: `impl ::alpha::Load for Made`, twice.
  @Test func implsOfMacrosCountForBoth() {
    for name in ["user::made_for_one", "user::made_for_two"] {
      let calls = twins.nodes(name).flatMap { twins.graph.edges(of: $0) }.filter { $0.kind == .dispatch }
      #expect(calls.map(\.candidates) == [2, 2])
    }
  }

  @Test func aUnitThatNamesNeitherTellsThemApart() {
    #expect(twins.capabilities("hidden::drop_of_one") == ["fs.read"])
    #expect(twins.capabilities("hidden::drop_of_two").isEmpty)
    #expect(twins.kinds("hidden::method_of_one", "<alpha@1.0.0::Store>::get") == [.call])
    #expect(twins.kinds("hidden::method_of_two", "<alpha@2.0.0::Store>::get") == [.call])
  }

  @Test func namesakesOfDifferentPackages() {
    let left = "<util@left-0.1.0::Options as util@left-0.1.0::Configure>::configure"
    #expect(twins.targets("user::left") == [left, "util@left-0.1.0::setting"])
    #expect(twins.capabilities("user::left") == ["env.read"])
    let right = "<util@right-0.1.0::Options as util@right-0.1.0::Configure>::configure"
    #expect(twins.targets("user::right") == [right, "util@right-0.1.0::setting"])
    #expect(twins.capabilities("user::right").isEmpty)
  }
}

/// The same dumps as MIR has them without names that tell crates apart: what is printed alike means each.
@Suite struct AlikeTests {
  private static let fixture = withoutNames()
  private var alike: Fixture { AlikeTests.fixture }

  private static func withoutNames() -> Fixture {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mircap-alike-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = URL(filePath: "\(Fixture.folder)/twins/dumps")
    do {
      try FileManager.default.copyItem(at: source, to: folder)
      for unit in ["user", "hidden"] {
        let mir = folder.appending(path: "\(unit)/mir")
        var text = try String(contentsOf: mir, encoding: .utf8)
        for name in ["alpha_1", "alpha_2", "util_left", "util_right"] {
          text = text.replacing("\(name)::", with: "\(name.prefix { $0 != "_" })::")
        }
        try text.write(to: mir, atomically: true, encoding: .utf8)
        let json = folder.appending(path: "\(unit)/unit.json")
        let description = try String(contentsOf: json, encoding: .utf8)
        try description.replacing("\"mirNames\"", with: "\"formerNames\"").write(
          to: json, atomically: true, encoding: .utf8)
      }
      return Fixture(folder: folder.path)
    } catch {
      fatalError("the dumps cannot be copied: \(error)")
    }
  }

  @Test(arguments: TwinTests.pairs.filter { !["handed_to_std_by", "facade_type"].contains($0.0) })
  func eachVersionMayBeMeant(what: String, target: String, kind: EdgeKind) {
    for name in ["user::\(what)_of_one", "user::\(what)_of_two"] {
      for version in ["1.0.0", "2.0.0"] {
        let edges = alike.edges(name, target.replacing("%", with: version)).filter { $0.kind == kind }
        #expect(!edges.isEmpty, "\(name) \(version)")
        #expect(edges.allSatisfy { $0.candidates > 1 }, "\(name) \(version)")
      }
    }
  }

  @Test func itIsStated() {
    let limits = alike.graph.gaps.filter { $0.kind == .limit }
    #expect(
      limits.map { "\(alike.units[Int($0.unit)].id): \($0.what)" } == [
        "hidden: names in crates called alpha", "user: names in crates called alpha",
        "user: names in crates called util",
      ])
  }
}
