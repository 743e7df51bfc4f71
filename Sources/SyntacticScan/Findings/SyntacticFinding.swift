import Capabilities

/// How a look at the text came to a finding.
public enum SyntacticMatch: String, Sendable, CaseIterable {
  /// The path of a function of std that the table of sinks knows.
  case function
  /// A method by its name, of a type of std that the file names.
  case method
  /// A foreign function: of `libc` and crates like it, or declared in an `extern` block of the crate.
  case foreign
  /// `unsafe`, `extern`, `asm!`, `no_mangle`, `#[link]`.
  case word
  /// A called path below a module of another crate that wraps what std can do: `tokio::fs::read`.
  case wrapper
  /// A called path below a module that touches the system, which no table knows to do something: `Command::new`.
  case call
  /// A function that an `extern` block declares.
  case declaration
  /// Any other mention of such a module's names: a type, a constant, a `use`.
  case name
}

/// What a look at the text says a piece of source may do: neither proof nor path, and no more than the text shows.
public struct SyntacticFinding: Sendable, Hashable {
  public var capabilities: CapabilitySet
  public var authority: Authority
  /// What was met: a path with imports followed, a method with its type, `unsafe`, `asm!`, a foreign function.
  public var what: String
  public var line: Int
  /// Counted from 1, in characters; 0 if it is not known.
  public var column = 0
  public var match = SyntacticMatch.function
  /// Whether one of the capabilities is meant and not each of them: a module or a word says no more.
  public var isAnyOf = false

  public init(
    capabilities: CapabilitySet, authority: Authority, what: String, line: Int, column: Int = 0,
    match: SyntacticMatch = .function, isAnyOf: Bool = false
  ) {
    self.capabilities = capabilities
    self.authority = authority
    self.what = what
    self.line = line
    self.column = column
    self.match = match
    self.isAnyOf = isAnyOf
  }
}
