import Capabilities
import Project

/// A crate, at versions that somebody has looked at, that is absolved from containing capabilities.
public struct AllowlistEntry: Sendable {
  /// The package's name, as written.
  public var package: String
  public var versions: VersionRange
  /// The checksum of the lock file that the package must have; empty for any.
  public var checksum: String
  /// Names as written.
  public var names: [String]
  public var absolves: CapabilitySet
  /// Why it need not be granted.
  public var reason: String
  /// What the reviewer looked at.
  public var note: String
  /// Where the entry is written.
  public var origin: AnalysisRules.Origin
  /// Whether mircap brings it along.
  public var isShipped: Bool

  /// Whether a package of this name, version and checksum (empty if it has none) is meant.
  public func matches(package: String, version: String, checksum packageChecksum: String) -> Bool {
    guard CrateName.normalised(package) == CrateName.normalised(self.package), versions.contains(version) else {
      return false
    }
    return checksum.isEmpty || checksum == packageChecksum
  }
}

/// The entries that mircap brings along: `allowlist.txt`, whose head describes the form.
public struct ShippedAllowlist: Sendable {
  public static let fileName = "allowlist.txt"

  /// The version of the list.
  public private(set) var version = ""
  public private(set) var entries: [AllowlistEntry] = []

  /// No entries.
  public init() {}

  /// Reads the file.
  ///
  /// - Throws: a `Failure` that names file and line.
  public init(bytes: [UInt8], file: String, taxonomy: Taxonomy) throws {
    let data = DataFile(name: file, bytes: bytes)
    try data.forEachLine { line in
      switch line.columns[0] {
      case "version":
        guard line.columns.count == 2 else { throw data.error(line, "a version line is: version, its name") }
        version = line.columns[1]
      case "absolve": entries.append(try Self.entry(line, data, taxonomy))
      default: throw data.error(line, "unknown kind of line `\(line.columns[0])`")
      }
    }
  }

  private static func entry(_ line: DataLine, _ data: DataFile, _ taxonomy: Taxonomy) throws -> AllowlistEntry {
    guard line.columns.count == 7, line.columns.allSatisfy({ !$0.isEmpty }) else {
      throw data.error(
        line, "an absolve line is: absolve, crate, versions, checksum or -, capabilities, reason, reviewer's note")
    }
    guard let crate = CrateName(Substring(line.columns[1])), crate.version == nil else {
      throw data.error(line, "`\(line.columns[1])` is no crate name")
    }
    guard let versions = VersionRange(line.columns[2]) else {
      throw data.error(line, "`\(line.columns[2])` is no version requirement")
    }
    let names = line.columns[4].split(separator: ",").map(String.init)
    var absolves = CapabilitySet()
    for name in names {
      guard let members = taxonomy.members(of: name) else {
        throw data.error(line, "`\(name)` is not a capability")
      }
      absolves.formUnion(members)
    }
    return AllowlistEntry(
      package: line.columns[1], versions: versions, checksum: line.columns[3] == "-" ? "" : line.columns[3],
      names: names,
      absolves: absolves, reason: line.columns[5], note: line.columns[6],
      origin: AnalysisRules.Origin(file: data.name, line: line.number), isShipped: true)
  }
}
