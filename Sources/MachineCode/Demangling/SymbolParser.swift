/// Reads symbols of Rust's v0 mangling (RFC 2603, and what rustc has added since: constants with parts, pattern types).
///
/// Symbols may be hostile: their length, the depth of nesting and the size of the tree are bounded, references may only lead
/// back, and what they lead to is read once.
public struct SymbolParser {
  private static let longestSymbol = 1 << 16
  static let deepest = 200
  private static let largestTree = 1 << 16

  let bytes: [UInt8]
  var position = 0
  var depth = 0
  private var tree = SymbolTree()
  /// Nodes by the place where they start and what is read there; -1 while that is being read.
  private var known: [Int: Int] = [:]

  /// What can stand at a place.
  private enum Form: Int {
    case path, type, constant
  }

  struct Malformed: Error {}

  /// The tree of a symbol; `nil` if it is no v0 symbol or malformed.
  ///
  /// - Parameter symbol: the linked name, such as `_RNvCs4fqI2P2rA04_4demo4main`; a suffix behind `.` is left out.
  public static func parse(_ symbol: some StringProtocol) -> SymbolTree? {
    let text = Array(symbol.utf8.prefix(longestSymbol + 1))
    guard text.count <= longestSymbol else { return nil }
    let start = text.starts(with: Array("_R".utf8)) ? 2 : text.starts(with: Array("__R".utf8)) ? 3 : 0
    guard start > 0 else { return nil }
    var end = start
    while end < text.count, text[end] != UInt8(ascii: "."), text[end] != UInt8(ascii: "$") { end += 1 }
    var parser = SymbolParser(Array(text[start..<end]))
    return try? parser.symbol()
  }

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  private mutating func symbol() throws(Malformed) -> SymbolTree {
    // A number here is a later version of the mangling.
    guard let first = peek, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) else { throw Malformed() }
    tree.root = try path()
    // The crate that the instance was made in.
    if position < bytes.count { _ = try path() }
    guard position == bytes.count else { throw Malformed() }
    return tree
  }

  // MARK: Bytes

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func next() throws(Malformed) -> UInt8 {
    guard position < bytes.count else { throw Malformed() }
    position += 1
    return bytes[position - 1]
  }

  mutating func take(_ letter: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: letter) else { return false }
    position += 1
    return true
  }

  /// `_` is 0, `0_` is 1, `Z_` is 62.
  mutating func base62() throws(Malformed) -> UInt64 {
    if take("_") { return 0 }
    var value: UInt64 = 0
    while true {
      let byte = try next()
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = byte - UInt8(ascii: "A") + 36
      case UInt8(ascii: "_"):
        guard value < UInt64.max else { throw Malformed() }
        return value + 1
      default: throw Malformed()
      }
      let (product, isTooLarge) = value.multipliedReportingOverflow(by: 62)
      let (sum, overflows) = product.addingReportingOverflow(UInt64(digit))
      guard !isTooLarge, !overflows else { throw Malformed() }
      value = sum
    }
  }

  mutating func disambiguator() throws(Malformed) -> UInt64 {
    guard take("s") else { return 0 }
    let value = try base62()
    guard value < UInt64.max else { throw Malformed() }
    return value + 1
  }

  private mutating func decimal() throws(Malformed) -> Int {
    let first = try next()
    guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { throw Malformed() }
    var value = Int(first - UInt8(ascii: "0"))
    guard value > 0 else { return 0 }
    while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
      guard value <= bytes.count else { throw Malformed() }
      position += 1
    }
    return value
  }

  mutating func identifier() throws(Malformed) -> String {
    let isPunycode = take("u")
    let length = try decimal()
    _ = take("_")
    guard bytes.count - position >= length else { throw Malformed() }
    let text = bytes[position..<(position + length)]
    position += length
    guard isPunycode else { return String(decoding: text, as: UTF8.self) }
    guard let decoded = Punycode.decode(text) else { throw Malformed() }
    return decoded
  }

  // MARK: Nodes

  mutating func make(
    _ kind: SymbolTree.Kind, tag: UInt8 = 0, number: UInt64 = 0, name: String = "", _ children: [Int] = []
  ) throws(Malformed) -> Int {
    guard tree.nodes.count < Self.largestTree, tree.links.count < Self.largestTree else { throw Malformed() }
    let start = UInt32(tree.links.count)
    for child in children { tree.links.append(UInt32(child)) }
    tree.nodes.append(
      SymbolTree.Node(
        kind: kind, tag: tag, number: number, name: name, start: start, count: UInt32(children.count)))
    return tree.nodes.count - 1
  }

  /// Reads what stands here, or what a reference leads to. A place is read once in each form.
  private mutating func read(
    _ form: Form, _ body: (inout SymbolParser) throws(Malformed) -> Int
  ) throws(Malformed) -> Int {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw Malformed() }
    let start = position
    if take("B") {
      let target = try base62()
      guard target < UInt64(start) else { throw Malformed() }
      let place = Int(target) * 4 + form.rawValue
      if let node = known[place] {
        guard node >= 0 else { throw Malformed() }
        return node
      }
      let end = position
      position = Int(target)
      let node = try read(form, body)
      position = end
      return node
    }
    let place = start * 4 + form.rawValue
    known[place] = -1
    let node = try body(&self)
    known[place] = node
    return node
  }

  mutating func path() throws(Malformed) -> Int {
    try read(.path) { (parser) throws(Malformed) in try parser.plainPath() }
  }

  mutating func type() throws(Malformed) -> Int {
    try read(.type) { (parser) throws(Malformed) in try parser.plainType() }
  }

  mutating func constant() throws(Malformed) -> Int {
    try read(.constant) { (parser) throws(Malformed) in try parser.plainConstant() }
  }

  // MARK: Paths

  private mutating func plainPath() throws(Malformed) -> Int {
    switch try next() {
    case UInt8(ascii: "C"):
      let number = try disambiguator()
      return try make(.crateRoot, number: number, name: try identifier())
    case UInt8(ascii: "M"):
      _ = try disambiguator()
      let place = try path()
      return try make(.inherentImpl, [place, try type()])
    case UInt8(ascii: "X"):
      _ = try disambiguator()
      let place = try path()
      let selfType = try type()
      return try make(.traitImpl, [place, selfType, try path()])
    case UInt8(ascii: "Y"):
      let selfType = try type()
      return try make(.traitDefinition, [selfType, try path()])
    case UInt8(ascii: "N"):
      let namespace = try next()
      let parent = try path()
      let number = try disambiguator()
      return try make(.nested, tag: namespace, number: number, name: try identifier(), [parent])
    case UInt8(ascii: "I"):
      var children = [try path()]
      while !take("E") {
        if let argument = try genericArgument() { children.append(argument) }
      }
      return try make(.generic, children)
    default: throw Malformed()
    }
  }

  /// An argument, or `nil` for a lifetime.
  private mutating func genericArgument() throws(Malformed) -> Int? {
    if take("L") {
      _ = try base62()
      return nil
    }
    return take("K") ? try constant() : try type()
  }
}
