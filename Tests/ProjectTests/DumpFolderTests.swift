import Project
import Testing

private func unitJSON(
  _ crate: String, target: String = "lib", package: String? = nil, externs: [String] = [], primary: Bool = true
) -> String {
  let crates = externs.map { "\"\($0)\": \"\($0)-1\"" }.joined(separator: ", ")
  return """
    {"crate": "\(crate)", "rustc": "1.95.0", "root": "lib.rs", "externs": {\(crates)}, "id": "\(crate)-1",
     "target": "\(target)", "package": "\(package ?? crate)", "version": "1.0.0", "primary": \(primary)}
    """
}

/// A program with a library, a build script and a proc macro, which share helpers.
private func makeProject() throws -> TemporaryFolder {
  let folder = TemporaryFolder()
  for (name, json) in [
    ("app-1", unitJSON("app", target: "bin", externs: ["core_lib", "derive"])),
    ("other-1", unitJSON("other", target: "bin")),
    ("core_lib-1", unitJSON("core_lib", externs: ["shared"])),
    ("derive-1", unitJSON("derive", target: "proc-macro", externs: ["syntax"], primary: false)),
    ("build_script_build-1", unitJSON("build_script_build", target: "build-script", package: "app", externs: ["cc"])),
    ("shared-1", unitJSON("shared", primary: false)), ("cc-1", unitJSON("cc", externs: ["shared"], primary: false)),
    ("syntax-1", unitJSON("syntax", primary: false)), ("lonely-1", unitJSON("lonely", primary: false)),
  ] {
    try folder.writeUnit(json, in: "units/\(name)")
  }
  return folder
}

@Suite struct DumpFolderTests {
  @Test func layouts() throws {
    let folder = TemporaryFolder()
    try folder.writeUnit(unitJSON("b"), in: "b-1")
    try folder.writeUnit(unitJSON("a"), in: "x")
    try folder.write("", to: "notes/readme")
    #expect(try DumpFolder(path: folder.path).units.map(\.id) == ["a-1", "b-1"])
    #expect(try DumpFolder(path: folder.path + "/b-1").units.map(\.id) == ["b-1"])
  }

  @Test func wrongFolders() throws {
    let folder = TemporaryFolder()
    #expect(failure { try DumpFolder(path: folder.path + "/none") }?.message == "there is no such folder")
    #expect(failure { try DumpFolder(path: folder.path) }?.message == "holds no dumps")
    try folder.write("", to: "a/mir")
    #expect(failure { try DumpFolder(path: folder.path) }?.file == folder.path + "/a/unit.json")
    try folder.writeUnit(unitJSON("a"), in: "a")
    try folder.writeUnit(unitJSON("a"), in: "b")
    #expect(failure { try DumpFolder(path: folder.path) }?.message.contains("has the id a-1") == true)
  }

  @Test func keepsGoing() throws {
    let folder = TemporaryFolder()
    try folder.writeUnit(unitJSON("a"), in: "a")
    try folder.writeUnit("{", in: "b")
    #expect(failure { try DumpFolder(path: folder.path) } != nil)
    let kept = try DumpFolder(path: folder.path, keepGoing: true)
    #expect(kept.units.map(\.id) == ["a-1"])
    #expect(kept.failures.count == 1)
  }

  @Test func phasesFollowUsers() throws {
    let folder = try makeProject()
    let dumps = try DumpFolder(path: folder.path)
    let phases = Dictionary(uniqueKeysWithValues: dumps.units.map { ($0.crateName, $0.runsIn) })
    #expect(phases["app"] == [.run])
    #expect(phases["core_lib"] == [.run])
    #expect(phases["derive"] == [.procMacro])
    #expect(phases["build_script_build"] == [.buildScript])
    #expect(phases["shared"] == [.run, .buildScript])
    #expect(phases["cc"] == [.buildScript])
    #expect(phases["syntax"] == [.procMacro])
    #expect(phases["lonely"] == [.run])
  }

  @Test func selection() throws {
    let folder = try makeProject()
    let units = try DumpFolder(path: folder.path).units
    func selected(_ selection: UnitSelection) throws -> [String] { try selection.apply(to: units).map(\.crateName) }
    #expect(try selected(UnitSelection()).count == units.count)
    #expect(try selected(UnitSelection(packages: ["core_lib"])) == ["core_lib", "shared"])
    #expect(try selected(UnitSelection(packages: ["core_lib@1.0.0"])) == ["core_lib", "shared"])
    #expect(
      try selected(UnitSelection(binaries: ["app"]))
        == ["app", "build_script_build", "cc", "core_lib", "derive", "shared", "syntax"])
    #expect(try UnitSelection(packages: ["core_lib"]).apply(to: units).last?.runsIn == [.run])
    let problem = failure { try UnitSelection(binaries: ["nope"]).apply(to: units) }
    #expect(problem?.exitCode == 2)
    #expect(problem?.advice == "there are: app, other")
  }

  @Test func buildDescription() throws {
    let folder = try makeProject()
    try folder.write(
      """
      {"schema": "mircap-build/1", "success": true, "rustc": "rustc 1.95.0", "toolchain": "",
       "units": ["app-1", "core_lib-1", "gone-1"],
       "checksums": [{"name": "core_lib", "version": "1.0.0", "source": "registry", "checksum": "77"}],
       "messages": [{"reason": "build-script-executed", "package_id": "A", "linked_libs": ["z"], "linked_paths": []},
                    {"reason": "build-script-executed", "package_id": "A", "linked_libs": ["dylib=c", "z"]}],
       "metadata": {"workspace_root": "/w", "workspace_members": ["A"], "packages": [
         {"name": "app", "version": "1.0.0", "id": "A", "source": null, "manifest_path": "/w/app/Cargo.toml", "links": null},
         {"name": "core_lib", "version": "1.0.0", "id": "C", "source": "registry", "manifest_path": "/r/c/Cargo.toml"}]}}
      """, to: "build.json")
    let dumps = try DumpFolder(path: folder.path)
    #expect(dumps.units.map(\.id) == ["app-1", "core_lib-1"])
    #expect(dumps.units.map(\.isWorkspaceMember) == [true, false])
    #expect(dumps.missingUnits.map(\.id) == ["derive-1", "gone-1", "shared-1"])
    #expect(dumps.missingUnits.map(\.neededBy) == ["app-1", "", "core_lib-1"])
    let build = try #require(dumps.build)
    #expect(build.workspaceFolder == "/w")
    #expect(build.package(of: dumps.units[0])?.nativeLibraries == ["dylib=c", "z"])
    #expect(build.package(of: dumps.units[0])?.folder == "/w/app")
    #expect(build.package(of: dumps.units[1])?.checksum == "77")
    try folder.write("{]", to: "build.json")
    #expect(failure { try DumpFolder(path: folder.path) }?.file == folder.path + "/build.json")
  }
}
