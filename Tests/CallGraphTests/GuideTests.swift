import CallGraph
import Foundation
import Testing

/// What docs/call-graph.md shows of the graph of its program is what the graph holds.
@Suite struct GuideTests {
  private static let fixture = Fixture.shared("guide")
  private var guide: Fixture { GuideTests.fixture }

  /// The lines of the page's boxes.
  private static let lines: [String] = {
    let page = URL(filePath: Fixture.folder).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/call-graph.md")
    let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
    let boxes = text.components(separatedBy: "```graph\n").dropFirst()
    return boxes.flatMap { $0.components(separatedBy: "```")[0].split(separator: "\n").map(String.init) }
  }()

  /// A line `SOURCE -KIND-> TARGET` or `SOURCE -KIND of N-> TARGET`.
  private struct Edge: Hashable, CustomStringConvertible {
    var source: String
    var kind: String
    var target: String

    var description: String { "\(source) -\(kind)-> \(target)" }

    init(source: String, kind: String, target: String) {
      self.source = source
      self.kind = kind
      self.target = target
    }

    init?(_ line: String) {
      guard let arrow = line.range(of: "-> ", options: .backwards),
        let dash = line[..<arrow.lowerBound].range(of: " -", options: .backwards)
      else { return nil }
      source = String(line[..<dash.lowerBound])
      kind = String(line[dash.upperBound..<arrow.lowerBound])
      target = String(line[arrow.upperBound...])
    }
  }

  /// All edges from a function but those to std and to constants that the compiler has made of expressions.
  private func edges(_ source: String) -> Set<Edge> {
    var found: Set<Edge> = []
    for node in guide.nodes(source) {
      for edge in guide.graph.edges(of: node) {
        let target = guide.graph.nodes[Int(edge.target)]
        let name = guide.label(Int(edge.target))
        if target.flags.contains(.external), !target.flags.contains(.foreign) { continue }
        if name.contains("::promoted[") { continue }
        let kind = edge.candidates > 1 ? "\(edge.kind.word) of \(edge.candidates)" : edge.kind.word
        found.insert(Edge(source: source, kind: kind, target: name))
      }
    }
    return found
  }

  @Test func itShowsAllEdgesOfItsFunctions() {
    let shown = Set(GuideTests.lines.compactMap { Edge($0) })
    #expect(shown.count > 40)
    for source in Set(shown.map(\.source)) {
      let expected = shown.filter { $0.source == source }
      #expect(Set(edges(source).map(\.description)) == Set(expected.map(\.description)))
    }
  }

  @Test func itShowsEachKind() {
    let kinds = Set(GuideTests.lines.compactMap { Edge($0)?.kind.split(separator: " ").first.map(String.init) })
    #expect(kinds == Set(EdgeKind.allCases.map(\.word)))
  }

  @Test func whatItSaysOfFunctionsHolds() {
    for line in GuideTests.lines where Edge(line) == nil {
      guard let (name, claim) = GuideTests.claim(line) else {
        Issue.record("not understood: \(line)")
        continue
      }
      switch claim {
      case "leads nowhere": #expect(edges(name).isEmpty, "\(line)")
      case "is reached and may run": #expect(guide.isReached(name) && guide.mayRun(name), "\(line)")
      case "is reached only": #expect(guide.isReached(name) && !guide.mayRun(name), "\(line)")
      default: #expect(!guide.isReached(name), "\(line)")
      }
    }
  }

  private static func claim(_ line: String) -> (name: String, claim: String)? {
    for claim in ["leads nowhere", "is reached and may run", "is reached only", "is not reached"]
    where line.hasSuffix(" \(claim)") {
      return (String(line.dropLast(claim.count + 1)), claim)
    }
    return nil
  }
}
