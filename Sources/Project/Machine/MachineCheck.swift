/// One thing that mircap needs of a machine, and whether it is there.
public struct MachineCheck: Sendable, Equatable {
  public enum Status: String, Sendable {
    case ok
    /// Something works less well, or a part of mircap does not.
    case warning
    /// Projects cannot be analysed.
    case problem
  }

  /// What is looked at: `rustc`.
  public var name: String
  public var status: Status
  /// What was found.
  public var found: String
  /// What to do about it; empty if nothing need be done.
  public var advice: String

  public init(_ name: String, _ status: Status, _ found: String, advice: String = "") {
    self.name = name
    self.status = status
    self.found = found
    self.advice = advice
  }
}
