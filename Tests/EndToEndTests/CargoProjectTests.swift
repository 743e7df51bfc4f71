import Foundation
import Testing

/// Cargo projects that are dumped and analysed in one go.
@Suite(.enabled(if: Shared.canDump, "no Rust toolchain"))
struct CargoProjectTests {
  private func project(_ source: String) throws -> TemporaryFolder {
    let folder = TemporaryFolder()
    try folder.write("[package]\nname = \"demo\"\nversion = \"0.1.0\"\nedition = \"2021\"\n", to: "Cargo.toml")
    try folder.write(source, to: "src/lib.rs")
    return folder
  }

  @Test func dumpsAreKeptInTheTargetFolder() throws {
    let folder = try project("pub fn read() -> Vec<u8> { std::fs::read(\"a\").unwrap() }\n")
    let outcome = try Program.mircap.run("analyze", folder.path, "--format", "json")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("\"fs.read\""))
    #expect(FileManager.default.fileExists(atPath: folder.path + "/target/mircap/build.json"))
    #expect(try Program.mircap.run("analyze", folder.path + "/Cargo.toml", "--format", "json").output == outcome.output)
  }

  @Test func policiesStandBesideTheManifest() throws {
    let folder = try project("pub fn read() -> Vec<u8> { std::fs::read(\"a\").unwrap() }\n")
    #expect(try Program.mircap.run("check", folder.path).status == 2)
    #expect(try Program.mircap.run("policy", "init", folder.path).status == 0)
    #expect(
      try folder.read("mircap.toml").contains("[crate.demo]\nallow = [\n  \"fs.read\", # std::fs::read in demo::read"))
    #expect(try Program.mircap.run("check", folder.path + "/Cargo.toml").status == 0)
    // Reports follow its labels, but let it silence nothing: it came with the project.
    let rules =
      "[[tag]]\npath = \"demo::read\"\nlabel = \"ours\"\n[[safe]]\npath = \"demo::read\"\nreason = \"trust me\"\n"
    try folder.write(rules, to: "mircap.toml")
    let report = try Program.mircap.run("analyze", folder.path, "--format", "json")
    #expect(report.output.contains("\"capability\":\"ours\"") && report.output.contains("\"capability\":\"fs.read\""))
    try folder.write("[[tag]]\npath = 1\n", to: "mircap.toml")
    let warned = try Program.mircap.run("analyze", folder.path)
    #expect(warned.status == 0)
    #expect(
      warned.errors.contains(
        "mircap.toml:2: `path`: expected a string, found an integer\n  its labels are not followed"))
  }

  @Test func whatDoesNotCompileIsShown() throws {
    let folder = try project("pub fn broken() -> u8 { \"text\" }\n")
    let outcome = try Program.mircap.run("analyze", folder.path)
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("mismatched types"))
    #expect(outcome.output.isEmpty)
  }

  @Test func whatDoesCompileIsAnalysedAllTheSame() throws {
    let folder = try project("pub fn read() -> Vec<u8> { std::fs::read(\"a\").unwrap() }\n")
    try folder.write("fn main() { broken() }\n", to: "src/main.rs")
    let outcome = try Program.mircap.run("analyze", folder.path, "--keep-going", "--format", "json")
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("\"demo::read\""))
    #expect(outcome.errors.contains("cannot find function"))
  }

  @Test func whatCfgsLeaveOutIsTold() throws {
    let folder = try project(
      """
      #[cfg(windows)]
      mod windows;
      #[cfg(test)]
      mod tests { #[test] fn f() { std::fs::remove_file("a").unwrap() } }
      pub fn quiet() {}
      """)
    try folder.write("pub fn run() { std::process::Command::new(\"cmd\").spawn().unwrap(); }\n", to: "src/windows.rs")
    let outcome = try Program.mircap.run("analyze", folder.path, "--format", "json")
    #expect(outcome.status == 0)
    #expect(
      outcome.output.contains(
        #""what":"mod windows","file":"src/lib.rs","line":2,"cfg":"windows","mayContain":["process.spawn"]"#))
    #expect(outcome.output.contains(#""notCompiledTests":1"#))
    #expect(!outcome.output.contains(#""capability":"process.spawn","authority""#))
  }

  @Test func directivesOfBuildScriptsAreTold() throws {
    let folder = try project("pub fn quiet() {}\n")
    try folder.write(
      """
      fn main() {
          println!("cargo:rustc-link-lib=m");
          println!("cargo:rustc-link-search=native=/nonexistent/demo");
          println!("cargo:rustc-link-arg=-Wl,--wrap=malloc");
      }
      """, to: "build.rs")
    let outcome = try Program.mircap.run("analyze", folder.path)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("links the library m (its build script)"))
    #expect(outcome.output.contains("has libraries looked for in native=/nonexistent/demo (its build script)"))
    #expect(outcome.output.contains("gives the linker the argument -Wl,--wrap=malloc"))
  }

  @Test func featuresSayWhatTheyBring() throws {
    let folder = try project(
      """
      #[cfg(feature = "files")]
      pub fn load() -> Vec<u8> { std::fs::read("a").unwrap() }
      #[cfg(feature = "broken")]
      pub fn broken() -> u8 { "text" }
      """)
    try folder.write(
      try folder.read("Cargo.toml") + "[features]\nfiles = []\nbroken = []\n", to: "Cargo.toml")
    let outcome = try Program.mircap.run(
      "analyze", folder.path, "--feature-matrix", "none;each", "--format", "json")
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("broken: "))
    #expect(outcome.output.contains(#""name":"files","failure":null"#))
    #expect(outcome.output.contains(#""capability":"fs.read","brought":true,"entry":"demo::load""#))
    let wrong = try Program.mircap.run("analyze", folder.path, "--feature-matrix", "none;a!b")
    #expect(wrong.status == 2)
    #expect(try Program.mircap.run("analyze", folder.path, "--feature-matrix", "none", "--all-features").status == 2)
  }
}
