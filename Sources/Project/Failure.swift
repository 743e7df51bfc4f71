/// Why mircap cannot do what was asked: what is wrong, where, and what to do about it.
///
/// Every error that a user sees is one of these; its kind decides the exit code.
public struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
  /// Whose fault it is.
  public enum Kind: Sendable {
    /// Arguments that make no sense: exit code 2.
    case usage
    /// Input that cannot be analysed: exit code 3.
    case input
  }

  public var kind: Kind
  public var message: String
  /// The file that is meant, if one is.
  public var file: String?
  /// The line in it, counted from 1.
  public var line: Int?
  /// What to do about it.
  public var advice: String?

  public init(
    _ message: String, file: String? = nil, line: Int? = nil, advice: String? = nil, kind: Kind = .input
  ) {
    self.kind = kind
    self.message = message
    self.file = file
    self.line = line
    self.advice = advice
  }

  /// A mistake in the arguments.
  public static func usage(_ message: String, advice: String? = nil) -> Failure {
    Failure(message, advice: advice, kind: .usage)
  }

  /// What the process answers: 2 or 3.
  public var exitCode: Int32 { kind == .usage ? 2 : 3 }

  /// `file:line: message (advice)`, without control characters: the parts may come from hostile input.
  public var description: String {
    var text = ""
    if let file {
      text += file
      if let line { text += ":\(line)" }
      text += ": "
    }
    text += message
    if let advice { text += "\n  \(advice)" }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { Self.isPrintable($0) ? $0 : "\u{FFFD}" }))
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\t" || (scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value))
  }
}
