import Project

/// The capabilities that reports speak of, their groups, and the names under which other tools know them.
///
/// Read from `taxonomy.txt`, whose head describes the form.
public struct Taxonomy: Sendable {
  /// One capability.
  public struct Capability: Sendable {
    public var name: String
    /// Whether who has it can do anything, so that the absence of others says nothing.
    public var amountsToEverything: Bool
    public var description: String
    /// Why it amounts to everything, in words for a report; empty if it does not.
    public var whyEverything: String = ""
    /// The name that the Capslock-compatible output prints; empty if there is none.
    public var exportedName: String = ""
    /// Whether it is a label of the user's own (`AnalysisRules`).
    public var isLabel = false
  }

  /// A name for several capabilities.
  public struct Group: Sendable {
    public var name: String
    public var members: CapabilitySet
    public var description: String
  }

  /// Another tool's name; accepted wherever a name is read, never printed.
  public struct Alias: Sendable {
    public var name: String
    public var members: CapabilitySet
    public var whose: String
  }

  /// In the order in which reports list them.
  public private(set) var capabilities: [Capability] = []
  public private(set) var groups: [Group] = []
  public private(set) var aliases: [Alias] = []
  private var byName: [String: CapabilitySet] = [:]
  private var idByName: [String: CapabilityID] = [:]

  /// The capability of code that could not be analysed.
  public private(set) var unknown = CapabilityID(0)
  /// All capabilities that amount to everything.
  public private(set) var everything = CapabilitySet()

  /// Reads `taxonomy.txt`.
  ///
  /// - Throws: a `Failure` that names file and line.
  public init(bytes: [UInt8], file: String) throws {
    let data = DataFile(name: file, bytes: bytes)
    try data.forEachLine { line in
      switch line.columns[0] {
      case "capability": try readCapability(line, data)
      case "everything": try readEverything(line, data)
      case "group":
        let (name, members, text) = try readMembers(line, data)
        groups.append(Group(name: name, members: members, description: text))
      case "alias":
        let (name, members, text) = try readMembers(line, data)
        aliases.append(Alias(name: name, members: members, whose: text))
      case "export":
        guard line.columns.count >= 3, let id = idByName[line.columns[1]] else {
          throw data.error(line, "an export line is: export, a capability, its exported name")
        }
        capabilities[Int(id.raw)].exportedName = line.columns[2]
      default: throw data.error(line, "unknown kind of line `\(line.columns[0])`")
      }
    }
    // The engine itself speaks of these; a replaced taxonomy must have them.
    for name in ["unknown", "ffi", "symbol.call", "symbol.define", "link", "unsafe.block", "unsafe.impl"]
    where idByName[name] == nil {
      throw Failure("there is no capability `\(name)`", file: file)
    }
    unknown = idByName["unknown"] ?? unknown
  }

  private mutating func readCapability(_ line: DataLine, _ data: DataFile) throws {
    guard line.columns.count >= 4, !line.columns[1].isEmpty, ["everything", "limited"].contains(line.columns[2]) else {
      throw data.error(line, "a capability line is: capability, its name, everything or limited, a description")
    }
    guard capabilities.count < CapabilitySet.capacity else {
      throw data.error(line, "more than \(CapabilitySet.capacity) capabilities")
    }
    let name = line.columns[1]
    guard byName[name] == nil else { throw data.error(line, "`\(name)` is there twice") }
    let id = CapabilityID(UInt8(capabilities.count))
    let amountsToEverything = line.columns[2] == "everything"
    capabilities.append(
      Capability(name: name, amountsToEverything: amountsToEverything, description: line.columns[3]))
    if amountsToEverything { everything.insert(id) }
    idByName[name] = id
    byName[name] = CapabilitySet(id)
  }

