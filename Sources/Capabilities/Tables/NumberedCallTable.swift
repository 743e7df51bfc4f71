/// What calls do whose number decides: system calls (`syscalls.txt`) and requests of `ioctl` (`ioctls.txt`). The heads of
/// these files describe their forms.
public struct NumberedCallTable: Sendable {
  /// The numbers of system calls differ between processors; all but x86-64 share one list.
  public enum Processor: Sendable {
    case x86
    case generic

    /// The processors that a target triple may mean: both where it is empty, none where it is not one of Linux or
    /// its numbers are not known.
    public static func possible(_ triple: String) -> [Processor] {
      let name = triple.prefix { $0 != "-" }
      if name.isEmpty { return [.x86, .generic] }
      guard triple.contains("linux") else { return [] }
      if name == "x86_64" { return triple.hasSuffix("x32") ? [] : [.x86] }
      return name.hasPrefix("aarch64") || name.hasPrefix("riscv64") || name.hasPrefix("loongarch64") ? [.generic] : []
    }
  }

  /// One call.
  public struct Entry: Sendable {
    public var name: String
    public var capabilities: CapabilitySet
    public var authority: Authority
  }

  private var systemCalls: [Processor: [Int64: Entry]] = [.x86: [:], .generic: [:]]
  private var requests: [Int64: Entry] = [:]
  /// What some system call can do.
  public private(set) var anySystemCall = CapabilitySet()

  /// Reads both tables.
  ///
  /// - Throws: a `Failure` that names file and line.
  public init(
    systemCalls: (bytes: [UInt8], file: String)?, requests: (bytes: [UInt8], file: String)?, taxonomy: Taxonomy
  ) throws {
    if let systemCalls {
      let data = DataFile(name: systemCalls.file, bytes: systemCalls.bytes)
      try data.forEachLine { try readSystemCall($0, data, taxonomy) }
    }
    if let requests {
      let data = DataFile(name: requests.file, bytes: requests.bytes)
      try data.forEachLine { try readRequest($0, data, taxonomy) }
    }
  }

  private mutating func readSystemCall(_ line: DataLine, _ data: DataFile, _ taxonomy: Taxonomy) throws {
    guard line.columns.count == 5 else {
      throw data.error(line, "a line is: name, number on x86-64, number on other processors, capabilities, authority")
    }
    let entry = try NumberedCallTable.entry(line.columns[0], line.columns[3], line.columns[4], line, data, taxonomy)
    anySystemCall.formUnion(entry.capabilities)
    for (processor, text) in [(Processor.x86, line.columns[1]), (.generic, line.columns[2])] where text != "-" {
      guard let number = Int64(text) else { throw data.error(line, "`\(text)` is no number") }
      guard systemCalls[processor]?.updateValue(entry, forKey: number) == nil else {
        throw data.error(line, "the number \(number) is there twice")
      }
    }
  }

  private mutating func readRequest(_ line: DataLine, _ data: DataFile, _ taxonomy: Taxonomy) throws {
    guard line.columns.count == 4 || line.columns.count == 5 else {
      throw data.error(line, "a line is: name, request, capabilities, authority and, if wanted, a comment")
    }
    let entry = try NumberedCallTable.entry(line.columns[0], line.columns[2], line.columns[3], line, data, taxonomy)
    let text = line.columns[1]
    guard let number = text.hasPrefix("0x") ? Int64(text.dropFirst(2), radix: 16) : Int64(text) else {
      throw data.error(line, "`\(text)` is no number")
    }
    guard requests.updateValue(entry, forKey: number) == nil else {
      throw data.error(line, "the request \(text) is there twice")
    }
  }

  private static func entry(
    _ name: String, _ capabilities: String, _ authority: String, _ line: DataLine, _ data: DataFile,
    _ taxonomy: Taxonomy
  ) throws -> Entry {
    let set = try taxonomy.parseList(capabilities, line, data)
    return Entry(
      name: name, capabilities: set,
      authority: try SinkTable.parseAuthority(authority, set, line, data) ?? .ambient)
  }

  /// The system call of a number; `nil` if it is not known on one of the processors. Where they differ, the union.
  public func systemCall(_ number: Int64, on processors: [Processor]) -> Entry? {
    let found = processors.compactMap { systemCalls[$0]?[number] }
    guard let first = found.first, found.count == processors.count else { return nil }
    return found.dropFirst().reduce(into: first) { all, entry in
      if entry.name != all.name { all.name += " or " + entry.name }
      all.capabilities.formUnion(entry.capabilities)
      if entry.authority == .ambient { all.authority = .ambient }
    }
  }

  /// The request of a number; a request is 32 bits wide, and some types extend its sign.
  public func request(_ number: Int64) -> Entry? { requests[number & 0xFFFF_FFFF] }
}
