import Project

/// Reads what binutils tell of a program: sections, symbols, relocations.
struct BinaryReader {
  private let file: String
  private let tools: Binutils
  private let image: MappedFile
  private(set) var sections: [BinarySection] = []
  private(set) var functions: [MachineFunction] = []
  /// Where objects in data begin, with their names.
  private(set) var objects: [BinaryObject] = []
  private(set) var references: [BinaryReference] = []
  private(set) var imports: [BinaryImport] = []
  /// Whether the linker was told to keep the relocations of instructions.
  private(set) var hasCodeRelocations = false
  private var functionAt: [UInt64: Int] = [:]

  /// More than any program has that this tool was made for; a malformed file must not fill the memory.
  private static let mostSymbols = 8 << 20
  private static let mostReferences = 16 << 20

  init(file: String) throws {
    self.file = file
    tools = Binutils(file: file)
    image = try MappedFile(path: file)
    try checkHeader()
    try readSections()
    try readSymbols()
    try readRelocations()
  }

  private func checkHeader() throws {
    var machine = ""
    var isProgram = false
    try tools.readelf(["-hW"]) { line in
      let text = String(decoding: line, as: UTF8.self)
      let parts = text.split(separator: ":", maxSplits: 1).map { $0.trimmingPrefix { $0 == " " } }
      guard parts.count == 2 else { return }
      if parts[0] == "Machine" { machine = String(parts[1]) }
      if parts[0] == "Type" { isProgram = parts[1].hasPrefix("DYN") || parts[1].hasPrefix("EXEC") }
    }
    guard isProgram else { throw Failure("is no linked ELF program", file: file) }
    guard machine.hasSuffix("X86-64") else {
      throw Failure("is for \(machine.isEmpty ? "an unknown machine" : machine); only x86-64 is supported", file: file)
    }
  }

  private mutating func readSections() throws {
    try tools.readelf(["-SW"]) { line in
      // `[ 1] .text PROGBITS ADDRESS OFFSET SIZE ..`: the number may be two words.
      guard let bracket = line.firstIndex(of: UInt8(ascii: "]")) else { return }
      var words = LineWords(UnsafeRawBufferPointer(rebasing: line[(bracket + 1)...]))
      let name = words.text()
      let type = words.text()
      guard type != "NULL", let address = words.hexadecimal(), let offset = words.hexadecimal(),
        let size = words.hexadecimal(), address > 0
      else { return }
      sections.append(BinarySection(name: name, address: address, size: size, offset: offset))
    }
  }

  private mutating func readSymbols() throws {
    var isSymbolTable = false
    try tools.readelf(["-sW"]) { line in
      if line.begins(with: "Symbol table") {
        isSymbolTable = line.begins(with: "Symbol table '.symtab'")
        return
      }
      guard isSymbolTable else { return }
      // Number, value, size, type, binding, visibility, section, name
      var words = LineWords(line)
      _ = words.next()
      guard let address = words.hexadecimal(), let size = words.number(), size > 0 else { return }
      let type = words.next()
      let isFunction = type.isText("FUNC")
      guard isFunction || type.isText("OBJECT") else { return }
      _ = words.next()
      _ = words.next()
      let section = words.next()
      guard !section.isText("UND"), !section.isText("ABS") else { return }
      guard functions.count + objects.count < Self.mostSymbols else {
        throw Failure("has more than \(Self.mostSymbols) symbols", file: file)
      }
      if isFunction {
        addFunction(address, size, words.text())
      } else {
        objects.append(BinaryObject(address: address, symbol: words.text()))
      }
    }
  }

  private mutating func addFunction(_ address: UInt64, _ size: UInt64, _ symbol: String) {
    if let index = functionAt[address] {
      if !functions[index].symbols.contains(symbol) { functions[index].symbols.append(symbol) }
    } else {
      functionAt[address] = functions.count
      functions.append(MachineFunction(address: address, size: size, symbols: [symbol]))
    }
  }

