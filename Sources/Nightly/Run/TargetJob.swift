import Project

/// What the process that analyses one target is told, as a file.
public struct TargetJob: Sendable {
  public var target: String
  /// The process that watches it, with which it ends.
  public var parent: Int
  /// The arguments of `mircap analyze` that say what to analyse.
  public var arguments: [String]
  /// What decides besides files.
  public var identity: String
  public var settings: TargetSettings
  public var project: String
  public var dumps: String
  public var generatedPackage: String
  public var mirrorFolder: String
  /// Where results go.
  public var folder: String
  /// Where it says how it went.
  public var answer: String

  init(_ target: Target, tool: String, folders: RunFolders, cargoJobs: Int, parent: Int, answer: String) {
    self.target = target.name
    self.parent = parent
    dumps = folders.dumps(of: target.fileName)
    arguments = target.arguments(dumpFolder: dumps, cargoJobs: cargoJobs)
    identity = target.identity(tool: tool)
    settings = target.settings
    project = target.project
    generatedPackage = target.generatedPackage
    mirrorFolder = target.mirrorFolder
    folder = folders.root
    self.answer = answer
  }

  /// The file's text.
  var json: JSONValue {
    .object([
      JSONField("target", .string(target)), JSONField("parent", .integer(Int64(parent))),
      JSONField("arguments", .array(arguments.map { .string($0) })), JSONField("identity", .string(identity)),
      JSONField("std", .string(settings.std)), JSONField("toolchain", settings.toolchain.map { .string($0) } ?? .null),
      JSONField("project", .string(project)), JSONField("dumps", .string(dumps)),
      JSONField("generatedPackage", .string(generatedPackage)), JSONField("mirrorFolder", .string(mirrorFolder)),
      JSONField("folder", .string(folder)), JSONField("answer", .string(answer)),
    ])
  }

  /// Reads the file.
  ///
  /// - Throws: a `Failure` that names the file.
  public init(file: String) throws {
    let json = try JSONReader().read(file: file)
    func text(_ name: String) throws -> String {
      guard let text = json[name]?.string else { throw Failure("has no \(name)", file: file) }
      return text
    }
    target = try text("target")
    parent = Int(json["parent"]?.integer ?? 0)
    arguments = (json["arguments"]?.array ?? []).compactMap(\.string)
    identity = try text("identity")
    settings = TargetSettings()
    settings.std = try text("std")
    settings.toolchain = json["toolchain"]?.string
    project = try text("project")
    dumps = try text("dumps")
    generatedPackage = try text("generatedPackage")
    mirrorFolder = try text("mirrorFolder")
    folder = try text("folder")
    answer = try text("answer")
  }

  /// The target as far as its inputs are concerned.
  var asTarget: Target {
    Target(
      name: target, description: "", project: project, settings: settings, generatedPackage: generatedPackage,
      mirrorFolder: mirrorFolder)
  }
}
