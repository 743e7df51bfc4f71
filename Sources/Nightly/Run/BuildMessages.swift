import Project

/// Why something does not build, from what cargo and the dump script printed.
enum BuildMessages {
  private static let mostLines = 6
  private static let limit = 16 << 20

  /// The headlines of the errors, each once, sorted: compilers that run at once print in any order. `nil` if there are none.
  static func reason(inLog log: String) -> String? {
    guard let bytes = FileSystem.contents(of: log, limit: limit) else { return nil }
    var found: Set<String> = []
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let text = plain(line)
      if text.hasPrefix("error") { found.insert(text) }
      // What a build script says before it gives up.
      if text.contains("panicked at") || text.hasPrefix("memory allocation of") { found.insert(text) }
    }
    // The dump script's last word says nothing that the others do not.
    let specific = found.filter { !$0.contains("it does not compile") && !$0.contains("could not be dumped") }
    let lines = (specific.isEmpty ? found : specific).sorted()
    guard !lines.isEmpty else { return nil }
    let more = lines.count > mostLines ? ["and \(lines.count - mostLines) more"] : []
    return (lines.prefix(mostLines) + more).joined(separator: "\n")
  }

  /// Without colours, numbers of processes and threads, and blanks at the ends.
  private static func plain(_ line: Substring) -> String {
    var text = ""
    var isEscape = false
    for scalar in line.unicodeScalars {
      if isEscape {
        isEscape = !scalar.properties.isAlphabetic
      } else if scalar == "\u{1B}" {
        isEscape = true
      } else if scalar.value >= 0x20 {
        text.unicodeScalars.append(scalar)
      }
    }
    while text.first == " " { text.removeFirst() }
    // `thread 'main' (1234) panicked at build.rs:2:5:`
    if text.hasPrefix("thread "), let open = text.firstIndex(of: "("), let close = text[open...].firstIndex(of: ")"),
      text[text.index(after: open)..<close].allSatisfy(\.isNumber)
    {
      text.removeSubrange(open..<text.index(close, offsetBy: min(2, text.distance(from: close, to: text.endIndex))))
    }
    return text
  }
}
