import Project

/// Runs `readelf` of binutils, which reads the file for us.
struct Binutils {
  var file: String

  /// Hands on the lines that `readelf` prints, each cut into words.
  ///
  /// - Throws: a `Failure` if binutils are missing or the file is not what they read.
  func readelf(_ options: [String], _ body: ([Substring], String) throws -> Void) throws {
    let process = ChildProcess(program: "readelf", arguments: options + [file], environment: ["LC_ALL": "C"])
    let ending: ChildProcess.Ending
    do {
      ending = try process.readLines { bytes in
        let line = String(decoding: bytes, as: UTF8.self)
        try body(line.split(separator: " "), line)
      }
    } catch let failure as Failure where failure.file == "readelf" {
      throw Failure(
        "readelf \(failure.message)", file: file, advice: "mircap verify needs binutils (apt install binutils)")
    }
    guard ending == .exit(0) else {
      throw Failure("readelf cannot read it", file: file, advice: "expected a linked ELF program")
    }
  }

  static func hexadecimal(_ text: some StringProtocol) -> UInt64? {
    UInt64(text.hasPrefix("0x") ? String(text.dropFirst(2)) : String(text), radix: 16)
  }
}
