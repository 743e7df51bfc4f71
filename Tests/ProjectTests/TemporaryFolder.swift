import Glibc
import Project

/// A folder that vanishes with its last user.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    var template = Array("/tmp/mircap-test-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
  }

  deinit { FileSystem.remove(path) }

  /// Writes a file with the folders above it and gives its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = "\(path)/\(name)"
    try FileSystem.makeFolder(String(file[..<file.lastIndex(of: "/")!]))
    try AtomicFile.write(bytes, to: file)
    return file
  }

  /// Writes a unit with a MIR dump without items.
  func writeUnit(_ json: String, in folder: String) throws {
    try write(json, to: "\(folder)/unit.json")
    try write("// no items\n", to: "\(folder)/mir")
  }
}

/// The failure that `body` throws.
func failure<Result>(of body: () throws -> Result) -> Failure? {
  do {
    _ = try body()
    return nil
  } catch {
    return error as? Failure
  }
}
