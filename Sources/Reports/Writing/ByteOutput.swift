/// Where reports write to: a byte buffer that is handed on whenever it is full, so that a report of any size takes
/// little memory.
public struct ByteOutput {
  /// What has been written and not yet been handed on.
  public private(set) var bytes: [UInt8] = []
  private let limit: Int
  private let flushBytes: (([UInt8]) throws -> Void)?
  /// The first error of handing on; what is written after it is dropped.
  private var failure: (any Error)?

  /// Keeps everything in `bytes`.
  public init() {
    limit = Int.max
    flushBytes = nil
  }

  /// Hands the bytes on, about `limit` at a time.
  public init(limit: Int = 1 << 20, flush: @escaping ([UInt8]) throws -> Void) {
    self.limit = limit
    flushBytes = flush
  }

  public mutating func append(_ byte: UInt8) {
    bytes.append(byte)
  }

  public mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    if bytes.count >= limit { handOn() }
  }

  public mutating func append(_ more: UnsafeRawBufferPointer) {
    bytes.append(contentsOf: more)
    if bytes.count >= limit { handOn() }
  }

  private mutating func handOn() {
    guard let flushBytes else { return }
    if failure == nil {
      do { try flushBytes(bytes) } catch { failure = error }
    }
    bytes.removeAll(keepingCapacity: true)
  }

  /// Hands on what is left.
  ///
  /// - Throws: the first error of handing on.
  public mutating func finish() throws {
    if flushBytes != nil, !bytes.isEmpty { handOn() }
    if let failure { throw failure }
  }
}
