import Project
import RustDump

/// The items of std's own crates, as one file that ships with mircap.
///
/// The file is a sequence of (crate name, facts file), made by `scripts/make-std-facts` from the expanded source of
/// `core`, `alloc`, `std` and `proc_macro`. It holds items only: what std does inside is told by tables.
public enum StandardFacts {
  /// The name of the embedded file.
  public static let fileName = "std-items.facts"
  private static let magic: [UInt8] = Array("MIRCAPS1".utf8)

  /// One file from the facts of several crates.
  public static func encode(_ crates: [(crate: String, facts: UnitFacts)]) -> [UInt8] {
    var bytes = magic
    func add(_ part: [UInt8]) {
      withUnsafeBytes(of: UInt64(part.count).littleEndian) { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: part)
      while bytes.count % 8 != 0 { bytes.append(0) }
    }
    for (crate, facts) in crates {
      add(Array(crate.utf8))
      add(FactsFile.encode(facts))
    }
    return bytes
  }

  /// The crates in a file.
  ///
  /// - Throws: a `Failure` if it is not such a file, or one of another version of the facts.
  public static func decode(_ bytes: [UInt8]) throws -> [(crate: String, facts: UnitFacts)] {
    guard bytes.starts(with: magic) else { throw damaged() }
    var offset = magic.count
    var crates: [(crate: String, facts: UnitFacts)] = []
    while offset < bytes.count {
      let name = try part(bytes, &offset)
      let file = try part(bytes, &offset)
      guard let facts = bytes.withUnsafeBytes({ FactsFile.decode(UnsafeRawBufferPointer(rebasing: $0[file])) }) else {
        throw damaged()
      }
      crates.append((String(decoding: bytes[name], as: UTF8.self), facts))
    }
    return crates
  }

  private static func part(_ bytes: [UInt8], _ offset: inout Int) throws -> Range<Int> {
    guard offset + 8 <= bytes.count else { throw damaged() }
    let length = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
    guard length <= UInt64(bytes.count - offset - 8) else { throw damaged() }
    let range = (offset + 8)..<(offset + 8 + Int(length))
    offset = min(bytes.count, (range.upperBound + 7) / 8 * 8)
    return range
  }

  private static func damaged() -> Failure {
    Failure("the facts of std's items are damaged or of another version", file: fileName)
  }
}
