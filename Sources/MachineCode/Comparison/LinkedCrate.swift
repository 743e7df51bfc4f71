import Project

/// A crate as it was compiled for a linked program.
public struct LinkedCrate: Sendable, Equatable {
  public var crateName: String
  /// What v0 symbols tell crates of one name apart by.
  public var stableCrateID: UInt64
  public var package: String
  public var version: String
  public var target: TargetKind
  public var targetName: String
  public var features: [String]

  public init(
    crateName: String, stableCrateID: UInt64, package: String, version: String, target: TargetKind,
    targetName: String, features: [String]
  ) {
    self.crateName = crateName
    self.stableCrateID = stableCrateID
    self.package = package
    self.version = version
    self.target = target
    self.targetName = targetName
    self.features = features
  }
}

extension LinkedCrate {
  /// The crates of a program that mircap linked, as its compiler wrapper described them in the folder `.crates` beside it.
  ///
  /// - Returns: nothing if the program was linked by somebody else.
  /// - Throws: a `Failure` that names a malformed description.
  public static func read(besideProgram program: String) throws -> [LinkedCrate] {
    let folder = (program.lastIndex(of: "/").map { String(program[...$0]) } ?? "") + ".crates"
    guard FileSystem.isFolder(folder) else { return [] }
    return try FileSystem.names(in: folder).filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.map { name in
      let file = folder + "/" + name
      let json = try JSONReader().read(file: file)
      guard let crate = LinkedCrate(json) else { throw Failure("does not describe a crate", file: file) }
      return crate
    }
  }

  private init?(_ json: JSONValue) {
    guard let name = json["crate"]?.string, let identity = json["stableCrateId"]?.string,
      let number = UInt64(identity, radix: 16), let package = json["package"]?.string,
      let version = json["version"]?.string, let word = json["target"]?.string,
      let target = TargetKind(rawValue: word), let targetName = json["targetName"]?.string,
      let features = json["features"]?.array
    else { return nil }
    self.init(
      crateName: name, stableCrateID: number, package: package, version: version, target: target,
      targetName: targetName, features: features.compactMap(\.string))
  }
}
