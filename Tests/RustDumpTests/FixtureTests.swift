import Foundation
import RustDump
import Testing

/// The dumps of the crates in Fixtures/versions, made by four versions of rustc.
@Suite struct FixtureTests {
  static let crates = ["literals", "paths", "members"]
  static let versions = ["1.85", "1.95", "1.96", "1.97"]

  static func dump(_ crate: String, _ version: String, _ form: String) throws -> [UInt8] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = folder.appendingPathComponent("Fixtures/versions/\(crate)/\(version)/\(form)")
    return Array(try Data(contentsOf: file))
  }

  @Test(arguments: crates, versions)
  func mirIsReadWithoutGaps(_ crate: String, _ version: String) throws {
    let bytes = try Self.dump(crate, version, "mir")
    let read = ReadMir(bytes: bytes)
    #expect(read.reasons == [])
    #expect(LineCount(bytes) == LineCount(read.facts.statistics))
    #expect(read.facts.sites.allSatisfy { $0.line > 0 || [.functionInMemory, .literal].contains($0.siteKind) })
  }

  @Test(arguments: crates, versions)
  func membersAreThoseOfMir(_ crate: String, _ version: String) throws {
    let mir = ReadMir(bytes: try Self.dump(crate, version, "mir"))
    let members = mir.memberNames
    #expect(!members.isEmpty)
    for (form, dialect) in [("expanded", ItemReader.Dialect.expanded), ("hir", .hir)] {
      let items = ReadItems(bytes: try Self.dump(crate, version, form), dialect)
      #expect(items.gaps.isEmpty)
      #expect(items.memberNames == members, "\(form)")
    }
  }

  /// What the code does is the same whichever compiler printed it: each function calls the same functions of the crate.
  /// Derived code and `thread_local!` are left out: they are the compiler's own.
  @Test(arguments: ["literals", "paths"], versions.dropFirst())
  func callsWithinTheCrateDoNotDependOnTheVersion(_ crate: String, _ version: String) throws {
    let first = ReadMir(bytes: try Self.dump(crate, Self.versions[0], "mir"))
    let other = ReadMir(bytes: try Self.dump(crate, version, "mir"))
    for (function, calls) in first.ownCalls { #expect(other.ownCalls[function] == calls, "\(function)") }
  }

  @Test(arguments: versions)
  func unsafeBlocksAreCounted(_ version: String) throws {
    for (form, dialect) in [("expanded", ItemReader.Dialect.expanded), ("hir", .hir)] {
      let items = ReadItems(bytes: try Self.dump("members", version, form), dialect)
      #expect(items.item("unsafe_blocks").unsafeBlocks == 2, "\(form)")
      #expect(items.item("seed").unsafeBlocks == 0 && items.item("for_loop").unsafeBlocks == 0, "\(form)")
      // HIR of 1.85 shows the block of an await like a written one.
      let awaits: UInt32 = form == "hir" && version == "1.85" ? 1 : 0
      #expect(items.item("waits").unsafeBlocks == awaits && items.item("in_async").unsafeBlocks == 0, "\(form)")
      let derived = items.tree.items.filter { $0.itemFlags.contains(.automaticallyDerived) }
      #expect(derived.count >= 10)
      let other = ReadItems(bytes: try Self.dump("literals", version, form), dialect)
      #expect(["template", "symbols", "reads"].map { other.item($0).unsafeBlocks } == [1, 1, 1], "\(form)")
    }
  }

  @Test(arguments: versions)
  func attributesAndForeignItems(_ version: String) throws {
    for (form, dialect) in [("expanded", ItemReader.Dialect.expanded), ("hir", .hir)] {
      let items = ReadItems(bytes: try Self.dump("members", version, form), dialect)
      let found = Set(items.tree.attributes.map { "\(AttributeKind(rawValue: $0.kind)!)=\(items.name($0.value))" })
      let expected = [
        "noMangle=", "exportName=renamed_export", "used=", "linkSection=.init_array", "link=m", "linkName=sin",
        "inlineAlways=",
      ]
      #expect(found.isSuperset(of: expected), "\(form)")
      #expect(items.item("my_sine").itemKind == .foreignFunction && items.item("environ").itemKind == .foreignStatic)
    }
  }

  /// A file of std in the builds of Rust and in those of distributions.
  @Test(arguments: versions)
  func codeOfStandardMacrosIsTold(_ version: String) throws {
    let read = ReadMir(bytes: try Self.dump("literals", version, "mir"))
    let body = try #require(read.facts.bodies.first { read.term($0.path) == "printed" })
    let sites = read.facts.sites[Int(body.sitesStart)..<Int(body.sitesStart + body.sitesCount)]
    let print = try #require(sites.first { read.term($0.a) == "std::io::_print" })
    #expect(print.siteFlags.isSuperset(of: [.fromMacro, .fromStandardMacro]))
    #expect(read.name(print.file) == "lib.rs" && print.line >= body.line && print.line <= body.lastLine)
  }

  @Test(arguments: versions)
  func sitesOfTheLiterals(_ version: String) throws {
    let read = ReadMir(bytes: try Self.dump("literals", version, "mir"))
    #expect(
      Set(read.sites("symbols")).subtracting(["mention target"]) == [
        "assembly", "assemblySymbol target", "assemblySymbol COUNTER",
      ])
    #expect(read.sites("template").contains("assembly") && read.sites("after_the_templates") == ["call double"])
    let reads = read.sites("reads")
    #expect(reads.contains("call <dyn(Operation + std::marker::Sync) as Operation>::run"))
    #expect(reads.contains("staticUse TABLE") && reads.contains("unsafeStaticUse COUNTER"))
    let memory = read.facts.bodies.filter { $0.bodyKind == .staticMemory }
    let contents = Dictionary(grouping: memory, by: { read.term($0.path) }).mapValues {
      $0.flatMap { read.sites(of: $0) }
    }
    #expect(contents["TABLE"] == ["functionInMemory double", "functionInMemory half"])
    #expect(contents["PAIRS"] == ["functionInMemory double", "functionInMemory half"])
    #expect(contents["NAMED"] == ["vtableInMemory dyn(Operation), Double"])
    #expect(contents["DYNAMIC"] == ["vtableInMemory dyn(Operation + std::marker::Sync), Double"])
  }
}

