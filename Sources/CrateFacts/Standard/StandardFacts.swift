import Project
import RustDump

/// The facts of std's own crates, as one file that ships with mircap.
///
/// Made by `scripts/make-std-facts` from dumps of std's own sources. A head (magic, version), then two parts, each as the
/// number of its bytes, the number of its compressed bytes, and these: the items of the crates that programs can name;
/// and everything else, which is needed where calls are followed through std's bodies. Positions of bodies in the dump,
/// and what std's code does that is not told of anybody (transmutations, raw pointers), are left out.
public enum StandardFacts {
  /// The name of the embedded file.
  public static let fileName = "std.facts"
  private static let magic: [UInt8] = Array("MIRCAPS2".utf8)
  private static let sizeLimit = 256 << 20

  /// One file from the facts of several crates.
  ///
  /// - Throws: a `Failure` if there is not enough memory.
  public static func encode(_ crates: [(crate: StandardCrate, share: ItemShare)]) throws -> [UInt8] {
    var items = ColumnWriter()
    var bodies = ColumnWriter()
    items.add(number: crates.count)
    for (crate, share) in crates {
      addHead(crate, to: &items)
      let facts = crate.facts.withoutUntold
      let isSplit = !crate.isPrivate
      if isSplit {
        StandardColumns.addStore(facts.store, from: nil, to: share, &items)
        StandardColumns.addItems(facts, to: &items)
      }
      StandardColumns.addStore(facts.store, from: isSplit ? share : nil, to: nil, &bodies)
      if !isSplit { StandardColumns.addItems(facts, to: &bodies) }
      StandardColumns.addBodies(facts, to: &bodies)
    }
    var bytes = magic
    append(FactsFile.recordsVersion, to: &bytes)
    for part in [items.bytes, bodies.bytes] {
      guard let packed = Compression.compress(part) else { throw Failure("there is not enough memory", file: fileName) }
      append(UInt32(part.count), to: &bytes)
      append(UInt32(packed.count), to: &bytes)
      bytes += packed
    }
    return bytes
  }

  /// The crates in a file.
  ///
  /// - Parameter withBodies: whether to give bodies, and the crates that only std can name, too.
  /// - Throws: a `Failure` if it is not such a file, or one of another version of the facts.
  public static func decode(_ bytes: [UInt8], withBodies: Bool = false) throws -> [StandardCrate] {
    guard let crates = decodeOrNone(bytes, withBodies) else {
      throw Failure("the facts of std are damaged or of another version", file: fileName)
    }
    return crates
  }

  private static func decodeOrNone(_ bytes: [UInt8], _ withBodies: Bool) -> [StandardCrate]? {
    bytes.withUnsafeBytes { file in
      var offset = magic.count + 4
      guard file.starts(with: magic), word(file, at: magic.count) == FactsFile.recordsVersion,
        let first = part(file, &offset), let second = part(file, &offset), offset == file.count,
        let items = unpack(first)
      else { return nil }
      let bodies = withBodies ? unpack(second) : []
      guard let bodies else { return nil }
      return items.withUnsafeBytes { items in
        bodies.withUnsafeBytes { read(ColumnReader(items), withBodies ? ColumnReader($0) : nil) }
      }
    }
  }

  private static func read(_ items: ColumnReader, _ bodies: ColumnReader?) -> [StandardCrate]? {
    var items = items
    var bodies = bodies
    var crates: [StandardCrate] = []
    let count = items.takeNumber()
    guard count <= 1 << 10 else { return nil }
    for _ in 0..<count {
      var crate = takeHead(&items)
      var stores = StandardColumns.StoreParts()
      if !crate.isPrivate {
        stores.take(&items)
        StandardColumns.takeItems(&items, &crate.facts)
      }
      if bodies != nil {
        stores.take(&bodies!)
        if crate.isPrivate { StandardColumns.takeItems(&bodies!, &crate.facts) }
        StandardColumns.takeBodies(&bodies!, &crate.facts)
      } else if crate.isPrivate {
        continue
      }
      guard let store = stores.store else { return nil }
      crate.facts.store = store
      guard FactsCheck.isConsistent(crate.facts) else { return nil }
      crates.append(crate)
    }
    return items.isComplete && bodies?.isComplete != false ? crates : nil
  }

  // MARK: Parts

  private static func addHead(_ crate: StandardCrate, to writer: inout ColumnWriter) {
    writer.add(text: crate.crate)
    writer.add(number: crate.edition)
    writer.add(number: crate.isPrivate ? 1 : 0)
    writer.add(number: crate.externs.count)
    for extern in crate.externs {
      writer.add(text: extern.name)
      writer.add(text: extern.crate)
    }
  }

  private static func takeHead(_ reader: inout ColumnReader) -> StandardCrate {
    var crate = StandardCrate(crate: reader.takeText(), edition: reader.takeNumber(), facts: UnitFacts())
    crate.isPrivate = reader.takeNumber() == 1
    let count = reader.takeNumber()
    guard count <= 1 << 10 else { return crate }
    for _ in 0..<count {
      crate.externs.append(StandardCrate.Extern(name: reader.takeText(), crate: reader.takeText()))
    }
    return crate
  }

  private static func append(_ word: UInt32, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private static func word(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt32? {
    guard offset + 4 <= bytes.count else { return nil }
    return UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  /// A compressed part and how many bytes it holds.
  private struct Part {
    var packed: UnsafeRawBufferPointer
    var count: Int
  }

  private static func part(_ file: UnsafeRawBufferPointer, _ offset: inout Int) -> Part? {
    guard let count = word(file, at: offset), let packed = word(file, at: offset + 4),
      Int(packed) <= file.count - offset - 8
    else { return nil }
    let range = (offset + 8)..<(offset + 8 + Int(packed))
    offset = range.upperBound
    return Part(packed: UnsafeRawBufferPointer(rebasing: file[range]), count: Int(count))
  }

  private static func unpack(_ part: Part) -> [UInt8]? {
    Compression.decompress(part.packed, count: part.count, limit: sizeLimit)
  }
}
