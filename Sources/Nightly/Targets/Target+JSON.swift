import Project

extension Target {
  /// For files that tell other processes what to do.
  var json: JSONValue {
    func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
    return .object([
      JSONField("name", .string(name)), JSONField("description", .string(description)),
      JSONField("project", .string(project)), JSONField("generatedPackage", .string(generatedPackage)),
      JSONField("mirrorFolder", .string(mirrorFolder)), JSONField("time", .integer(Int64(settings.time))),
      JSONField("memory", .integer(Int64(settings.memory))),
      JSONField("toolchain", settings.toolchain.map { .string($0) } ?? .null),
      JSONField("sandbox", .string(settings.sandbox.rawValue)), JSONField("std", .string(settings.std)),
      JSONField("offline", .boolean(settings.offline)), JSONField("features", strings(settings.features)),
      JSONField("allFeatures", .boolean(settings.allFeatures)),
      JSONField("noDefaultFeatures", .boolean(settings.noDefaultFeatures)),
      JSONField("packages", strings(settings.packages)), JSONField("binaries", strings(settings.binaries)),
    ])
  }

  /// - Throws: a `Failure` that names the file if there is no such target in it.
  init(json: JSONValue, file: String) throws {
    guard let name = json["name"]?.string, let project = json["project"]?.string else {
      throw Failure("names no target", file: file)
    }
    func strings(_ name: String) -> [String] { (json[name]?.array ?? []).compactMap(\.string) }
    var settings = TargetSettings()
    if let time = json["time"]?.integer { settings.time = Int(time) }
    if let memory = json["memory"]?.integer { settings.memory = Int(memory) }
    settings.toolchain = json["toolchain"]?.string
    settings.sandbox = json["sandbox"]?.string.flatMap { SandboxMode(rawValue: $0) } ?? .auto
    settings.std = json["std"]?.string ?? settings.std
    settings.offline = json["offline"]?.boolean ?? false
    settings.features = strings("features")
    settings.allFeatures = json["allFeatures"]?.boolean ?? false
    settings.noDefaultFeatures = json["noDefaultFeatures"]?.boolean ?? false
    settings.packages = strings("packages")
    settings.binaries = strings("binaries")
    self.init(
      name: name, description: json["description"]?.string ?? "", project: project, settings: settings,
      generatedPackage: json["generatedPackage"]?.string ?? "", mirrorFolder: json["mirrorFolder"]?.string ?? "")
  }
}
