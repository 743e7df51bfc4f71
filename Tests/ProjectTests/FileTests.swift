import Project
import Testing

@Suite struct FileTests {
  @Test func mapping() throws {
    let folder = TemporaryFolder()
    let file = try MappedFile(path: folder.write("hello", to: "a"))
    #expect(file.withBytes { Array($0) } == Array("hello".utf8))
    let empty = try MappedFile(path: folder.write("", to: "b"))
    #expect(empty.withBytes { $0.count } == 0)
    #expect(failure { try MappedFile(path: folder.path + "/none") }?.message == "No such file or directory")
    #expect(failure { try MappedFile(path: folder.path) }?.message == "not a regular file")
    #expect(failure { try MappedFile(path: "/dev/null") }?.message == "not a regular file")
  }

  @Test func atomicFilesLeaveNothingBehind() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/a"
    try AtomicFile.write(Array("one".utf8), to: path)
    try AtomicFile.write(Array("two".utf8), to: path)
    do {
      let abandoned = try AtomicFile(path: path)
      try Array("three".utf8).withUnsafeBytes { try abandoned.append($0) }
    }
    #expect(try MappedFile(path: path).withBytes { Array($0) } == Array("two".utf8))
    #expect(try FileSystem.names(in: folder.path) == ["a"])
    #expect(failure { try AtomicFile.write([], to: folder.path + "/none/a") }?.file == folder.path + "/none/a")
  }

  @Test func folders() throws {
    let folder = TemporaryFolder()
    try FileSystem.makeFolder(folder.path + "/a/b/c")
    try folder.write("", to: "a/file")
    #expect(try FileSystem.names(in: folder.path + "/a") == ["b", "file"])
    #expect(failure { try FileSystem.makeFolder(folder.path + "/a/file/x") } != nil)
    FileSystem.remove(folder.path + "/a")
    #expect(!FileSystem.exists(folder.path + "/a"))
  }

  @Test func cacheKeys() throws {
    let folder = TemporaryFolder()
    let cache = CacheFolder(path: folder.path + "/cache")
    let file = cache.factsFile(ofContent: "0123", version: 3)
    #expect(file == "\(cache.path)/facts/v3/01/0123")
    try cache.store([1, 2], at: file)
    #expect(FileSystem.size(of: file) == 2)
  }

  @Test func failuresAreHarmlessText() {
    let problem = Failure("bad \u{1B}[31m", file: "a\u{7}b", line: 3, advice: "look")
    #expect(problem.description == "a\u{FFFD}b:3: bad \u{FFFD}[31m\n  look")
    #expect(Failure.usage("x").exitCode == 2)
  }
}
