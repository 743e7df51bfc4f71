/// How text reports are laid out.
public struct TextStyle: Sendable {
  /// How many columns a line may have.
  public var width: Int
  /// Whether terminal colours are used.
  public var color: Bool
  /// Whether dependencies are told in the same detail as members of the workspace, and gaps one by one.
  public var verbose: Bool
  /// Whether only the summary is told.
  public var quiet: Bool

  public init(width: Int = 100, color: Bool = false, verbose: Bool = false, quiet: Bool = false) {
    self.width = max(width, 40)
    self.color = color
    self.verbose = verbose
    self.quiet = quiet
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

  /// How many columns of a terminal a text takes: sequences that colour it take none, East Asian wide characters and
  /// emoji two, marks that combine with the character before none.
  static func columns(_ text: some StringProtocol) -> Int {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text.utf8.count }
    var columns = 0
    var isSequence = false
    for scalar in text.unicodeScalars {
      if scalar == "\u{1B}" { isSequence = true } else if !isSequence { columns += self.columns(scalar) }
      if isSequence, scalar.properties.isAlphabetic { isSequence = false }
    }
    return columns
  }

  private static func columns(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0..<0x300: return 1
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default:
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: return 0
      default: return 1
      }
    }
  }

  /// The text, filled up with blanks.
  package static func padded(_ text: String, _ width: Int) -> String {
    let columns = columns(text)
    return columns >= width ? text : text + String(repeating: " ", count: width - columns)
  }

  /// Words, broken into lines that fit.
  func wrapped(_ words: [String], indent: String, first: String = "") -> [String] {
    var lines: [String] = []
    var line = first
    var length = Self.columns(first)
    for word in words {
      let separator = line.isEmpty || line.hasSuffix(" ") ? 0 : 1
      let columns = Self.columns(word)
      if length + separator + columns > width, line != first, line != indent {
        lines.append(line)
        line = indent
        length = indent.count
      }
      if !line.isEmpty, !line.hasSuffix(" ") {
        line += " "
        length += 1
      }
      line += word
      length += columns
    }
    lines.append(line)
    return lines
  }
}
