import Capabilities

/// What a look at the text says a piece of source may do: neither proof nor path, and no more than the text shows.
public struct SyntacticFinding: Sendable, Hashable {
  public var capabilities: CapabilitySet
  public var authority: Authority
  /// What was met: a path with imports followed, a method with its type, `unsafe`, `asm!`, a foreign function.
  public var what: String
  public var line: Int

  public init(capabilities: CapabilitySet, authority: Authority, what: String, line: Int) {
    self.capabilities = capabilities
    self.authority = authority
    self.what = what
    self.line = line
  }
}
