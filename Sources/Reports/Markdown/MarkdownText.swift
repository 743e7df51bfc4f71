/// Texts for Markdown as GitHub and its likes read it (GFM). What comes from analysed crates cannot end a code span, make
/// a table's cell, or become markup.
public enum MarkdownText {
  /// A code span.
  public static func code(_ text: String) -> String {
    let harmless = TextStyle.harmless(text).replacing("\n", with: " ").replacing("|", with: "\\|")
    guard harmless.contains("`") else { return harmless.isEmpty ? "" : "`\(harmless)`" }
    var longest = 0
    var run = 0
    for character in harmless {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return "\(fence) \(harmless) \(fence)"
  }

  /// Plain text.
  public static func plain(_ text: String) -> String {
    var result = ""
    for scalar in TextStyle.harmless(text).unicodeScalars {
      if "\\`*_[]|<>~&".unicodeScalars.contains(scalar) { result += "\\" }
      result.unicodeScalars.append(scalar == "\n" ? " " : scalar)
      // A word joiner: `@name` and `#1` must not address people and issues.
      if scalar == "@" || scalar == "#" { result += "\u{2060}" }
    }
    return result
  }

  /// A row of a table.
  static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
}
