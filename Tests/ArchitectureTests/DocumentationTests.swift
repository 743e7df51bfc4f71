import Foundation
import Testing

/// The documentation as one book: every page is in its contents, and every link leads somewhere.
@Suite struct DocumentationTests {
  private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static let pages: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: repository.path + "/docs")) ?? []
    return ["README.md"] + names.filter { $0.hasSuffix(".md") }.sorted().map { "docs/" + $0 }
  }()

  private func text(_ page: String) throws -> String {
    try String(contentsOf: Self.repository.appendingPathComponent(page), encoding: .utf8)
  }

  /// The lines outside of fenced and indented code.
  private func prose(_ page: String) throws -> [Substring] {
    var isCode = false
    return try text(page).split(separator: "\n").filter { line in
      if line.hasPrefix("```") { isCode.toggle() }
      return !isCode && !line.hasPrefix("```") && !line.hasPrefix("    ")
    }
  }

  /// The targets of Markdown links.
  private func links(_ page: String) throws -> [String] {
    try prose(page).flatMap { line in
      // What stands in code spans is no link.
      let plain = line.replacing(/`[^`]*`/, with: "x")
      return plain.matches(of: /\]\(([^)\s]+)\)/).map { String($0.output.1) }
    }
  }

  /// The names by which the headings of a page are linked, as GitHub makes them.
  private func anchors(_ page: String) throws -> Set<String> {
    Set(
      try prose(page).filter { $0.hasPrefix("#") }.map { heading in
        let words = heading.drop { $0 == "#" || $0 == " " }.lowercased()
        return String(words.compactMap { $0 == " " ? "-" : $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : nil })
      })
  }

  @Test func everyLinkLeadsSomewhere() throws {
    var count = 0
    for page in Self.pages {
      let folder = page.contains("/") ? "docs/" : ""
      for link in try links(page) where !link.contains("://") {
        count += 1
        let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let target = parts[0].isEmpty ? page : folder + parts[0]
        let path = URL(fileURLWithPath: target, relativeTo: Self.repository).standardizedFileURL.path
        #expect(FileManager.default.fileExists(atPath: path), "\(page): \(link)")
        guard parts.count > 1, target.hasSuffix(".md") else { continue }
        #expect(try anchors(target).contains(String(parts[1])), "\(page): \(link)")
      }
    }
    #expect(count > 30)
  }

  @Test func pagesThatAreNamedAreThere() throws {
    for page in Self.pages {
      for name in try text(page).matches(of: /docs\/[a-z\/-]+\.(?:md|json|txt)/).map({ String($0.output) }) {
        let path = Self.repository.appendingPathComponent(name).path
        #expect(FileManager.default.fileExists(atPath: path), "\(page) names \(name)")
      }
    }
  }

  @Test func everyPageIsInTheBook() throws {
    let book = Set(try links("docs/README.md"))
    for page in Self.pages where page.hasPrefix("docs/") && page != "docs/README.md" {
      #expect(book.contains(String(page.dropFirst(5))), "\(page) is not in docs/README.md")
    }
    #expect(try links("README.md").contains("docs/README.md"))
  }

  @Test func theReadmeStaysShort() throws {
    #expect(try text("README.md").split(separator: "\n", omittingEmptySubsequences: false).count <= 120)
  }
}
