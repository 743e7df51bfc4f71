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

/// A section of a binary as the program loader sees it.
struct BinarySection: Sendable {
  var name: String
  var address: UInt64
  var size: UInt64
  /// Where its bytes are in the file.
  var offset: UInt64

  func contains(_ place: UInt64) -> Bool { place >= address && place - address < size }
}

/// A place in a binary that holds or encodes the address of another.
struct BinaryReference: Sendable {
  var place: UInt64
  var target: UInt64
}
