extension SymbolParser {
  mutating func plainType() throws(Malformed) -> Int {
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
