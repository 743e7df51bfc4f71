/// A folder that holds the files of a git revision and is brought to another one when that is asked for: files that stay the
/// same are not touched, so that what was compiled from them stays current.
///
/// The repository is only read. One process at a time may update a folder.
public struct GitWorkTree: Sendable {
  /// The project's folder in the tree.
  public let folder: String
  /// The commit that the revision stands for.
  public let commit: String

  /// Brings the folder to a revision.
  ///
  /// - Parameters:
  ///   - place: holds the files and git's notes about them; it is made if there is none.
  ///   - repository: a folder of a local clone.
  ///   - revision: what git takes for a commit.
  ///   - part: the project's folder within the repository; empty for its top.
  /// - Throws: a `Failure` if there is no such repository, revision or folder.
  public static func update(
    _ place: String, repository: String, revision: String, part: String
  ) throws -> GitWorkTree {
    let git = try GitRepository(folder: repository)
    let commit = try git.commit(of: revision)
    let tree = place + "/source"
    try FileSystem.makeFolder(tree)
    guard let root = FileSystem.realPath(tree) else { throw Failure("there is no such folder", file: tree) }
    if FileSystem.contents(of: place + "/commit", limit: 100) != Array(commit.utf8) {
      FileSystem.remove(place + "/index.lock")
      let process = ChildProcess(
        program: "git",
        arguments: ["--git-dir=" + git.gitFolder, "--work-tree=" + root, "read-tree", "--reset", "-u", commit],
        environment: ["GIT_INDEX_FILE": (FileSystem.realPath(place) ?? place) + "/index"])
      guard try process.run() == .exit(0) else {
        throw Failure("the files of \(commit) cannot be written (the reason is above)", file: repository)
      }
      try AtomicFile.write(Array(commit.utf8), to: place + "/commit")
    }
    let folder = part.isEmpty ? root : root + "/" + part
    guard FileSystem.isFile(folder + "/Cargo.toml") else {
      throw Failure("the revision \(revision) has no \(part.isEmpty ? "" : part + "/")Cargo.toml", file: repository)
    }
    return GitWorkTree(folder: folder, commit: commit)
  }
}
