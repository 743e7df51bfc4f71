/// What cargo makes of a unit.
public enum TargetKind: String, Sendable, CaseIterable {
  case library = "lib"
  case binary = "bin"
  case buildScript = "build-script"
  case procMacro = "proc-macro"

  /// The phase in which the unit's own target runs.
  public var phase: Phase {
    switch self {
    case .library, .binary: .run
    case .buildScript: .buildScript
    case .procMacro: .procMacro
    }
  }
}

/// When code runs.
public enum Phase: String, Sendable, CaseIterable, Comparable {
  case run
  case buildScript = "build-script"
  case procMacro = "proc-macro"

  private var order: Int {
    switch self {
    case .run: 0
    case .buildScript: 1
    case .procMacro: 2
    }
  }

  public static func < (left: Phase, right: Phase) -> Bool { left.order < right.order }
}

/// The forms in which a unit is dumped; the word is the file's name.
public enum DumpForm: String, Sendable, CaseIterable {
  case mir
  case hir
  case expanded
}

/// What became of a dump.
public enum DumpState: String, Sendable {
  case ok
  case failed
  case absent
}
