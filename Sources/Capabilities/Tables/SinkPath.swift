/// A path of std in the forms in which the sink table looks it up; the head of `std-sinks.txt` describes them.
struct SinkPath: Equatable {
  /// Without generic arguments.
  var plain: String
  /// With the number of generic arguments: `_` for each that is not a lifetime.
  var counted: String

  /// Normalises a path as rustc prints it.
  init(_ path: String) {
    let prepared = SinkPath.withoutLifetimes(SinkPath.withoutImplTypes(SinkPath.withStandardRoot(Array(path.utf8))))
    plain = SinkPath.text(SinkPath.withFirstBound(SinkPath.withoutArguments(prepared, keepCounts: false)))
    counted = SinkPath.text(SinkPath.withFirstBound(SinkPath.withoutArguments(prepared, keepCounts: true)))
  }

  init(plain: String, counted: String) {
    self.plain = plain
    self.counted = counted
  }

  /// `<SELF as TRAIT>::METHOD`, taken apart.
  struct TraitMethod {
    var selfType: Substring
    var trait: Substring
    var method: Substring
  }

  /// The parts of the plain form if it is a trait method's.
  var traitMethod: TraitMethod? {
    guard plain.utf8.first == UInt8(ascii: "<") else { return nil }
    let bytes = Array(plain.utf8)
    guard let close = SinkPath.closing(bytes, 0), bytes[close...].starts(with: "::".utf8) else { return nil }
    let method = bytes[(close + 2)...]
    guard !method.isEmpty, method.allSatisfy(SinkPath.isIdentifier) else { return nil }
    let head = Substring(SinkPath.text(Array(bytes[1..<(close - 1)])))
    guard let separator = SinkPath.lastAs(head) else { return nil }
    return TraitMethod(
      selfType: head[..<separator.lowerBound], trait: head[separator.upperBound...],
      method: Substring(SinkPath.text(Array(method))))
  }

  /// The same path with one reference taken from the self type.
  var withoutReference: SinkPath {
    SinkPath(plain: SinkPath.dropReference(plain), counted: SinkPath.dropReference(counted))
  }

  private static func dropReference(_ path: String) -> String {
    let rest = path.dropFirst(2)
    return "<" + (rest.hasPrefix("mut ") ? rest.dropFirst(4) : rest)
  }

