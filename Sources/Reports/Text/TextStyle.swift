/// How text reports are laid out.
public struct TextStyle: Sendable {
  /// How many columns a line may have.
  public var width: Int
  /// Whether terminal colours are used.
  public var color: Bool
  /// Whether dependencies are told in the same detail as members of the workspace, and gaps one by one.
  public var verbose: Bool

  public init(width: Int = 100, color: Bool = false, verbose: Bool = false) {
    self.width = max(width, 40)
    self.color = color
    self.verbose = verbose
  }

  /// What a piece of text is, and so how it looks.
  package enum Role {
    case heading, capability, powerful, position, dim, warning

    var code: String {
      switch self {
      case .heading: "1"
      case .capability: "36"
      case .powerful: "1;31"
      case .position: "2"
      case .dim: "2"
      case .warning: "33"
      }
    }
  }

  package func paint(_ text: String, _ role: Role) -> String {
    color && !text.isEmpty ? "\u{1B}[\(role.code)m\(text)\u{1B}[0m" : text
  }

  /// Text that may come from an analysed crate, without control characters that a terminal would obey.
  package static func harmless(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isDangerous) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      result.unicodeScalars.append(isDangerous(scalar) ? "\u{FFFD}" : scalar)
    }
    return result
  }

  /// Control characters, and those that reorder text on the screen.
  private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09: false
    case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// The text, filled up with blanks.
  package static func padded(_ text: String, _ width: Int) -> String {
    text.count >= width ? text : text + String(repeating: " ", count: width - text.count)
  }

  /// Words, broken into lines that fit.
  func wrapped(_ words: [String], indent: String, first: String = "") -> [String] {
    var lines: [String] = []
    var line = first
    var length = first.count
    for word in words {
      let separator = line.isEmpty || line.hasSuffix(" ") ? 0 : 1
      if length + separator + word.count > width, line != first, line != indent {
        lines.append(line)
        line = indent
        length = indent.count
      }
      if !line.isEmpty, !line.hasSuffix(" ") {
        line += " "
        length += 1
      }
      line += word
      length += word.count
    }
    lines.append(line)
    return lines
  }
}