/// Functions, calls, drops and `asm!` of a dump, counted line by line without the reader.
private struct LineCount: Equatable {
  var functions = 0
  var calls = 0
  var drops = 0
  var assemblies = 0

  init(_ statistics: BodyStatistics) {
    functions = Int(statistics.functions)
    calls = Int(statistics.calls)
    drops = Int(statistics.drops)
    assemblies = Int(statistics.assemblies)
  }

  init(_ bytes: [UInt8]) {
    var isCopy = false
    var nextIsCopy = false
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      if line == "// MIR FOR CTFE" { nextIsCopy = true }
      if let first = line.first, first.isLetter || first == "<" || first == "{", !line.hasPrefix("alloc") {
        isCopy = nextIsCopy
        nextIsCopy = false
        if line.hasPrefix("fn "), !isCopy { functions += 1 }
      }
      guard line.hasPrefix("        "), !line.hasPrefix("         "), !isCopy else { continue }
      count(line.dropFirst(8))
    }
  }

  private mutating func count(_ statement: Substring) {
    if statement.hasPrefix("drop(") { drops += 1 }
    if statement.hasPrefix("asm!(") { assemblies += 1 }
    guard statement.hasPrefix("_") || statement.hasPrefix("(") else { return }
    let code =
      statement.range(of: "; *// scope", options: [.regularExpression, .backwards]).map { statement[..<$0.lowerBound] }
      ?? statement
    if code.range(
      of: #" -> (\[return: bb[0-9]+, unwind[^"]*\]|unwind [a-z()]+|bb[0-9]+)$"#, options: .regularExpression) != nil
    {
      calls += 1
    }
  }
}

extension ReadMir {
  /// The members of impls that have a body, in order.
  fileprivate var memberNames: [String] {
    facts.bodies.compactMap { body in
      let path = TermID(body.path)
      guard body.bodyKind == .function || body.bodyKind == .constant, store.terms.kind(path) == .segment,
        store.terms.kind(store.terms.parent(path)) == .implAt
      else { return nil }
      let name = name(store.terms.name(path).raw)
      return name.hasPrefix("{") ? nil : name
    }
  }

  /// The calls of each function, as far as they stay within the crate.
  fileprivate var ownCalls: [String: [String]] {
    var calls: [String: [String]] = [:]
    for body in facts.bodies where body.bodyKind == .function {
      let own = facts.sites[Int(body.sitesStart)..<Int(body.sitesStart + body.sitesCount)]
        .filter { $0.siteKind == .call }.map { term($0.a) }
        .filter { !$0.contains("std::") && !$0.contains("core::") && !$0.contains("alloc::") }
      calls[term(body.path), default: []] += own
    }
    return calls.mapValues { $0.sorted() }
  }
}

extension ReadItems {
  /// The members of impls that have a body, in order.
  fileprivate var memberNames: [String] {
    tree.items.filter {
      $0.itemFlags.contains(.hasBody) && ($0.itemKind == .function || $0.itemKind == .constant)
        && tree.items[Int($0.parent)].itemKind == .implementation
    }.map { name($0.name) }
  }
}
