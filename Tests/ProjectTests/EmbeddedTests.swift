import Project
import Testing

/// The root of the repository.
private let repository = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }

private func contents(_ path: String) throws -> [UInt8] { try MappedFile(path: path).withBytes { Array($0) } }

@Suite struct EmbeddedTests {
  @Test func everyDataFileIsEmbedded() throws {
    for part in try FileSystem.names(in: repository + "/Sources") {
      let folder = "\(repository)/Sources/\(part)/Data"
      guard FileSystem.isFolder(folder) else { continue }
      for name in try FileSystem.names(in: folder) where !name.hasPrefix(".") {
        try expectEmbedded(name, "\(folder)/\(name)")
      }
    }
  }

  @Test func theDumpScriptAndTheWrapperAreEmbedded() throws {
    try expectEmbedded("scripts/dump", repository + "/scripts/dump")
    for name in try FileSystem.names(in: repository + "/rust-driver-stub/src") {
      try expectEmbedded("rust-driver-stub/src/\(name)", "\(repository)/rust-driver-stub/src/\(name)")
    }
  }

  private func expectEmbedded(_ name: String, _ path: String) throws {
    let file = try #require(EmbeddedFile.named(name), "\(name) is not in Sources/CSupport/embedded.c")
    #expect(try Array(file.bytes) == contents(path), "\(name) differs")
  }

  @Test func namesAreUnique() {
    #expect(Set(EmbeddedFile.all.map(\.name)).count == EmbeddedFile.all.count)
  }

  @Test func dataFilesCanBeReplaced() throws {
    let folder = TemporaryFolder()
    try folder.write("mine", to: "taxonomy.txt")
    let files = try DataFiles(folder: folder.path)
    #expect(try files.read("taxonomy.txt")?.bytes == Array("mine".utf8))
    #expect(try files.read("taxonomy.txt")?.file == folder.path + "/taxonomy.txt")
    #expect(try files.read("std-sinks.txt")?.file == "std-sinks.txt")
    #expect(try files.read("none.txt") == nil)
    #expect(failure { try DataFiles(folder: "/none") }?.exitCode == 2)
  }
}
