import Project

/// What stands in folders.
enum FolderListing {
  /// A short text that changes with the names in a folder; `none` if it cannot be read.
  static func signature(of folder: String) -> String {
    guard let names = try? FileSystem.names(in: folder) else { return "none" }
    var hash = SHA256()
    for name in names { hash.add(name) }
    return String(hash.finishAsText().prefix(32))
  }

  /// A folder and all above it, the folder first.
  static func above(_ folder: String) -> [String] {
    var folders: [String] = []
    var next = Substring(folder)
    while !next.isEmpty {
      folders.append(String(next))
      next = next[..<(next.lastIndex(of: "/") ?? next.startIndex)]
    }
    return folders
  }

  /// All regular files below a folder, without hidden folders and cargo's target folder; `nil` if there are too many.
  static func files(below folder: String, limit: Int) -> [String]? {
    var files: [String] = []
    var waiting = [folder]
    while let next = waiting.popLast() {
      for name in (try? FileSystem.names(in: next)) ?? [] {
        let path = next + "/" + name
        if FileSystem.isFolder(path), !FileSystem.isLink(path) {
          if !name.hasPrefix("."), name != "target" { waiting.append(path) }
        } else {
          files.append(path)
        }
        if files.count > limit { return nil }
      }
    }
    return files.sorted()
  }
}
