import Glibc

/// The dump script and the compiler wrapper's sources, unpacked from the binary into the user's cache.
struct DumpTools {
  /// The folder that holds `scripts/dump` and `rust-driver-stub/src`.
  let folder: String

  var script: String { folder + "/scripts/dump" }
  var stubSource: String { folder + "/rust-driver-stub" }

  /// Unpacks the files, once for each state of them. Several processes may do this at once.
  ///
  /// - Throws: a `Failure` that names what cannot be written.
  init(cache: CacheFolder) throws {
    let files = EmbeddedFile.all.filter { $0.name.contains("/") }
    folder = "\(cache.path)/tools-\(Self.key(of: files))"
    guard !FileSystem.isProgram(folder + "/scripts/dump") else { return }
    let temporary = "\(folder).\(getpid())"
    do {
      defer { FileSystem.remove(temporary) }
      for file in files {
        let path = "\(temporary)/\(file.name)"
        try FileSystem.makeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]), mode: 0o755)
        try AtomicFile.write(file.bytes, to: path, permissions: file.name.hasPrefix("scripts/") ? 0o755 : 0o644)
      }
      // Another process may have been faster: then its files stay.
      guard rename(temporary, folder) == 0 || FileSystem.isProgram(folder + "/scripts/dump") else {
        throw Failure(SystemError.lastMessage(), file: folder)
      }
    } catch var failure as Failure {
      failure.advice = "XDG_CACHE_HOME chooses another folder for what mircap unpacks"
      throw failure
    }
  }

  /// FNV-1a over names and contents: tells states apart, defends against nobody.
  private static func key(of files: [EmbeddedFile]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    for file in files {
      file.name.utf8.forEach(add)
      add(0)
      file.bytes.forEach(add)
      add(0)
    }
    return String(hash, radix: 16)
  }
}
