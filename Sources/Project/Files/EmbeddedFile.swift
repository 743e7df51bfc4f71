import CSupport

/// A file that the binary carries: data tables, the dump script, the compiler wrapper's sources.
public struct EmbeddedFile: Sendable {
  /// `taxonomy.txt`, `scripts/dump`, `rust-driver-stub/src/main.rs`.
  public let name: String
  private nonisolated(unsafe) let start: UnsafePointer<UInt8>?
  /// The number of bytes.
  public let count: Int

  /// The bytes, which live as long as the process.
  public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

  /// All files, in the order in which they are listed in `embedded.c`.
  public static let all: [EmbeddedFile] = (0..<mircap_embedded_count()).map { index in
    let file = mircap_embedded_at(index)
    return EmbeddedFile(name: String(cString: file.name), start: file.bytes, count: file.length)
  }

  /// The file of a name; `nil` if the binary carries none.
  public static func named(_ name: String) -> EmbeddedFile? { all.first { $0.name == name } }

  private init(name: String, start: UnsafePointer<UInt8>?, count: Int) {
    self.name = name
    self.start = start
    self.count = count
  }
}
