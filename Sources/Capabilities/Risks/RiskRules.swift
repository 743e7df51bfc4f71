import Project

/// Combinations of capabilities that reports point out: `risk-rules.txt`, whose head describes the form.
public struct RiskRules: Sendable {
  /// Something that code reaches: one of several capabilities or functions.
  public struct Need: Sendable {
    public var name: String
    /// One of these is enough.
    public var capabilities: CapabilitySet
    /// The same where the sink acquires by name, path or address.
    public var ambientCapabilities: CapabilitySet
    /// Functions by name; a `*` at the end stands for anything.
    public var functions: [String]
    /// Crates, a call into which is enough.
    public var crates: [String]
    public var description: String

    /// Those capabilities of a sink that fulfil it.
    func fulfilling(_ capabilities: CapabilitySet, _ authority: Authority) -> CapabilitySet {
      let wanted = authority == .ambient ? self.capabilities.union(ambientCapabilities) : self.capabilities
      return wanted.intersection(capabilities)
    }
  }

  /// Needs that come together in what one entry point reaches.
  public struct Rule: Sendable {
    public var name: String
    /// The phases in which it counts.
    public var phases: Set<String>
    /// Indices into `needs`, in the order in which the rule names them.
    public var needs: [Int]
    public var why: String
  }

  /// What `mircap diff` points out of a newer version.
  public struct Change: Sendable {
    /// When it is pointed out.
    public enum Condition: String, Sendable {
      case gainsBuildScript = "gains-build-script"
      case gainsDependencyWithBuildScript = "gains-dependency-with-build-script"
    }
    public var name: String
    public var condition: Condition
    public var why: String
  }

  public private(set) var needs: [Need] = []
  public private(set) var rules: [Rule] = []
  public private(set) var changes: [Change] = []

  /// No rules at all.
  public init() {}

  /// Reads the rules.
  ///
  /// - Throws: a `Failure` that names file and line.
  public init(bytes: [UInt8], file: String, taxonomy: Taxonomy) throws {
    let data = DataFile(name: file, bytes: bytes)
    var names: Set<String> = []
    try data.forEachLine { line in
      guard line.columns.count >= 2, names.insert("\(line.columns[0]) \(line.columns[1])").inserted else {
        throw data.error(line, "a line has a kind and a name that no other line of the kind has")
      }
      switch line.columns[0] {
      case "need": try readNeed(line, data, taxonomy)
      case "rule": try readRule(line, data)
      case "change": try readChange(line, data)
      default: throw data.error(line, "unknown kind of line `\(line.columns[0])`")
      }
    }
  }

  private mutating func readNeed(_ line: DataLine, _ data: DataFile, _ taxonomy: Taxonomy) throws {
    guard line.columns.count == 4 else { throw data.error(line, "a need line is: need, name, members, description") }
    guard needs.count < CapabilitySet.capacity else { throw data.error(line, "more than 64 needs") }
    var need = Need(
      name: line.columns[1], capabilities: CapabilitySet(), ambientCapabilities: CapabilitySet(), functions: [],
      crates: [],
      description: line.columns[3])
    for word in line.columns[2].split(separator: ";") {
      let member = word.drop { $0 == " " }
      if member.hasPrefix("call:") {
        need.functions += try data.alternatives(of: String(member.dropFirst(5)), on: line)
      } else if member.hasPrefix("crate:") {
        need.crates.append(String(member.dropFirst(6)))
      } else if let capabilities = taxonomy.members(of: String(member)) {
        need.capabilities.formUnion(capabilities)
      } else if member.hasSuffix("@ambient"), let capabilities = taxonomy.members(of: String(member.dropLast(8))) {
        need.ambientCapabilities.formUnion(capabilities)
      } else {
        throw data.error(line, "`\(member)` is neither a capability, a group, call:NAME nor crate:NAME")
      }
    }
    needs.append(need)
  }

  private mutating func readRule(_ line: DataLine, _ data: DataFile) throws {
    guard line.columns.count == 5 else { throw data.error(line, "a rule line is: rule, name, phases, needs, why") }
    let phases = Set(line.columns[2].split(separator: ",").map(String.init))
    guard !phases.isEmpty, phases.isSubset(of: ["run", "build-script", "proc-macro"]) else {
      throw data.error(line, "phases are run, build-script and proc-macro")
    }
    let indices = try line.columns[3].split(separator: "+").map { word in
      let name = word.drop { $0 == " " }.prefix { $0 != " " }
      guard let index = needs.firstIndex(where: { $0.name == name }) else {
        throw data.error(line, "`\(name)` is no need above this line")
      }
      return index
    }
    guard !indices.isEmpty else { throw data.error(line, "a rule has at least one need") }
    rules.append(Rule(name: line.columns[1], phases: phases, needs: indices, why: line.columns[4]))
  }

  private mutating func readChange(_ line: DataLine, _ data: DataFile) throws {
    guard line.columns.count == 4, let condition = Change.Condition(rawValue: line.columns[2]) else {
      throw data.error(line, "a change line is: change, name, one of the conditions that the head names, why")
    }
    changes.append(Change(name: line.columns[1], condition: condition, why: line.columns[3]))
  }
}
