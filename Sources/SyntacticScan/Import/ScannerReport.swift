import Capabilities
import Project

/// One statement of a scanner: this code can do one of these things.
public struct ScannerClaim: Sendable, Equatable {
  /// Any of these may be meant; never empty.
  public var capabilities: CapabilitySet
  /// The scanner's own word for it.
  public var word: String
  /// What it met: a path, a callee, an expression; empty if it does not say.
  public var what = ""
  public var match: SyntacticMatch
  /// The package that it speaks of; empty if it names only a file.
  public var package = ""
  /// Empty if it does not say.
  public var version = ""
  /// `nil` if it does not tell phases apart.
  public var phase: Phase?
  /// The file as the scanner names it; empty if it names none.
  public var file = ""
  /// Counted from 1; 0 if it names none.
  public var line = 0
  /// Whether it speaks of what the package reaches through others, and not of its own code.
  public var isTransitive = false

  public init(capabilities: CapabilitySet, word: String, match: SyntacticMatch) {
    self.capabilities = capabilities
    self.word = word
    self.match = match
  }
}

/// What a scanner says of a project.
public struct ScannerReport: Sendable {
  /// Its name.
  public var tool: String
  /// The form that was read, in words.
  public var form: String
  public var claims: [ScannerClaim] = []
  /// Words that no table translates, and how often they came: such findings are not compared.
  public var unknownWords: [String: Int] = [:]
  /// How many findings say nothing about a capability.
  public var silent = 0

  public init(tool: String, form: String) {
    self.tool = tool
    self.form = form
  }

  /// Adds a finding whose word must be translated.
  mutating func add(
    _ word: String, _ categories: ScannerCategories, tool: String, _ change: (inout ScannerClaim) -> Void
  ) {
    guard let meaning = categories.meaning(of: word, tool: tool) else {
      unknownWords[word, default: 0] += 1
      return
    }
    add(meaning, word, change)
  }

  mutating func add(_ meaning: ScannerCategories.Meaning, _ word: String, _ change: (inout ScannerClaim) -> Void) {
    guard !meaning.capabilities.isEmpty else {
      silent += 1
      return
    }
    var claim = ScannerClaim(capabilities: meaning.capabilities, word: word, match: meaning.match)
    change(&claim)
    claims.append(claim)
  }
}
