import CallGraph
import Foundation
import Project
import Testing

/// What the comments of a fixture's sources say of the graph, compared with the graph, line by line.
///
/// `//~ KIND TARGET` states an edge that the code of its line makes, `//~^` one of the line above (`^^`: two above), `//~|`
/// one more of the line that the comment before speaks of. KIND is the word of `EdgeKind`, with `/N` where the site has N
/// candidates and N is not 1. Names lose the crate that the file belongs to. Of a function with several instances the
/// instance stands in front: `//~ generic<Disk>: dispatch <Disk as Store>::put`.
///
/// The statements are complete: an edge to code of the crates that no comment states is an error, and so is a function
/// that cannot run unless a comment at its first line says `kept NAME` (reached, but control cannot come to it) or
/// `unused NAME` (not reached). Edges to functions without a body here (std's, foreign) are looked at where a comment states one.
/// Promoteds and anonymous constants count as the code that uses them.
///
/// What the graph does not get right yet is told apart: `//~? ..` should be so and is not, `//~! ..` is so and should not.
struct ExpectedEdges {
  enum Mark { case none, missing, wrong }

  /// One statement, of the comments or of the graph.
  struct Statement: Hashable, Comparable {
    var file: String
    var line: Int
    var text: String
    var mark = Mark.none

    static func < (left: Statement, right: Statement) -> Bool {
      (left.file, left.line, left.text) < (right.file, right.line, right.text)
    }

    func marked(_ mark: Mark) -> Statement {
      var other = self
      other.mark = mark
      return other
    }
  }

  /// The graph with one node an instance.
  private let graph: CallGraph
  private let folder: String
  private let files: [String]

  init(_ theme: String, _ fixture: Fixture) {
    let folder = "\(Fixture.folder)/\(theme)"
    graph = fixture.graph.withoutTwins()
    self.folder = folder
    files = graph.files.filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
  }

  /// Records an issue at the source's line for each difference.
  func check() {
    let comments = files.flatMap { self.comments(in: $0) }
    let stated = Set(comments.filter { $0.mark == .none })
    let found = statements
    for statement in stated.subtracting(found.all).sorted() { report("is not so: ", statement) }
    let wrong = Set(comments.filter { $0.mark == .wrong }.map { $0.marked(.none) })
    for statement in found.required.subtracting(stated).subtracting(wrong).sorted() {
      report("is not stated: ", statement)
    }
    for comment in comments where comment.mark != .none {
      let isSo = found.all.contains(comment.marked(.none))
      if isSo == (comment.mark == .wrong) {
        withKnownIssue { report("is wrong yet: ", comment) }
      } else {
        report("is right now: ", comment)
      }
    }
    #expect(!stated.isEmpty, "the sources of the fixture state no edges")
  }

  private func report(_ problem: String, _ statement: Statement) {
    let path = "\(folder)/\(statement.file)"
    Issue.record(
      Comment(rawValue: problem + statement.text),
      sourceLocation: SourceLocation(
        fileID: "Fixtures/\(statement.file)", filePath: path, line: statement.line, column: 1))
  }

  // MARK: Comments

