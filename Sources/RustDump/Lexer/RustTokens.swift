/// The tokens of a text, in one block of memory that is released with this object.
///
/// Reading outside of the tokens gives a token of the kind `TokenKind.end`, so that parsers need no bounds checks.
final class RustTokens {
  private(set) var count = 0
  private var capacity: Int
  private(set) var base: UnsafeMutablePointer<RustToken>
  /// The offset of the first delimiter without a partner, if there is one.
  var unbalancedOffset: Int?

  init(expected: Int) {
    capacity = max(expected, 64)
    base = UnsafeMutablePointer<RustToken>.allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  @inline(__always)
  func append(_ kind: UInt8, _ keyword: RustKeyword, from start: Int, to end: Int) {
    if count == capacity { grow() }
    (base + count).initialize(
      to: RustToken(
        offset: UInt32(truncatingIfNeeded: start), length: UInt32(truncatingIfNeeded: end &- start),
        link: UInt32(truncatingIfNeeded: count), kind: kind, keyword: keyword))
    count &+= 1
  }

  private func grow() {
    let larger = UnsafeMutablePointer<RustToken>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    base = larger
    capacity *= 2
  }

  @inline(__always)
  func setLink(_ index: Int, to other: Int) {
    precondition(index < count)
    base[index].link = UInt32(truncatingIfNeeded: other)
  }
}