  private mutating func readEverything(_ line: DataLine, _ data: DataFile) throws {
    guard line.columns.count >= 3, let id = idByName[line.columns[1]] else {
      throw data.error(line, "an everything line is: everything, a capability above it, the reason")
    }
    guard everything.contains(id) else { throw data.error(line, "`\(line.columns[1])` is a limited capability") }
    capabilities[Int(id.raw)].whyEverything = line.columns[2]
  }

  private mutating func readMembers(
    _ line: DataLine, _ data: DataFile
  ) throws -> (String, CapabilitySet, String) {
    guard line.columns.count >= 3, !line.columns[1].isEmpty else {
      throw data.error(line, "a \(line.columns[0]) line is: \(line.columns[0]), its name, members, a description")
    }
    let name = line.columns[1]
    guard byName[name] == nil else { throw data.error(line, "`\(name)` is there twice") }
    var members = CapabilitySet()
    for member in line.columns[2].split(separator: ",") {
      guard let known = byName[String(member)] else {
        throw data.error(line, "`\(member)` is not a name above this line")
      }
      members.formUnion(known)
    }
    byName[name] = members
    return (name, members, line.columns.count > 3 ? line.columns[3] : "")
  }

  /// The capabilities that a name stands for: a capability, a group or another tool's name.
  ///
  /// - Returns: `nil` if the name is not known.
  public func members(of name: String) -> CapabilitySet? { byName[name] }

  /// The capability of exactly this name.
  public func id(_ name: String) -> CapabilityID? { idByName[name] }

  /// The name of a capability.
  public func name(_ id: CapabilityID) -> String { capabilities[Int(id.raw)].name }

  /// The names of a set's members, sorted as text.
  public func names(_ set: CapabilitySet) -> [String] { set.map { name($0) }.sorted() }

  /// The names of a set's members in the taxonomy's order.
  public func orderedNames(_ set: CapabilitySet) -> [String] { set.map { name($0) } }

  /// Adds a label of the user's own behind all capabilities.
  ///
  /// - Throws: a `Failure` for a label that is no name or that means something already, and if there is no room.
  mutating func addLabel(_ label: String, _ origin: AnalysisRules.Origin) throws {
    guard Taxonomy.isLabelName(label) else {
      throw origin.failure(
        "`\(label)` cannot be a label",
        advice: "a label is a letter, then letters, digits, `-`, `_`, `.`, `/`")
    }
    guard byName[label] == nil else {
      throw origin.failure(
        "`\(label)` is a name of mircap's already",
        advice: "choose a label of your own; a function gets a capability of mircap's through [[sink]]")
    }
    guard capabilities.count < CapabilitySet.capacity else {
      let room = CapabilitySet.capacity - capabilities.filter { !$0.isLabel }.count
      throw origin.failure(
        "there is no room for the label `\(label)`",
        advice: "\(room) different labels are possible; one label can be for several functions")
    }
    let id = CapabilityID(UInt8(capabilities.count))
    var capability = Capability(
      name: label, amountsToEverything: false, description: "a label given by \(origin.description)")
    capability.isLabel = true
    capabilities.append(capability)
    idByName[label] = id
    byName[label] = CapabilitySet(id)
  }

  private static func isLabelName(_ label: String) -> Bool {
    guard let first = label.unicodeScalars.first, first.properties.isAlphabetic, label.utf8.count <= 100 else {
      return false
    }
    return label.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil || "-_./".unicodeScalars.contains($0)
    }
  }

  /// The labels of the user's own.
  public var labels: CapabilitySet {
    CapabilitySet(capabilities.indices.filter { capabilities[$0].isLabel }.map { CapabilityID(UInt8($0)) })
  }

  /// Reads a list of capability names, comma-separated without spaces, or `none`.
  func parseList(_ text: String, _ line: DataLine, _ data: DataFile) throws -> CapabilitySet {
    if text == "none" { return CapabilitySet() }
    var set = CapabilitySet()
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let id = idByName[String(name)] else { throw data.error(line, "`\(name)` is not a capability") }
      set.insert(id)
    }
    return set
  }
}
