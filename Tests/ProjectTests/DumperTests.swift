import Glibc
import Project
import Testing

@Suite struct DumperTests {
  private let folder = TemporaryFolder()
  private var dumper: Dumper { Dumper(cache: CacheFolder(path: folder.path + "/cache")) }

  @Test func wrongProjects() throws {
    try folder.write("", to: "other.toml")
    func problem(_ path: String) -> Failure? { failure { try dumper.dump(DumpRequest(project: path)) } }
    #expect(problem(folder.path)?.message == "there is no Cargo.toml in this folder")
    #expect(problem(folder.path + "/none")?.message == "there is no such file or folder")
    #expect(problem(folder.path + "/other.toml")?.exitCode == 2)
  }

  @Test func aProjectThatCannotBeDumped() throws {
    try folder.write("[package", to: "project/Cargo.toml")
    var request = DumpRequest(project: folder.path + "/project", output: folder.path + "/dump")
    request.verbosity = .quiet
    request.sandbox = .off
    let problem = failure { try dumper.dump(request) }
    #expect(problem?.exitCode == 3)
    #expect(problem?.file == request.project)
    let tools = try FileSystem.names(in: folder.path + "/cache").filter { $0.hasPrefix("tools-") }
    #expect(tools.count == 1)
    #expect(FileSystem.isProgram("\(folder.path)/cache/\(tools[0])/scripts/dump"))
    #expect(FileSystem.isFile("\(folder.path)/cache/\(tools[0])/rust-driver-stub/src/main.rs"))
  }

  @Test func aCacheThatCannotBeWritten() throws {
    let file = try folder.write("", to: "file")
    try folder.write("", to: "project/Cargo.toml")
    let dumper = Dumper(cache: CacheFolder(path: file + "/cache"))
    let problem = failure { try dumper.dump(DumpRequest(project: folder.path + "/project")) }
    #expect(problem?.advice?.contains("XDG_CACHE_HOME") == true)
  }
}
