import Project

/// One thing to analyse, found: a project that cargo can build.
public struct Target: Sendable {
  /// Unique in a plan; the same from night to night.
  public var name: String
  /// What exactly it is, with everything about it that the files of the project do not say.
  public var description: String
  /// The folder of the project.
  public var project: String
  public var settings: TargetSettings
  /// The name of the package that was generated to depend on the crate; empty for other targets.
  public var generatedPackage = ""
  /// A folder whose list of names decides which versions there are; empty if none does.
  public var mirrorFolder = ""

  /// The name as a file's.
  public var fileName: String { Self.fileName(of: name) }

  /// Other letters than those of ordinary file names become their numbers.
  static func fileName(of name: String) -> String {
    var text = ""
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "@"),
        UInt8(ascii: "+"):
        text.unicodeScalars.append(UnicodeScalar(byte))
      case UInt8(ascii: ".") where !text.isEmpty: text += "."
      default: text += "=" + String(byte, radix: 16)
      }
    }
    return text
  }

  /// The arguments of `mircap analyze` that say what to analyse.
  func arguments(dumpFolder: String, cargoJobs: Int) -> [String] {
    var arguments = [project, "--dump-dir", dumpFolder, "--sandbox", settings.sandbox.rawValue, "--std", settings.std]
    arguments += ["--jobs", String(cargoJobs), "--quiet"]
    for package in settings.packages { arguments += ["--package", package] }
    for binary in settings.binaries { arguments += ["--bin", binary] }
    if !settings.features.isEmpty { arguments += ["--features", settings.features.joined(separator: ",")] }
    if settings.allFeatures { arguments.append("--all-features") }
    if settings.noDefaultFeatures { arguments.append("--no-default-features") }
    if let toolchain = settings.toolchain { arguments += ["--toolchain", toolchain] }
    if settings.offline { arguments.append("--offline") }
    return arguments
  }

  /// What decides about the result besides files: another text is another analysis.
  func identity(tool: String) -> String {
    ([tool, description] + arguments(dumpFolder: "", cargoJobs: 0)).joined(separator: "\u{1F}")
  }
}

/// A target that cannot be found.
public struct MissingTarget: Sendable {
  public var name: String
  public var description: String
  public var reason: String
}
