/// Reads symbols of Rust's v0 mangling (RFC 2603, and what rustc has added since: constants with parts, pattern types).
///
/// Symbols may be hostile: their length, the depth of nesting and the size of the tree are bounded, references may only lead
/// back, and what they lead to is read once.
public struct SymbolParser {
  private static let longestSymbol = 1 << 16
  private static let deepest = 200
  private static let largestTree = 1 << 16

  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0
  private var tree = SymbolTree()
  /// Nodes by the place where they start and what is read there; -1 while that is being read.
  private var known: [Int: Int] = [:]

  /// What can stand at a place.
  private enum Form: Int {
    case path, type, constant
  }

  private struct Malformed: Error {}

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

  private mutating func next() throws(Malformed) -> UInt8 {
    guard position < bytes.count else { throw Malformed() }
    position += 1
    return bytes[position - 1]
  }

  private mutating func take(_ letter: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: letter) else { return false }
    position += 1
    return true
  }

  /// `_` is 0, `0_` is 1, `Z_` is 62.
  private mutating func base62() throws(Malformed) -> UInt64 {
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

  private mutating func disambiguator() throws(Malformed) -> UInt64 {
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

  private mutating func identifier() throws(Malformed) -> String {
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

  private mutating func make(
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

  private mutating func path() throws(Malformed) -> Int {
    try read(.path) { (parser) throws(Malformed) in try parser.plainPath() }
  }

  private mutating func type() throws(Malformed) -> Int {
    try read(.type) { (parser) throws(Malformed) in try parser.plainType() }
  }

  private mutating func constant() throws(Malformed) -> Int {
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

  // MARK: Types

  private mutating func plainType() throws(Malformed) -> Int {
    let letter = try next()
    if let name = Self.primitive(letter) {
      return try make(letter == UInt8(ascii: "p") ? .placeholder : .primitive, name: name)
    }
    switch letter {
    case UInt8(ascii: "A"):
      let element = try type()
      return try make(.array, [element, try constant()])
    case UInt8(ascii: "S"): return try make(.slice, [try type()])
    case UInt8(ascii: "T"):
      var parts: [Int] = []
      while !take("E") { parts.append(try type()) }
      return try make(.tuple, parts)
    case UInt8(ascii: "R"), UInt8(ascii: "Q"):
      if take("L") { _ = try base62() }
      return try make(letter == UInt8(ascii: "R") ? .reference : .mutableReference, [try type()])
    case UInt8(ascii: "P"): return try make(.constPointer, [try type()])
    case UInt8(ascii: "O"): return try make(.mutPointer, [try type()])
    case UInt8(ascii: "F"): return try functionPointer()
    case UInt8(ascii: "D"): return try dynamic()
    case UInt8(ascii: "W"): return try pattern()
    default:
      position -= 1
      return try path()
    }
  }

  private mutating func binder() throws(Malformed) {
    if take("G") { _ = try base62() }
  }

  private mutating func functionPointer() throws(Malformed) -> Int {
    try binder()
    let isUnsafe = take("U")
    var abi = ""
    if take("K") { abi = take("C") ? "C" : try identifier().replacing("_", with: "-") }
    var parts: [Int] = []
    while !take("E") { parts.append(try type()) }
    parts.append(try type())
    return try make(.functionPointer, tag: isUnsafe ? 1 : 0, name: abi, parts)
  }

  private mutating func dynamic() throws(Malformed) -> Int {
    try binder()
    var traits: [Int] = []
    while !take("E") {
      var children = [try path()]
      while take("p") {
        let name = try identifier()
        let value = take("K") ? try constant() : try type()
        children.append(try make(.binding, name: name, [value]))
      }
      traits.append(children.count == 1 ? children[0] : try make(.boundTrait, children))
    }
    guard take("L") else { throw Malformed() }
    _ = try base62()
    return try make(.dynamic, traits)
  }

  private mutating func pattern() throws(Malformed) -> Int {
    let base = try type()
    return try make(.pattern, [base] + (try patternParts()))
  }

  private mutating func patternParts() throws(Malformed) -> [Int] {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw Malformed() }
    switch try next() {
    case UInt8(ascii: "R"):
      let start = try constant()
      return [start, try constant()]
    case UInt8(ascii: "O"):
      var parts: [Int] = []
      while !take("E") { parts += try patternParts() }
      return parts
    case UInt8(ascii: "N"): return []
    default: throw Malformed()
    }
  }

  // MARK: Constants

  private mutating func plainConstant() throws(Malformed) -> Int {
    let letter = try next()
    switch letter {
    case UInt8(ascii: "p"): return try make(.placeholder, name: "_")
    case UInt8(ascii: "b"), UInt8(ascii: "c"): return try make(.constant, name: try scalar(letter))
    case UInt8(ascii: "a"), UInt8(ascii: "s"), UInt8(ascii: "l"), UInt8(ascii: "x"), UInt8(ascii: "n"),
      UInt8(ascii: "i"), UInt8(ascii: "h"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "y"),
      UInt8(ascii: "o"), UInt8(ascii: "j"):
      let sign = take("n") ? "-" : ""
      return try make(.constant, name: sign + Self.decimalText(try hexadecimal()))
    case UInt8(ascii: "e"): return try make(.structuredConstant, tag: letter, name: try text())
    case UInt8(ascii: "R"), UInt8(ascii: "Q"):
      return try make(.structuredConstant, tag: letter, [try constant()])
    case UInt8(ascii: "A"), UInt8(ascii: "T"):
      var parts: [Int] = []
      while !take("E") { parts.append(try constant()) }
      return try make(.structuredConstant, tag: letter, parts)
    case UInt8(ascii: "V"): return try variant()
    default: throw Malformed()
    }
  }

  private mutating func hexadecimal() throws(Malformed) -> ArraySlice<UInt8> {
    let start = position
    while true {
      switch try next() {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): continue
      case UInt8(ascii: "_"): return bytes[start..<(position - 1)]
      default: throw Malformed()
      }
    }
  }

  private mutating func scalar(_ letter: UInt8) throws(Malformed) -> String {
    guard let value = UInt32(String(decoding: try hexadecimal(), as: UTF8.self), radix: 16) else { throw Malformed() }
    if letter == UInt8(ascii: "b") {
      guard value < 2 else { throw Malformed() }
      return value == 1 ? "true" : "false"
    }
    guard let character = Unicode.Scalar(value) else { throw Malformed() }
    return "'\(character)'"
  }

  private mutating func text() throws(Malformed) -> String {
    let digits = Array(try hexadecimal())
    guard digits.count % 2 == 0 else { throw Malformed() }
    var content: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      content.append(Self.digit(digits[index]) << 4 | Self.digit(digits[index + 1]))
    }
    return String(decoding: content, as: UTF8.self)
  }

  private mutating func variant() throws(Malformed) -> Int {
    var children = [try path()]
    let form = try next()
    switch form {
    case UInt8(ascii: "U"): break
    case UInt8(ascii: "T"):
      while !take("E") { children.append(try constant()) }
    case UInt8(ascii: "S"):
      while !take("E") {
        _ = try disambiguator()
        let name = try identifier()
        children.append(try make(.binding, name: name, [try constant()]))
      }
    default: throw Malformed()
    }
    // Small letters, since capital ones stand for other constants.
    return try make(.structuredConstant, tag: form | 0x20, children)
  }

  private static func digit(_ byte: UInt8) -> UInt8 { byte <= UInt8(ascii: "9") ? byte & 15 : (byte & 15) + 9 }

  /// Numbers that 64 bits hold in decimal, others as they stand.
  private static func decimalText(_ digits: ArraySlice<UInt8>) -> String {
    let text = String(decoding: digits, as: UTF8.self)
    guard !text.isEmpty else { return "0" }
    return UInt64(text, radix: 16).map { String($0) } ?? "0x" + text
  }

  private static func primitive(_ letter: UInt8) -> String? {
    switch Character(Unicode.Scalar(letter)) {
    case "a": "i8"
    case "b": "bool"
    case "c": "char"
    case "d": "f64"
    case "e": "str"
    case "f": "f32"
    case "h": "u8"
    case "i": "isize"
    case "j": "usize"
    case "l": "i32"
    case "m": "u32"
    case "n": "i128"
    case "o": "u128"
    case "s": "i16"
    case "t": "u16"
    case "u": "()"
    case "v": "..."
    case "x": "i64"
    case "y": "u64"
    case "z": "!"
    case "p": "_"
    default: nil
    }
  }
}