  private static func lastAs(_ head: Substring) -> Range<Substring.Index>? {
    // The trait of a normalised path has no blank, so that the last ` as ` is the one.
    var found: Range<Substring.Index>?
    var from = head.startIndex
    while let space = head[from...].firstIndex(of: " ") {
      if head[space...].hasPrefix(" as ") { found = space..<head.index(space, offsetBy: 4) }
      from = head.index(after: space)
    }
    return found
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

// The steps of normalisation, on bytes, in the order in which they are done.
extension SinkPath {
  static func isIdentifier(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  private static func has(_ text: StaticString, in bytes: [UInt8], at position: Int) -> Bool {
    guard position >= 0, position + text.utf8CodeUnitCount <= bytes.count else { return false }
    return text.withUTF8Buffer { expected in
      for index in 0..<expected.count where bytes[position + index] != expected[index] { return false }
      return true
    }
  }

  /// The position behind the bracket that closes the `<` at `start`; an arrow's `>` closes nothing.
  static func closing(_ bytes: [UInt8], _ start: Int) -> Int? {
    var depth = 0
    for position in start..<bytes.count {
      if bytes[position] == UInt8(ascii: "<") {
        depth += 1
      } else if bytes[position] == UInt8(ascii: ">"), position == 0 || bytes[position - 1] != UInt8(ascii: "-") {
        depth -= 1
        if depth == 0 { return position + 1 }
      }
    }
    return nil
  }

  /// Step a: the trees core and alloc become std.
  static func withStandardRoot(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = 0
    while position < bytes.count {
      let length =
        has("core::", in: bytes, at: position) ? 6 : has("alloc::", in: bytes, at: position) ? 7 : 0
      let startsPath =
        position == 0 || !(isIdentifier(bytes[position - 1]) || has("::", in: bytes, at: position - 2))
      if length > 0, startsPath {
        result += "std::".utf8
        position += length
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return result
  }

  /// Step b: the type of an inherent impl in a path is dropped.
  static func withoutImplTypes(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = 0
    while position < bytes.count {
      if has("::<impl ", in: bytes, at: position), let end = closing(bytes, position + 2),
        has("::", in: bytes, at: end)
      {
        result += "::<impl>".utf8
        position = end
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return result
  }

  /// Step c: `&'a T`, `for<'a> ` and ` + 'static` lose their lifetimes.
  static func withoutLifetimes(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = 0
    while position < bytes.count {
      if has("&'", in: bytes, at: position) {
        result.append(bytes[position])
        position = endOfIdentifier(bytes, position + 2)
        if position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
      } else if has("for<", in: bytes, at: position), let end = closing(bytes, position + 3),
        has(" ", in: bytes, at: end), position == 0 || !isIdentifier(bytes[position - 1])
      {
        position = end + 1
      } else if has(" + '", in: bytes, at: position) {
        position = endOfIdentifier(bytes, position + 4)
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return result
  }

  private static func endOfIdentifier(_ bytes: [UInt8], _ start: Int) -> Int {
    var position = start
    while position < bytes.count, isIdentifier(bytes[position]) { position += 1 }
    return position
  }

  /// Step d: generic arguments go, or become `_` each.
  static func withoutArguments(_ bytes: [UInt8], keepCounts: Bool) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = 0
    while position < bytes.count {
      let follows = result.last.map { isIdentifier($0) || $0 == UInt8(ascii: ":") } ?? false
      guard bytes[position] == UInt8(ascii: "<"), follows, !has("<impl>", in: bytes, at: position),
        let end = closing(bytes, position)
      else {
        result.append(bytes[position])
        position += 1
        continue
      }
      let count = keepCounts ? countArguments(bytes[(position + 1)..<(end - 1)]) : 0
      if count > 0 {
        result.append(UInt8(ascii: "<"))
        result += Array(repeating: "_", count: count).joined(separator: ", ").utf8
        result.append(UInt8(ascii: ">"))
      } else if result.last == UInt8(ascii: ":") {
        result.removeLast(min(2, result.count))
      }
      position = end
    }
    return result
  }

  /// How many of the arguments are not lifetimes.
  private static func countArguments(_ list: ArraySlice<UInt8>) -> Int {
    var count = 0
    var depth = 0
    var first: UInt8?
    var previous: UInt8 = 0
    func isArgument(_ first: UInt8?) -> Bool { first != nil && first != UInt8(ascii: "'") }
    for byte in list {
      switch byte {
      case UInt8(ascii: ","):
        if depth == 0 {
          if isArgument(first) { count += 1 }
          first = nil
          previous = byte
          continue
        }
      case UInt8(ascii: "<"), UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: ">"): if previous != UInt8(ascii: "-") { depth -= 1 }
      default: break
      }
      if first == nil, byte != UInt8(ascii: " ") { first = byte }
      previous = byte
    }
    return count + (isArgument(first) ? 1 : 0)
  }

  /// Step e: a self type `(dyn A + B)` or `dyn A + B` becomes `dyn A`.
  static func withFirstBound(_ bytes: [UInt8]) -> [UInt8] {
    var start = 1
    guard bytes.first == UInt8(ascii: "<") else { return bytes }
    if has("&", in: bytes, at: start) { start += has("&mut ", in: bytes, at: start) ? 5 : 1 }
    let prefix = Array(bytes[..<start])
    if has("(", in: bytes, at: start) { start += 1 }
    guard has("dyn ", in: bytes, at: start) else { return bytes }
    var depth = 0
    var position = start + 4
    var stop: Int?
    scan: while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "<"), UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: ">"):
        if depth == 0 { break scan }
        depth -= 1
      case UInt8(ascii: " ") where depth == 0:
        if stop == nil, has(" + ", in: bytes, at: position) { stop = position }
        if has(" as ", in: bytes, at: position) { break scan }
      default: break
      }
      position += 1
    }
    let rest = has(")", in: bytes, at: position) ? position + 1 : position
    return prefix + bytes[start..<(stop ?? position)] + bytes[rest...]
  }
}
