/// The data tables: those that the binary carries, each replaceable by a file of its name in a folder (`--data DIR`).
public struct DataFiles: Sendable {
  private let folder: String?

  /// - Parameter folder: whose files replace embedded ones, or `nil`.
  /// - Throws: a `Failure` if there is no such folder.
  public init(folder: String? = nil) throws {
    if let folder, !FileSystem.isFolder(folder) {
      throw Failure.usage("--data \(folder): there is no such folder")
    }
    self.folder = folder
  }

  /// The content of a data file and the name to use in messages; `nil` if there is none.
  ///
  /// - Throws: a `Failure` if the folder's file cannot be read or is larger than 256 MB.
  public func read(_ name: String) throws -> (bytes: [UInt8], file: String)? {
    if let folder, FileSystem.isFile("\(folder)/\(name)") {
      let file = try MappedFile(path: "\(folder)/\(name)")
      guard file.count <= 256 << 20 else { throw Failure("too large for a data file", file: file.path) }
      return (file.withBytes { Array($0) }, file.path)
    }
    return EmbeddedFile.named(name).map { (Array($0.bytes), name) }
  }
}
