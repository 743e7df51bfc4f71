@testable import RustDump

/// One MIR dump that was read, with its facts as text.
struct ReadMir {
  var facts: BodyFacts
  var store: TermStore
  var gaps: [DumpGap]

  init(_ text: String) { self.init(bytes: Array(text.utf8)) }

  init(bytes: [UInt8]) {
    var store = TermStore()
    var gaps: [DumpGap] = []
    facts = bytes.withUnsafeBytes { MirReader.read($0, store: &store, gaps: &gaps) }
    self.store = store
    self.gaps = gaps
  }

  /// A dump of one function `f` with these lines between its first two lines and its first block, and these in the block.
  init(declarations: [String] = [], statements: [String]) {
    var lines = [
      "fn f() -> () {", "    let mut _0: ();                      // return place in scope 0 at a.rs:1:1: 1:2",
    ]
    lines += declarations.map { "    " + $0 } + ["", "    bb0: {"]
    lines += statements.map { "        " + $0 } + ["    }", "}"]
    self.init(lines.joined(separator: "\n") + "\n")
  }

  func name(_ raw: UInt32) -> String { store.names.string(NameID(raw)) }
  func term(_ raw: UInt32) -> String { TermWriter(store: store).text(TermID(raw)) }

  /// `KIND PATH: TYPE` of all bodies.
  var bodies: [String] { facts.bodies.map { "\($0.bodyKind) \(term($0.path)): \(term($0.type))" } }
  /// `KIND A` or `KIND A, B` of all sites.
  var sites: [String] { facts.sites.map { describe($0) } }
  /// The sites of the body with a path.
  func sites(_ path: String) -> [String] {
    facts.bodies.filter { term($0.path) == path && $0.bodyKind != .staticMemory }.flatMap { sites(of: $0) }
  }
  func sites(of body: BodyRecord) -> [String] {
    facts.sites[Int(body.sitesStart)..<Int(body.sitesStart + body.sitesCount)].map { describe($0) }
  }
  func parameters(_ path: String) -> [String] {
    guard let body = facts.bodies.first(where: { term($0.path) == path }) else { return ["no such body"] }
    return list(body.parametersStart, body.parametersCount)
  }
  func list(_ start: UInt32, _ count: UInt32) -> [String] {
    facts.lists[Int(start)..<Int(start + count)].map { term($0) }
  }
  var reasons: [String] { gaps.map { "\($0.line): \(name($0.why))" } }

  private func describe(_ site: SiteRecord) -> String {
    var text = "\(site.siteKind)"
    if site.a != 0 { text += " " + term(site.a) }
    if site.b != 0 { text += ", " + term(site.b) }
    if site.listCount > 0 { text += " of " + list(site.listStart, site.listCount).joined(separator: ", ") }
    return text
  }
}
