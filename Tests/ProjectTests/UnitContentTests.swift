import Glibc
import Project
import Testing

@Suite struct UnitContentTests {
  private let folder = TemporaryFolder()
  private var cache: CacheFolder { CacheFolder(path: folder.path + "/cache") }

  /// A unit in a folder of its own, whose files are old enough for what they hold to be remembered.
  private func unit(_ mir: String, in name: String, sources: [String] = []) throws -> Unit {
    try folder.write(mir, to: "\(name)/mir")
    var unit = Unit(
      id: "a-1", crateName: "a", rustcVersion: "1.96.0", rootFile: "a.rs", folder: "\(folder.path)/\(name)")
    unit.dumpStates = [.mir: .ok]
    unit.fingerprint = String(repeating: "0", count: 64)
    unit.sourceFiles = sources
    unit.workingDirectory = folder.path
    usleep(50_000)
    return unit
  }

  private var memos: [String] {
    let folders = (try? FileSystem.names(in: cache.path + "/contents")) ?? []
    return folders.flatMap { name in
      ((try? FileSystem.names(in: "\(cache.path)/contents/\(name)")) ?? []).map {
        "\(cache.path)/contents/\(name)/\($0)"
      }
    }
  }

  @Test func theNameIsThatOfTheBytes() throws {
    let contents = UnitContent(cache: cache)
    let first = try contents.hash(of: unit("fn a() {}", in: "first"))
    #expect(first.utf8.count == 64)
    #expect(try contents.hash(of: unit("fn a() {}", in: "second")) == first)
    // It says the same of itself, and is as long.
    #expect(try contents.hash(of: unit("fn b() {}", in: "third")) != first)
    #expect(memos.count == 3)
  }

  @Test func aFileWithItsOldTimeIsLookedAtAgain() throws {
    let contents = UnitContent(cache: cache)
    let unit = try unit("fn a() {}", in: "unit")
    let before = try contents.hash(of: unit)
    #expect(try contents.hash(of: unit) == before)
    var status = stat()
    #expect(stat(unit.folder + "/mir", &status) == 0)
    let stream = try #require(fopen(unit.folder + "/mir", "r+"))
    fputs("fn b() {}", stream)
    fclose(stream)
    var times = [status.st_atim, status.st_mtim]
    #expect(utimensat(AT_FDCWD, unit.folder + "/mir", &times, 0) == 0)
    #expect(
      FileSystem.state(of: unit.folder + "/mir")?.modified == Int(status.st_mtim.tv_sec) * 1_000_000_000
        + Int(status.st_mtim.tv_nsec))
    #expect(try contents.hash(of: unit) != before)
  }

  @Test func sourcesCount() throws {
    let contents = UnitContent(cache: cache)
    let unit = try unit("fn a() {}", in: "unit", sources: ["a.rs"])
    let without = try contents.hash(of: unit)
    try folder.write("", to: "a.rs")
    let empty = try contents.hash(of: unit)
    try folder.write("fn a() {}", to: "a.rs")
    #expect(Set([without, empty, try contents.hash(of: unit)]).count == 3)
  }

  @Test func whatIsRememberedIsNotBelievedIfItIsDamaged() throws {
    let contents = UnitContent(cache: cache)
    let unit = try unit("fn a() {}", in: "unit")
    let hash = try contents.hash(of: unit)
    let memo = try #require(memos.first)
    let text = String(decoding: try #require(FileSystem.contents(of: memo, limit: 1 << 20)), as: UTF8.self)
    for damaged in [
      "", "mircap-content/1\n", String(text.dropLast(5)), text.replacing(hash, with: "0"), "\u{0}" + text,
    ] {
      try AtomicFile.write(Array(damaged.utf8), to: memo)
      #expect(try contents.hash(of: unit) == hash)
    }
    // But for its form it is: nobody else can write there.
    try AtomicFile.write(Array(text.replacing(hash, with: String(repeating: "0", count: 64)).utf8), to: memo)
    #expect(try contents.hash(of: unit) == String(repeating: "0", count: 64))
  }

  @Test func aDumpThatIsGoneIsAFailure() throws {
    let unit = try unit("fn a() {}", in: "unit")
    FileSystem.remove(unit.folder + "/mir")
    #expect(failure { try UnitContent(cache: cache).hash(of: unit) }?.description.contains("/unit/mir") == true)
  }
}