  private func comments(in file: String) -> [Statement] {
    guard let text = try? String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8) else { return [] }
    var list: [Statement] = []
    for (index, content) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      for part in content.split(separator: "//~", omittingEmptySubsequences: false).dropFirst() {
        let ups = part.prefix { $0 == "^" }.count
        let line = part.first == "|" ? list.last?.line ?? 0 : index + 1 - ups
        let rest = part.drop { "^|".contains($0) }
        let mark = rest.first == "?" ? Mark.missing : rest.first == "!" ? .wrong : .none
        let text = rest.drop { "?! ".contains($0) }.trimmingCharacters(in: .whitespaces)
        list.append(Statement(file: file, line: line, text: text, mark: mark))
      }
    }
    return list
  }

  // MARK: The graph

  /// What the graph says, and which of that comments must state.
  private var statements: (all: Set<Statement>, required: Set<Statement>) {
    var all: Set<Statement> = []
    var required: Set<Statement> = []
    var instances: [NameKey: Set<String>] = [:]
    for node in graph.nodes.indices where graph.nodes[node].unit != GraphNode.noUnit {
      let owner = owner(of: node)
      instances[owner.key, default: []].insert(owner.label)
    }
    for node in graph.nodes.indices where graph.nodes[node].unit != GraphNode.noUnit {
      let owner = owner(of: node)
      let isAlone = instances[owner.key]?.count == 1
      for edge in graph.edges(of: node) where !isAnonymous(Int(edge.target)) {
        let text = (isAlone ? "" : owner.label + ": ") + self.text(edge, of: node)
        guard let statement = statement(at: edge.position, of: node, text) else { continue }
        all.insert(statement)
        if !graph.nodes[Int(edge.target)].flags.contains(.external) { required.insert(statement) }
      }
      // A constant that is one value has no place.
      guard let state = state(of: node), graph.nodes[node].position.line > 0 else { continue }
      let text = "\(state) \(owner.label)"
      guard let statement = statement(at: graph.nodes[node].position, of: node, text) else { continue }
      all.insert(statement)
      required.insert(statement)
    }
    return (all, required)
  }

  private func label(_ node: Int) -> String { graph.names.string(graph.nodes[node].instance) }

  /// A function of which there may be several instances.
  private struct NameKey: Hashable {
    var unit: UInt32
    var name: String
    var line: UInt32
  }

  /// The function that a node is an instance of, or part of.
  private func owner(of node: Int) -> (key: NameKey, label: String) {
    let record = graph.nodes[node]
    return (
      NameKey(unit: record.unit, name: named(graph.names.string(record.name)), line: record.position.line),
      short(named(label(node)), node)
    )
  }

  /// A name without promoteds and anonymous constants at its end.
  private func named(_ name: String) -> String {
    var name = name[...]
    while let range = name.range(of: "::", options: .backwards), isAnonymous(name[range.upperBound...]) {
      name = name[..<range.lowerBound]
    }
    return String(name)
  }

  private func isAnonymous(_ segment: Substring) -> Bool {
    segment.hasPrefix("promoted[") || segment.hasPrefix("{constant#")
  }

  private func isAnonymous(_ node: Int) -> Bool {
    let name = graph.names.string(graph.nodes[node].name)
    return named(name) != name
  }

  private func text(_ edge: GraphEdge, of node: Int) -> String {
    let several = edge.candidates == 1 ? "" : "/\(edge.candidates)"
    return "\(edge.kind.word)\(several) \(short(label(Int(edge.target)), node))"
  }

  private func state(of node: Int) -> String? {
    guard !isAnonymous(node), graph.nodes[node].kind != .constructor else { return nil }
    let flags = graph.nodes[node].flags
    return flags.contains(.mayRun) ? nil : flags.contains(.reached) ? "kept" : "unused"
  }

  /// A name without the crate of a node.
  private func short(_ name: String, _ node: Int) -> String {
    let prefix = graph.units[Int(graph.nodes[node].unit)].displayName + "::"
    var result = ""
    var rest = name[...]
    while let range = rest.range(of: prefix) {
      let before = rest[..<range.lowerBound]
      let isWhole = before.last.map { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != ":" } ?? result.isEmpty
      result += before + (isWhole ? "" : prefix)
      rest = rest[range.upperBound...]
    }
    return result + rest
  }

  /// A statement at a place; what stands in no source of the fixture (macros of std) counts for the function's first line.
  private func statement(at position: SourcePosition, of node: Int, _ text: String) -> Statement? {
    for place in [position, graph.nodes[node].position] {
      let file = graph.files[Int(place.file)]
      if files.contains(file), place.line > 0 { return Statement(file: file, line: Int(place.line), text: text) }
    }
    if graph.nodes[node].flags.contains(.reached) {
      Issue.record("\(label(node)) stands in no source of the fixture")
    }
    return nil
  }
}
