/// A function that the linker kept.
public struct MachineFunction: Sendable {
  public var address: UInt64
  public var size: UInt64
  /// Its linked names: one, unless equal functions were merged.
  public var symbols: [String]

  public init(address: UInt64, size: UInt64, symbols: [String]) {
    self.address = address
    self.size = size
    self.symbols = symbols
  }
}

/// A section of a program.
struct BinarySection: Sendable {
  var name: String
  var address: UInt64
  var size: UInt64
  /// Where its bytes are in the file.
  var offset: UInt64

  func contains(_ place: UInt64) -> Bool { place >= address && place - address < size }
}

/// A place in a program that holds or encodes the address of another.
struct BinaryReference: Sendable, Comparable {
  var place: UInt64
  var target: UInt64
  /// Whether the place is in an instruction that calls or jumps.
  var isCall: Bool

  static func < (left: BinaryReference, right: BinaryReference) -> Bool {
    (left.place, left.target) < (right.place, right.target)
  }
}

/// An object in data.
struct BinaryObject: Sendable {
  var address: UInt64
  var symbol: String
}

/// A place that refers to a symbol of another library.
struct BinaryImport: Sendable {
  var place: UInt64
  var symbol: String
}
