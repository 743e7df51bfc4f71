import Mustache
import Project

/// Puts a page together: the template, its style and script, and the data in packed parts.
///
/// The page is one file that asks the network for nothing: its content security policy forbids it. Texts of analysed
/// crates are escaped in the markup, and the script makes them text nodes only; should one slip through all the same,
/// the policy runs no script but the page's own, which it knows by a number that depends on all of the page's data.
struct HtmlPage {
  /// A part of the data that is unpacked when it is first needed.
  struct Chunk {
    var name: String
    var packed: [UInt8]

    /// - Throws: a `Failure` if there is not enough memory.
    init(name: String, json: [UInt8]) throws {
      guard let packed = Compression.compress(json) else { throw Failure("there is not enough memory for the report") }
      self.name = name
      self.packed = packed
    }
  }

  /// What the page is: `report`, `difference` or `comparison`.
  var mode: String
  var title: String
  var summary: String
  /// Why the report is not complete; empty if it is.
  var incomplete = ""
  /// Facts that the script needs from the start, as JSON.
  var facts: [UInt8]
  var chunks: [Chunk]
  /// The matrix, if the page has one.
  var matrix: HtmlMatrix?
  var toolVersion: String

  /// The files of the script, in the order in which they stand in the page.
  static let scripts = [
    "html-elements.js", "html-data.js", "html-path.js", "html-matrix.js", "html-panel.js", "html-lists.js",
    "html-tree.js", "html-difference.js", "html-comparison.js", "html-main.js",
  ]

  /// Writes the page.
  ///
  /// - Throws: a `Failure` if an asset is missing, which a test excludes.
  func write(to output: inout ByteOutput) throws {
    let template = try MustacheTemplate(string: HtmlPage.asset("html-report.mustache"))
    var content: [String: Any] = [
      "mode": mode, "title": TextStyle.harmless(title), "summary": summary, "toolVersion": toolVersion, "nonce": nonce,
      "style": try HtmlPage.asset("html-report.css"),
      "script": try HtmlPage.scripts.map(HtmlPage.asset).joined(separator: "\n"),
      "page": HtmlPage.scriptSafe(facts),
      "chunks": chunks.map { ["name": $0.name, "text": Base64.encode($0.packed)] },
    ]
    if !incomplete.isEmpty { content["incomplete"] = incomplete }
    if let matrix { content["matrix"] = matrix.content }
    output.append(template.render(content))
  }

  private static func asset(_ name: String) throws -> String {
    guard let file = EmbeddedFile.named(name) else { throw Failure("the program lacks its file \(name)") }
    return String(decoding: file.bytes, as: UTF8.self)
  }

  /// JSON that cannot end the script element that holds it: `<` occurs in its strings only.
  private static func scriptSafe(_ json: [UInt8]) -> String {
    String(decoding: json, as: UTF8.self).replacing("<", with: "\\u003c")
  }

  /// The number by which the policy knows the page's script (FNV-1a, 64 bits, over the data): the same data give the
  /// same page, and a text inside of the data cannot name the number that it changes.
  private var nonce: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for bytes in [facts] + chunks.map(\.packed) {
      for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    return String(hash, radix: 16)
  }
}

/// Bytes as text (RFC 4648, section 4).
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let present = min(3, bytes.count - start)
      var group = 0
      for offset in 0..<3 { group = group << 8 | (offset < present ? Int(bytes[start + offset]) : 0) }
      for digit in 0..<4 {
        text.append(digit <= present ? alphabet[group >> (18 - 6 * digit) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
