import Project

/// Runs `readelf` of binutils, which reads the file for us.
struct Binutils {
  var file: String

  /// Hands on the lines that `readelf` prints.
  ///
  /// - Throws: a `Failure` if binutils are missing or the file is not what they read.
  func readelf(_ options: [String], _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    // A file name that begins with a dash is no option.
    let process = ChildProcess(
      program: "readelf", arguments: options + ["--", file], environment: ["LC_ALL": "C"])
    let ending: ChildProcess.Ending
    do {
      ending = try process.readLines(body)
    } catch let failure as Failure where failure.file == "readelf" {
      throw Failure(
        "readelf \(failure.message)", file: file, advice: "mircap verify needs binutils (apt install binutils)")
    }
    guard ending == .exit(0) else {
      throw Failure("readelf cannot read it", file: file, advice: "expected a linked ELF program")
    }
  }
}

/// The words of a line that `readelf` prints.
struct LineWords {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The next word; empty at the end.
  mutating func next() -> UnsafeRawBufferPointer {
    while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: " ") { position += 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<position])
  }

  mutating func text() -> String { String(decoding: next(), as: UTF8.self) }

  /// A number without a prefix; `nil` if the word is none.
  mutating func hexadecimal() -> UInt64? { Self.hexadecimal(next()) }

  /// A number, hexadecimal where it begins with `0x`.
  mutating func number() -> UInt64? {
    let word = next()
    guard word.count > 2, word[0] == UInt8(ascii: "0"), word[1] == UInt8(ascii: "x") else {
      return UInt64(String(decoding: word, as: UTF8.self))
    }
    return Self.hexadecimal(UnsafeRawBufferPointer(rebasing: word[2...]))
  }

  private static func hexadecimal(_ word: UnsafeRawBufferPointer) -> UInt64? {
    guard !word.isEmpty, word.count <= 16 else { return nil }
    var value: UInt64 = 0
    for byte in word {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt64(byte & 15)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt64(byte - UInt8(ascii: "a") + 10)
      default: return nil
      }
    }
    return value
  }
}

extension UnsafeRawBufferPointer {
  /// Whether these are the bytes of a text.
  func isText(_ text: StaticString) -> Bool {
    count == text.utf8CodeUnitCount && elementsEqual(UnsafeRawBufferPointer(start: text.utf8Start, count: count))
  }

  /// Whether these begin with the bytes of a text.
  func begins(with text: StaticString) -> Bool {
    count >= text.utf8CodeUnitCount
      && self[..<text.utf8CodeUnitCount].elementsEqual(
        UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
