/// A method of a type, or a method of a trait that the type implements, with what it does.
public struct SinkMember: Sendable {
  public var capabilities: CapabilitySet
  public var authority: Authority
}

extension SinkTable {
  /// For each type of std that a line names what its methods do, by their names: those that have a capability.
  ///
  /// For a look at source text, where calls of methods have no types. Where several lines give a type a method of one name, it has
  /// the capabilities of all.
  public func membersByType() -> [String: [String: SinkMember]] {
    var table: [String: [String: SinkMember]] = [:]
    for (pattern, member) in membersWithCapabilities() {
      guard let (type, name) = SinkTable.member(of: pattern) else { continue }
      if var known = table[type]?[name] {
        known.capabilities.formUnion(member.capabilities)
        if member.authority == .ambient { known.authority = .ambient }
        table[type]?[name] = known
      } else {
        table[type, default: [:]][name] = member
      }
    }
    return table
  }

  /// Type and method in `std::fs::File::open`, `<std::fs::File as std::io::Read>::read`, `<&std::fs::File as ..>::read`.
  private static func member(of pattern: String) -> (type: String, name: String)? {
    guard let colon = pattern.utf8.lastIndex(of: UInt8(ascii: ":")), colon > pattern.startIndex else { return nil }
    let name = String(pattern[pattern.utf8.index(after: colon)...])
    guard let type = typeNamed(by: pattern), let last = type.split(separator: ":").last,
      last.first?.isUppercase == true, name != "*"
    else { return nil }
    return (type, name)
  }
}
