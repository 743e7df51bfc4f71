import CrateFacts
import Policy
import Project

/// The result of one analysis as an immutable file: what the store is filled from, and can be filled from again.
///
/// A head (magic, the length of the rest before it was compressed), then, compressed, a small report without evidence as
/// JSON, the texts, the steps and the evidence. The file is a pure function of the result.
public struct ResultPack: Sendable {
  /// Changes whenever the form or the meaning changes; part of the key of results.
  public static let version = 1
  private static let magic = Array("MIRCAPR1".utf8)
  /// No pack of more bytes is unpacked.
  private static let limit = 1 << 30

  /// The compiler of the leading unit.
  public var compiler: String
  /// Crates and risks; evidence is in the records.
  var summary: ReportContent
  var texts: [String]
  var steps: [PackedStep]
  var evidence: [PackedEvidence]

  /// Packs a result.
  ///
  /// - Parameter compiler: the version of rustc.
  public init(_ content: ReportContent, compiler: String) {
    var builder = PackBuilder()
    builder.add(content)
    summary = content
    summary.evidence = []
    summary.steps = { _ in [] }
    texts = builder.texts
    steps = builder.steps
    evidence = builder.evidence
    self.compiler = compiler
  }

  /// The bytes of the file; `nil` if there is not enough memory.
  public func encoded() -> [UInt8]? {
    var writer = ColumnWriter()
    writer.add(text: compiler)
    writer.add(bytes: ReportJSON.value(of: summary).serialized(pretty: false))
    writer.add(texts.map { UInt32(clamping: $0.utf8.count) })
    writer.add(bytes: texts.flatMap { Array($0.utf8) })
    writer.add(steps)
    writer.add(evidence)
    guard let packed = Compression.compress(writer.bytes) else { return nil }
    return Self.magic + withUnsafeBytes(of: UInt64(writer.bytes.count).littleEndian) { Array($0) } + packed
  }

  /// Reads a file.
  ///
  /// - Throws: a `Failure` that names the file if it is missing, of another version or damaged.
  public init(file: String) throws {
    let mapped = try MappedFile(path: file)
    guard let bytes = mapped.withBytes({ Self.unpacked($0) }) else {
      throw Failure("is no result of this version of mircap, or is damaged", file: file)
    }
    var reader = bytes.withUnsafeBytes { Records($0) }
    guard reader.isComplete, reader.isConsistent else {
      throw Failure("is damaged", file: file)
    }
    let json = try reader.json.withUnsafeBytes { try JSONReader.ofReports.read($0, name: file) }
    summary = try ReportReader.read(json, file: file)
    compiler = reader.compiler
    texts = reader.takeTexts()
    steps = reader.steps
    evidence = reader.evidence
  }

  private static func unpacked(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    guard bytes.count > 16, bytes.prefix(8).elementsEqual(magic) else { return nil }
    let count = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    let packed = UnsafeRawBufferPointer(rebasing: bytes[16...])
    return Compression.decompress(packed, count: Int(clamping: count), limit: limit)
  }

  /// What stands in an unpacked file.
  private struct Records {
    let compiler: String
    let json: [UInt8]
    private let lengths: [UInt32]
    private let arena: [UInt8]
    let steps: [PackedStep]
    let evidence: [PackedEvidence]
    let isComplete: Bool

    init(_ bytes: UnsafeRawBufferPointer) {
      var reader = ColumnReader(bytes)
      compiler = reader.takeText()
      json = reader.takeBytes()
      lengths = reader.take()
      arena = reader.takeBytes()
      steps = reader.take()
      evidence = reader.take()
      isComplete = reader.isComplete
    }

    /// Whether all places lie within their tables, and paths end.
    var isConsistent: Bool {
      let count = UInt32(lengths.count)
      guard lengths.reduce(0, { $0 + Int($1) }) == arena.count else { return false }
      for (index, step) in steps.enumerated() {
        guard step.next <= index, step.texts.allSatisfy({ $0 < count }) else { return false }
      }
      return evidence.allSatisfy { $0.path <= steps.count && $0.texts.allSatisfy { $0 < count } }
    }

    mutating func takeTexts() -> [String] {
      var start = 0
      return lengths.map { length in
        defer { start += Int(length) }
        return String(decoding: arena[start..<(start + Int(length))], as: UTF8.self)
      }
    }
  }
}

extension JSONReader {
  /// With room for the crates of a large result.
  static var ofReports: JSONReader {
    var reader = JSONReader()
    reader.maximumSize = 256 << 20
    return reader
  }
}
