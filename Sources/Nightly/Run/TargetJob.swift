import Project

/// What the process that analyses one target is told, as a file.
public struct TargetJob: Sendable {
  public var target: Target
  /// The process that watches it, with which it ends.
  public var parent: Int
  /// What decides besides files.
  public var identity: String
  public var dumps: String
  /// Where results go.
  public var folder: String
  /// Where it says how it went.
  public var answer: String
  public var cargoJobs: Int

  init(
    target: Target, parent: Int, identity: String, dumps: String, folder: String, answer: String, cargoJobs: Int
  ) {
    self.target = target
    self.parent = parent
    self.identity = identity
    self.dumps = dumps
    self.folder = folder
    self.answer = answer
    self.cargoJobs = cargoJobs
  }

  /// The arguments of `mircap analyze` that say what to analyse.
  public var arguments: [String] { target.arguments(dumpFolder: dumps, cargoJobs: cargoJobs) }

  /// The file's text.
  var json: JSONValue {
    .object([
      JSONField("target", target.json), JSONField("parent", .integer(Int64(parent))),
      JSONField("identity", .string(identity)), JSONField("dumps", .string(dumps)),
      JSONField("folder", .string(folder)), JSONField("answer", .string(answer)),
      JSONField("cargoJobs", .integer(Int64(cargoJobs))),
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
    target = try Target(json: json["target"] ?? .null, file: file)
    parent = Int(json["parent"]?.integer ?? 0)
    identity = try text("identity")
    dumps = try text("dumps")
    folder = try text("folder")
    answer = try text("answer")
    cargoJobs = Int(json["cargoJobs"]?.integer ?? 1)
  }
}
