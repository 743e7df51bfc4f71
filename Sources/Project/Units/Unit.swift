/// One rustc compilation and its dump: package, version, target, how it was compiled, and where its files are.
public struct Unit: Sendable, Equatable {
  /// Crate name and cargo's extra-filename: unique in a dump folder.
  public var id: String
  /// The crate's name as in paths.
  public var crateName: String
  public var package: String
  public var version: String
  public var target: TargetKind
  /// Cargo's name of the target.
  public var targetName: String
  public var edition: String
  public var features: [String]
  public var cfgs: [String]
  /// The compiler's release, such as `1.95.0`.
  public var rustcVersion: String
  /// The triples of the machine that compiled it and of the one it is for.
  public var host: String
  public var triple: String
  public var profile: String
  /// The crate's root source file as rustc was given it.
  public var rootFile: String
  /// The folder that relative paths in the dump start from.
  public var workingDirectory: String
  public var manifestDirectory: String
  /// `OUT_DIR`: where the build script left generated sources.
  public var outputDirectory: String
  /// The crates it was compiled against, by name.
  public var externs: [ExternCrate]
  /// Names that MIR has for crates which share their own name with another one in the closure, by name.
  public var mirNames: [ExternCrate]
  /// Tells crates of one name apart; as hexadecimal text, empty if unknown.
  public var stableCrateID: String
  /// A hash of what went in, by the wrapper's word. Empty if unknown: such a unit's facts are not cached.
  public var fingerprint: String
  /// The compiler's arguments, as cargo gave them.
  public var arguments: [String] = []
  /// The source files that went in.
  public var sourceFiles: [String]
  /// The environment that macros asked for: `NAME=VALUE`, or `NAME` for a variable that was not set.
  public var environment: [String] = []
  public var dumpStates: [DumpForm: DumpState]
  /// What went wrong while dumping.
  public var errors: [String]
  public var isWorkspaceMember: Bool
  /// The phases in which its code runs in this build; empty until `DumpFolder` has looked at all units.
  public var runsIn: [Phase]
  /// The folder with the dump's files.
  public var folder: String

  /// A unit of which little is known.
  public init(
    id: String, crateName: String, target: TargetKind = .library, rustcVersion: String, rootFile: String,
    externs: [ExternCrate] = [], folder: String
  ) {
    self.id = id
    self.crateName = crateName
    package = crateName
    version = "0.0.0"
    self.target = target
    targetName = crateName
    edition = "2021"
    features = []
    cfgs = []
    self.rustcVersion = rustcVersion
    host = ""
    triple = ""
    profile = ""
    self.rootFile = rootFile
    workingDirectory = ""
    manifestDirectory = ""
    outputDirectory = ""
    self.externs = externs
    mirNames = []
    stableCrateID = ""
    fingerprint = ""
    sourceFiles = []
    dumpStates = [:]
    errors = []
    isWorkspaceMember = true
    runsIn = []
    self.folder = folder
  }

  /// A unit as its `unit.json` describes it. Whether the dump's files are there is not looked at.
  ///
  /// - Throws: a `Failure` that names the file.
  public init(json: JSONValue, folder: String) throws {
    self = try UnitReader(json: json, folder: folder).unit()
  }

  /// The kind of the unit's own target.
  public var phase: Phase { target.phase }

  /// The file of a dump; `nil` if that form failed or was not made.
  public func dumpFile(_ form: DumpForm) -> String? {
    dumpStates[form] == .ok ? folder + "/" + form.rawValue : nil
  }

  /// Where one of the files stands that the compiler names from its working directory.
  public func path(ofSource file: String) -> String {
    file.hasPrefix("/") || workingDirectory.isEmpty ? file : workingDirectory + "/" + file
  }
}

/// A crate that a unit names.
public struct ExternCrate: Sendable, Equatable {
  /// The name in paths.
  public var name: String
  /// The unit's id.
  public var id: String

  public init(name: String, id: String) {
    self.name = name
    self.id = id
  }
}
