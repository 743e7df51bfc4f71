import Capabilities
import Project

/// Reads lines of the analysed sources, where they are at hand.
///
/// Reports name files relative to the workspace, or below `<package>-<version>/`. Names that lead out of those folders
/// are not followed: they come from dumps, which may be hostile.
public struct SourceText {
  private let workspaceFolder: String
  /// By `<package>-<version>`.
  private let packageFolders: [String: String]
  private var files: [String: [Range<Int>]] = [:]
  private var contents: [String: [UInt8]] = [:]

  /// No file of more bytes is read.
  static let limit = 16 << 20

  /// - Parameters:
  ///   - workspaceFolder: the folder that file names are relative to; empty if it is not known.
  ///   - units: whose packages' sources are looked for also where no unit is named.
  public init(workspaceFolder: String, units: [AnalysedUnit] = []) {
    self.workspaceFolder = workspaceFolder
    let folders = units.filter { !$0.sourceFolder.isEmpty }.map { ("\($0.package)-\($0.version)", $0.sourceFolder) }
    packageFolders = Dictionary(folders, uniquingKeysWith: { first, _ in first })
  }

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
    if unit == nil, let end = file.firstIndex(of: "/"), let folder = packageFolders[String(file[..<end])] {
      result.append(folder + file[end...])
    }
    if !workspaceFolder.isEmpty { result.append(workspaceFolder + "/" + file) }
    if let unit, !unit.sourceFolder.isEmpty { result.append(unit.sourceFolder + "/" + file) }
    return result
  }

  /// Whether the file could be read; it is read once.
  private mutating func load(_ path: String) -> Bool {
    if let known = files[path] { return !known.isEmpty }
    let bytes = FileSystem.contents(of: path, limit: SourceText.limit) ?? []
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
}
