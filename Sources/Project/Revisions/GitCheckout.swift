import Glibc

/// The files of a git revision, written to a temporary folder that vanishes with its last user.
///
/// The repository is only read: the files are written by way of an index of their own, so that neither the user's files nor
/// their index nor the list of worktrees change. Unlike `git archive` this leaves out nothing that attributes exclude.
/// Submodules stay empty, and what a project takes from folders outside its repository by a relative path is not there.
public final class GitCheckout: Sendable {
  /// The project's folder within the checkout.
  public let folder: String
  /// The commit that the revision stands for.
  public let commit: String
  private let root: TemporaryFolder

  /// Writes the files of a revision.
  ///
  /// - Parameters:
  ///   - project: a folder in the repository; the same folder of the revision is `folder`.
  ///   - revision: what git takes for a commit.
  /// - Throws: a `Failure` if there is no repository or no such revision, or the files cannot be written.
  public init(project: String, revision: String) throws {
    let repository = try GitRepository(folder: project)
    commit = try repository.commit(of: revision)
    root = try TemporaryFolder()
    folder = Self.joined(root.path + "/source", repository.prefix)
    try FileSystem.makeFolder(root.path + "/source")
    try repository.write(commit, to: root.path + "/source", index: root.path + "/index")
    guard FileSystem.isFolder(folder) else {
      throw Failure("the revision \(revision) has no folder \(repository.prefix)", file: project)
    }
  }

  private static func joined(_ folder: String, _ prefix: String) -> String {
    let prefix = prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix
    return prefix.isEmpty ? folder : folder + "/" + prefix
  }
}

/// A git repository, asked through the program `git`.
struct GitRepository {
  /// A folder in its working tree.
  let folder: String
  /// The repository itself.
  let gitFolder: String
  /// The path from the top of the working tree to `folder`; empty or ending in a slash.
  let prefix: String

  init(folder: String) throws {
    guard FileSystem.isFolder(folder) else { throw Failure("there is no such folder", file: folder) }
    let answers = try Self.lines(of: ["-C", folder, "rev-parse", "--absolute-git-dir", "--show-prefix"])
    guard let answers, let first = answers.first else {
      throw Failure(
        "is in no git repository", file: folder, advice: "--project DIR says where revisions are taken from")
    }
    self.folder = folder
    gitFolder = first
    prefix = answers.count > 1 ? answers[1] : ""
  }

  func commit(of revision: String) throws -> String {
    let arguments = ["-C", folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"]
    guard let commit = try Self.lines(of: arguments)?.first, commit.utf8.count >= 40 else {
      throw Failure.usage(
        "\(revision) is neither a file, a folder nor a git revision of \(folder)",
        advice:
          "a report (JSON), a folder with dumps, a cargo project, or a revision; --project DIR names the repository")
    }
    return commit
  }

  /// Writes all files of a commit.
  func write(_ commit: String, to target: String, index: String) throws {
    for arguments in [
      ["read-tree", commit], ["--work-tree=" + target, "checkout-index", "--all", "--force", "--quiet"],
    ] {
      let process = ChildProcess(
        program: "git", arguments: ["--git-dir=" + gitFolder] + arguments, environment: ["GIT_INDEX_FILE": index])
      guard try process.run() == .exit(0) else {
        throw Failure("the files of \(commit) cannot be written (the reason is above)", file: folder)
      }
    }
  }

  /// What git prints; `nil` if it says no.
  static func lines(of arguments: [String]) throws -> [String]? {
    var lines: [String] = []
    let ending = try ChildProcess(program: "git", arguments: arguments).readLines {
      lines.append(String(decoding: $0, as: UTF8.self))
    }
    return ending == .exit(0) ? lines : nil
  }
}