  // MARK: Relocations

  /// What the relocations of a section are about.
  private enum Part {
    case code
    case data
    /// What the loader fills in.
    case dynamic
    case other
  }

  private mutating func readRelocations() throws {
    var part = Part.other
    let code = sections.filter { $0.name == ".text" || $0.name.hasPrefix(".text.") }
    try tools.readelf(["-rW"]) { line in
      if line.begins(with: "Relocation section") {
        part = Self.part(ofSection: line)
        if part == .code { hasCodeRelocations = true }
        return
      }
      guard part != .other else { return }
      guard references.count + imports.count < Self.mostReferences else {
        throw Failure("has more than \(Self.mostReferences) relocations", file: file)
      }
      var words = LineWords(line)
      guard let place = words.hexadecimal(), words.hexadecimal() != nil else { return }
      addRelocation(place, words.next(), words, part, code)
    }
  }

  private static func part(ofSection line: UnsafeRawBufferPointer) -> Part {
    guard let quote = line.firstIndex(of: UInt8(ascii: "'")) else { return .other }
    let rest = UnsafeRawBufferPointer(rebasing: line[(quote + 1)...])
    if rest.begins(with: ".rela.text") { return .code }
    if rest.begins(with: ".rela.data") || rest.begins(with: ".rela.rodata") || rest.begins(with: ".rela.init_array") {
      return .data
    }
    return rest.begins(with: ".rela.dyn'") || rest.begins(with: ".rela.plt'") ? .dynamic : .other
  }

  private mutating func addRelocation(
    _ place: UInt64, _ kind: UnsafeRawBufferPointer, _ rest: LineWords, _ part: Part, _ code: [BinarySection]
  ) {
    var words = rest
    guard let value = words.hexadecimal() else { return }
    if kind.isText("R_X86_64_RELATIVE") {
      references.append(BinaryReference(place: place, target: value, isCall: false))
      return
    }
    let symbol = words.next()
    if value == 0, !symbol.isEmpty, !symbol.begins(with: ".") {
      imports.append(BinaryImport(place: place, symbol: Self.withoutVersion(symbol)))
      // A weak symbol of its own that the linker found is read from the instruction.
      guard part == .code else { return }
    }
    if kind.isText("R_X86_64_64") {
      references.append(BinaryReference(place: place, target: value &+ Self.addend(&words), isCall: false))
      return
    }
    guard part == .code, let section = code.first(where: { $0.contains(place) }), !kind.begins(with: "R_X86_64_DTPOFF"),
      !kind.begins(with: "R_X86_64_TPOFF")
    else { return }
    addInstruction(place, section)
  }

  private static func withoutVersion(_ symbol: UnsafeRawBufferPointer) -> String {
    String(decoding: symbol.prefix { $0 != UInt8(ascii: "@") }, as: UTF8.self)
  }

  private static func addend(_ words: inout LineWords) -> UInt64 {
    let sign = words.next()
    let value = words.hexadecimal() ?? 0
    return sign.isText("-") ? 0 &- value : value
  }

  /// The linker may have rewritten the instruction, so the bytes that it wrote tell the target: a distance from the end of
  /// the field.
  private mutating func addInstruction(_ place: UInt64, _ section: BinarySection) {
    let offset = Int(clamping: place - section.address + section.offset)
    guard offset >= 2, image.count - offset >= 4 else { return }
    let (distance, before) = image.withBytes { bytes in
      (bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self), (bytes[offset - 2], bytes[offset - 1]))
    }
    let target = place &+ 4 &+ UInt64(bitPattern: Int64(Int32(littleEndian: distance)))
    // call and jmp with a distance; through a slot of memory; and what linkers make of the latter.
    let isCall = before.1 == 0xE8 || before.1 == 0xE9 || before == (0xFF, 0x15) || before == (0xFF, 0x25)
    references.append(BinaryReference(place: place, target: target, isCall: isCall))
  }
}
