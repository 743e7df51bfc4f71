import Project

/// Where a nightly job keeps what.
public struct RunFolders: Sendable {
  /// The job's folder, absolute.
  public let root: String

  /// - Throws: a `Failure` if the folder cannot be made.
  public init(_ path: String) throws {
    try FileSystem.makeFolder(path)
    guard let real = FileSystem.realPath(path) else { throw Failure("there is no such folder", file: path) }
    root = real
  }

  public var store: String { root + "/store.sqlite" }
  var lock: String { root + "/lock" }
  /// Results, by their names.
  var packs: String { root + "/packs" }

  func pack(_ key: String) -> String { "\(packs)/\(key.prefix(2))/\(key).pack" }

  /// Records, messages and digest of a run.
  public func run(_ number: Int) -> String { "\(root)/runs/\(number)" }

  func record(of target: String, run number: Int) -> String { "\(run(number))/targets/\(target).json" }
  func log(of target: String, run number: Int) -> String { "\(run(number))/logs/\(target).log" }

  /// What is known of a target between runs: its dumps, and what went into its result.
  func target(_ name: String) -> String { "\(root)/targets/\(name)" }

  func dumps(of name: String) -> String { target(name) + "/dumps" }
  func stamp(of name: String) -> String { target(name) + "/inputs" }

  func checkout(of name: String) -> String { "\(root)/checkouts/\(name)" }
  func generated(_ name: String) -> String { "\(root)/projects/\(name)" }
}
