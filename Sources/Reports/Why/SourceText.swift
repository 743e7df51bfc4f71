import Capabilities

#if canImport(Glibc)
  import Glibc
#endif

/// Reads lines of the analysed sources, where they are at hand.
///
/// Reports name files relative to the workspace, or below `<package>-<version>/`. Names that lead out of those folders
/// are not followed: they come from dumps, which may be hostile.
public struct SourceText {
  private let workspaceFolder: String
  private var files: [String: [Range<Int>]] = [:]
  private var contents: [String: [UInt8]] = [:]

  /// No file of more bytes is read.
  static let limit = 16 << 20

  /// - Parameter workspaceFolder: the folder that file names are relative to; empty if it is not known.
  public init(workspaceFolder: String) { self.workspaceFolder = workspaceFolder }

  /// One line of a file, without its end; `nil` if it cannot be had.
  public mutating func line(_ number: Int, of file: String, unit: AnalysedUnit?) -> String? {
    guard number > 0, let path = paths(of: file, unit: unit).first(where: { load($0) }),
      let lines = files[path], number <= lines.count, let bytes = contents[path]
    else { return nil }
    return String(decoding: bytes[lines[number - 1]], as: UTF8.self)
  }

  private func paths(of file: String, unit: AnalysedUnit?) -> [String] {
    guard !file.isEmpty, !file.hasPrefix("/"), !file.split(separator: "/").contains("..") else { return [] }
    var result: [String] = []
    if let unit, !unit.sourceFolder.isEmpty {
      let prefix = "\(unit.package)-\(unit.version)/"
      if file.hasPrefix(prefix) { result.append(unit.sourceFolder + "/" + file.dropFirst(prefix.count)) }
    }
    if !workspaceFolder.isEmpty { result.append(workspaceFolder + "/" + file) }
    if let unit, !unit.sourceFolder.isEmpty { result.append(unit.sourceFolder + "/" + file) }
    return result
  }

  /// Whether the file could be read; it is read once.
  private mutating func load(_ path: String) -> Bool {
    if let known = files[path] { return !known.isEmpty }
    let bytes = SourceText.read(path)
    var lines: [Range<Int>] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      let end = index > start && bytes[index - 1] == UInt8(ascii: "\r") ? index - 1 : index
      lines.append(start..<end)
      start = index + 1
    }
    if start < bytes.count { lines.append(start..<bytes.count) }
    files[path] = lines
    contents[path] = bytes
    return !lines.isEmpty
  }

  /// The bytes of a regular file that is not too large; empty if there is none.
  private static func read(_ path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var information = stat()
    guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG,
      information.st_size > 0, information.st_size <= limit
    else { return [] }
    let size = Int(information.st_size)
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
        if got <= 0 { break }
        count += got
      }
    }
  }
}
