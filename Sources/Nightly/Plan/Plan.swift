import Policy
import Project

/// What a nightly job analyses, within which limits, and what it complains about: `plan.toml`, described in
/// docs/nightly.md.
public struct Plan: Sendable {
  public var file: String
  public var name: String
  /// Where everything of the job is kept; absolute, or relative to the current folder.
  public var folder: String
  /// How many targets at a time; `nil` for one a processor.
  public var jobs: Int?
  /// Whether the dumps of a target are kept for the next night.
  public var keepsDumps = true
  /// No target is begun with less room on the disk, in bytes.
  public var minimumDisk = 1 << 30
  public var mirrors: [String: Mirror] = [:]
  public var entries: [Entry] = []
  public var rules = Rules()
  public var cache = CacheLimits()
  public var slurm = SlurmSettings()

  /// Something to analyse, which may stand for several targets.
  public struct Entry: Sendable {
    public var kind: Kind
    public var settings: TargetSettings
    public var line: Int
  }

  /// What is analysed.
  public enum Kind: Sendable {
    /// A cargo project in a folder.
    case project(path: String, name: String)
    /// A revision of a local clone; `folder` is the project's in it.
    case revision(repository: String, revision: String, folder: String, name: String)
    /// A package of a mirror.
    case package(PackageRequest)
  }

  /// A package of a mirror, in one or all versions of a range.
  public struct PackageRequest: Sendable {
    public var name: String
    public var range: VersionRange
    /// Whether each version is a target; else the newest one is.
    public var allVersions = false
    public var mirror: String
    /// Each set of features is a target; without any, the default features.
    public var featureSets: [[String]] = []
    public var allFeatures = false
    public var defaultFeatures = true
  }

  /// Where packages come from, without a network.
  public enum Mirror: Sendable, Equatable {
    /// A folder with a folder for each package, as `cargo vendor` makes it.
    case vendor(String)
    /// A local registry of cargo's: `.crate` files and an index.
    case registry(String)

    public var folder: String {
      switch self {
      case .vendor(let folder), .registry(let folder): folder
      }
    }
  }

  /// What makes the exit code 1.
  public struct Rules: Sendable {
    /// Capabilities that no crate may newly reach.
    public var newCapabilities: Set<String> = []
    public var newBuildScript = false
    public var newDependency = false
    public var newGap = false
    /// Whether a target that had a result must have one.
    public var broken = false
  }

  /// How a cluster is asked to work.
  public struct SlurmSettings: Sendable {
    /// What a task should take, in seconds.
    public var shardSeconds = 600
    /// What a target is taken to need that was never seen, in seconds.
    public var unknownSeconds = 120
    /// Of each task.
    public var processors = 2
    /// How many tasks at a time; `nil` for as many as there is room.
    public var mostTasks: Int?
    /// More arguments of `sbatch`, for all jobs.
    public var options: [String] = []
    /// And for the job that completes the run.
    public var completionOptions: [String] = []
  }

  /// What is kept at most of what can be made again.
  public struct CacheLimits: Sendable {
    /// In bytes.
    public var factsSize = 20 << 30
    /// In seconds since it was used last.
    public var factsAge = 60 * 86_400
    /// Of packs and records of runs, in seconds.
    public var resultsAge = 400 * 86_400
  }
}

/// How a target is compiled and analysed.
public struct TargetSettings: Sendable, Equatable {
  /// Wall time, in seconds.
  public var time = 15 * 60
  /// Of all its processes together, in bytes.
  public var memory = 3 << 30
  public var toolchain: String?
  public var sandbox = SandboxMode.auto
  /// Where bodies of std come from: `mir` or `table`.
  public var std = "mir"
  public var offline = false
  public var features: [String] = []
  public var allFeatures = false
  public var noDefaultFeatures = false
  public var packages: [String] = []
  public var binaries: [String] = []

  public init() {}
}
