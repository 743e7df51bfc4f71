import RustDump

/// The binary form of a unit's facts.
///
/// A head (magic, version, a checksum of the rest), then each array as its length in elements and its raw words, in a
/// fixed order. Little-endian. The file is a pure function of the facts, and so of the dump.
public enum FactsFile {
  /// Changes whenever the form or the meaning of facts changes; part of the key of cached facts.
  public static let version: UInt32 = 3
  /// Changes whenever the form or the meaning of names, terms, bodies or items changes, which `std.facts` holds too.
  public static let recordsVersion: UInt32 = 2
  private static let magic: [UInt8] = Array("MIRCAPF\u{0}".utf8)
  private static let headLength = 24

  /// The bytes of a file with these facts.
  public static func encode(_ facts: UnitFacts) -> [UInt8] {
    var writer = ArrayWriter()
    writer.add(facts.store.names.arena)
    writer.add(facts.store.names.ends)
    writer.add(facts.store.terms.records)
    writer.add(facts.store.terms.children)
    writer.add(facts.bodies.bodies)
    writer.add(facts.bodies.sites)
    writer.add(facts.bodies.lists)
    writer.add([facts.bodies.statistics])
    writer.add([facts.bodies.crateHash, facts.membersWithoutImpl])
    writer.add(facts.items.items)
    writer.add(facts.items.generics)
    writer.add(facts.items.predicates)
    writer.add(facts.items.termLists)
    writer.add(facts.items.uses)
    writer.add(facts.items.attributes)
    writer.add(facts.itemOfBody)
    writer.add(facts.ownerOfBody)
    writer.add(facts.gaps)
    writer.add(facts.sourceMarks)
    return head(of: writer.bytes) + writer.bytes
  }

  private static func head(of payload: [UInt8]) -> [UInt8] {
    let checksum = payload.withUnsafeBytes { hashOfBytes($0) }
    var head = magic
    withUnsafeBytes(of: version.littleEndian) { head.append(contentsOf: $0) }
    head.append(contentsOf: [0, 0, 0, 0])
    withUnsafeBytes(of: checksum.littleEndian) { head.append(contentsOf: $0) }
    return head
  }

  /// The facts in a file's bytes, or `nil` if they are not a whole and undamaged file of this version.
  public static func decode(_ bytes: UnsafeRawBufferPointer) -> UnitFacts? {
    guard bytes.count >= headLength, bytes.prefix(8).elementsEqual(magic),
      bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self) == version
    else { return nil }
    let payload = UnsafeRawBufferPointer(rebasing: bytes[headLength...])
    guard hashOfBytes(payload) == bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self) else { return nil }
    var reader = ArrayReader(payload)
    guard let store = decodeStore(&reader) else { return nil }
    var facts = UnitFacts()
    facts.store = store
    facts.bodies.bodies = reader.take()
    facts.bodies.sites = reader.take()
    facts.bodies.lists = reader.take()
    facts.bodies.statistics = (reader.take() as [BodyStatistics]).first ?? BodyStatistics()
    let words: [UInt32] = reader.take()
    guard words.count == 2 else { return nil }
    facts.bodies.crateHash = words[0]
    facts.membersWithoutImpl = words[1]
    decodeItems(&reader, &facts)
    return reader.isComplete && FactsCheck.isConsistent(facts) ? facts : nil
  }

  private static func decodeStore(_ reader: inout ArrayReader) -> TermStore? {
    let arena: [UInt8] = reader.take()
    let ends: [UInt32] = reader.take()
    let records: [TermRecord] = reader.take()
    let children: [UInt32] = reader.take()
    guard let names = NameTable(arena: arena, ends: ends), let terms = TermTable(records: records, children: children)
    else { return nil }
    return TermStore(names: names, terms: terms)
  }

  private static func decodeItems(_ reader: inout ArrayReader, _ facts: inout UnitFacts) {
    facts.items.items = reader.take()
    facts.items.generics = reader.take()
    facts.items.predicates = reader.take()
    facts.items.termLists = reader.take()
    facts.items.uses = reader.take()
    facts.items.attributes = reader.take()
    facts.itemOfBody = reader.take()
    facts.ownerOfBody = reader.take()
    facts.gaps = reader.take()
    facts.sourceMarks = reader.take()
  }
}

/// Appends arrays of plain words to a byte buffer.
private struct ArrayWriter {
  var bytes: [UInt8] = []

  mutating func add<Element: BitwiseCopyable>(_ array: [Element]) {
    withUnsafeBytes(of: UInt64(array.count).littleEndian) { bytes.append(contentsOf: $0) }
    array.withUnsafeBytes { bytes.append(contentsOf: $0) }
    while bytes.count % 8 != 0 { bytes.append(0) }
  }
}

/// Takes arrays of plain words from a byte buffer. After a failure all further arrays are empty.
private struct ArrayReader {
  private let bytes: UnsafeRawBufferPointer
  private var offset = 0
  private var failed = false

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Whether everything was taken, without a failure.
  var isComplete: Bool { !failed && offset == bytes.count }

  mutating func take<Element: BitwiseCopyable>() -> [Element] {
    guard !failed, offset + 8 <= bytes.count else {
      failed = true
      return []
    }
    let count = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    let available = UInt64((bytes.count - offset - 8) / MemoryLayout<Element>.stride)
    guard count <= available else {
      failed = true
      return []
    }
    let length = Int(count) * MemoryLayout<Element>.stride
    let source = UnsafeRawBufferPointer(rebasing: bytes[(offset + 8)..<(offset + 8 + length)])
    let array = [Element](unsafeUninitializedCapacity: Int(count)) { target, initialized in
      UnsafeMutableRawBufferPointer(target).copyMemory(from: source)
      initialized = Int(count)
    }
    offset = min(bytes.count, (offset + 8 + length + 7) / 8 * 8)
    return array
  }
}
