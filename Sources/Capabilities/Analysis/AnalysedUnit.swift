/// What reports say of a unit beside what its code does: who it is, and how sources are found.
public struct AnalysedUnit: Sendable {
  /// The package's name and version.
  public var package: String
  public var version: String
  /// Crate name and cargo's extra-filename.
  public var id: String
  /// The kind of its own target: `run`, `build-script` or `proc-macro`.
  public var phase: String
  /// The phases in which its code runs in this build.
  public var runsIn: [String]
  /// `lib`, `bin`, `build-script` or `proc-macro`.
  public var target: String
  public var targetName: String
  public var isWorkspaceMember: Bool
  /// The units it is built against, by id.
  public var dependencies: [String]
  /// The compiler's version and the machine it runs on.
  public var rustcVersion: String
  public var host: String
  /// What it is compiled for; empty if that is not known.
  public var triple: String
  /// What the compiler was told to link, beside `#[link]`.
  public var linkDirectives: [LinkDirective] = []
  /// The folder of the package's sources, if it is known.
  public var sourceFolder: String

  public init(
    package: String, version: String, id: String, phase: String, runsIn: [String], target: String,
    targetName: String, isWorkspaceMember: Bool, dependencies: [String] = [], rustcVersion: String = "",
    host: String = "", triple: String = "", sourceFolder: String = ""
  ) {
    self.package = package
    self.version = version
    self.id = id
    self.phase = phase
    self.runsIn = runsIn
    self.target = target
    self.targetName = targetName
    self.isWorkspaceMember = isWorkspaceMember
    self.dependencies = dependencies
    self.rustcVersion = rustcVersion
    self.host = host
    self.triple = triple
    self.sourceFolder = sourceFolder
  }
}
