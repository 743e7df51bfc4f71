import Project

/// A linked program: the functions that the linker kept.
public struct LinkedBinary: Sendable {
  public var functions: [MachineFunction]

  /// Reads a binary.
  ///
  /// - Throws: a `Failure` if it is no ELF program for x86-64, or has no symbols of the v0 mangling.
  public init(path: String) throws {
    functions = []
    let tools = Binutils(file: path)
    try Self.checkMachine(tools)
    try readSymbols(tools)
    guard functions.contains(where: { $0.symbols.contains { $0.hasPrefix("_R") } }) else {
      throw Failure(
        "has no function names of Rust's v0 mangling", file: path,
        advice: "link it with -Csymbol-mangling-version=v0 and without strip, or leave --binary out")
    }
  }

  private static func checkMachine(_ tools: Binutils) throws {
    var machine = ""
    try tools.readelf(["-hW"]) { words, _ in
      if words.first == "Machine:" { machine = words.dropFirst().joined(separator: " ") }
    }
    guard machine.hasSuffix("X86-64") else {
      throw Failure(
        "is for \(machine.isEmpty ? "an unknown machine" : machine); mircap verify reads x86-64 only", file: tools.file)
    }
  }

  private mutating func readSymbols(_ tools: Binutils) throws {
    var known: [UInt64: Int] = [:]
    var isStatic = false
    try tools.readelf(["-sW"]) { words, _ in
      if words.first == "Symbol" {
        isStatic = words.contains { $0.contains(".symtab") }
        return
      }
      // Number, value, size, type, binding, visibility, section, name
      guard isStatic, words.count >= 8, words[3] == "FUNC", words[6] != "UND", words[6] != "ABS",
        let address = Binutils.hexadecimal(words[1]), let size = UInt64(words[2]) ?? Binutils.hexadecimal(words[2]),
        size > 0
      else { return }
      let name = String(words[7])
      if let index = known[address] {
        functions[index].symbols.append(name)
      } else {
        known[address] = functions.count
        functions.append(MachineFunction(address: address, size: size, symbols: [name]))
      }
    }
  }
}
