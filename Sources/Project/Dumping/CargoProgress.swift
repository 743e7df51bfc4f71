/// A line of cargo's that says how far it is.
public struct CargoProgress: Sendable, Equatable {
  /// How many units are compiled, of how many.
  public var done: Int
  public var total: Int
  /// What is being compiled, as cargo abbreviates it.
  public var names: String

  /// Reads `    Building [====>    ] 12/160: syn, quote(build)...`; `nil` for other lines.
  public init?(line: String) {
    let text = Self.plain(line)
    let words = text.split(separator: " ", omittingEmptySubsequences: true)
    guard words.first == "Building", let bar = text.firstIndex(of: "]") else { return nil }
    let rest = text[text.index(after: bar)...].drop { $0 == " " }
    let counts = rest.prefix { $0 != ":" && $0 != " " }.split(separator: "/")
    guard counts.count == 2, let done = Int(counts[0]), let total = Int(counts[1]), total > 0 else { return nil }
    self.done = done
    self.total = total
    names = rest.firstIndex(of: ":").map { String(rest[$0...].dropFirst().drop { $0 == " " }) } ?? ""
    while names.last == " " { names.removeLast() }
  }

  private static let verbs: Set<Substring> = [
    "Adding", "Blocking", "Building", "Checking", "Compiling", "Dirty", "Downloaded", "Downloading", "Finished",
    "Fresh",
    "Locking", "Removed", "Updating",
  ]

  /// Whether a line is one of cargo's that say what it does: a verb that ends in the twelfth column.
  static func isStatus(_ line: String) -> Bool {
    let text = plain(line)
    let blanks = text.prefix { $0 == " " }.count
    let verb = text.dropFirst(blanks).prefix { $0 != " " }
    return verbs.contains(verb) && blanks + verb.count == 12
  }

  /// The text without the sequences that colour it.
  private static func plain(_ line: String) -> String {
    var result = ""
    var isSequence = false
    for scalar in line.unicodeScalars {
      if scalar == "\u{1B}" { isSequence = true } else if !isSequence { result.unicodeScalars.append(scalar) }
      if isSequence, scalar.properties.isAlphabetic { isSequence = false }
    }
    return result
  }
}

/// Who is told what happens while a project is dumped.
public struct DumpListener: Sendable {
  /// Cargo has come further, or the script says what it does, in `names`.
  public var progress: @Sendable (CargoProgress) -> Void
  /// A line for the user: a warning, an error.
  public var message: @Sendable (String) -> Void

  public init(
    progress: @escaping @Sendable (CargoProgress) -> Void, message: @escaping @Sendable (String) -> Void
  ) {
    self.progress = progress
    self.message = message
  }
}

/// Sorts the lines that `scripts/dump --progress` prints to standard error: how far cargo is, what cargo and compilers say,
/// what the script says itself.
struct CargoMessages {
  /// So many bytes of cargo's messages are held, the last ones.
  private static let limit = 1 << 20
  let listener: DumpListener
  private var isCargo = false
  private var held: [String] = []
  private var heldBytes = 0

  init(listener: DumpListener) { self.listener = listener }

  mutating func hear(_ line: String) {
    switch line {
    case "cargo begins": isCargo = true
    case "cargo ends": isCargo = false
    default:
      guard isCargo else { return listener.message(line) }
      if let progress = CargoProgress(line: line) { return listener.progress(progress) }
      if !CargoProgress.isStatus(line), !line.allSatisfy({ $0 == " " }) { hold(line) }
    }
  }

  private mutating func hold(_ line: String) {
    held.append(line)
    heldBytes += line.utf8.count
    guard heldBytes > Self.limit else { return }
    held.removeFirst(held.count / 2)
    heldBytes = held.reduce(0) { $0 + $1.utf8.count }
  }

  /// Hands on what cargo and compilers said.
  mutating func tellWhatWasHeld() {
    for line in held { listener.message(line) }
    held = []
    heldBytes = 0
  }
}
