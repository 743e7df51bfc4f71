import Foundation
import Testing

/// Plans with targets of all kinds, over two nights.
@Suite(.enabled(if: Shared.canDump, "no Rust toolchain"), .serialized)
struct NightlyTests {
  private let folder = TemporaryFolder()

  private func write(project name: String, _ source: String, build: String? = nil) throws {
    try folder.write(
      "[package]\nname = \"\(name)\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[workspace]\n", to: "\(name)/Cargo.toml")
    try folder.write(source, to: "\(name)/src/lib.rs")
    if let build { try folder.write(build, to: "\(name)/build.rs") }
  }

  private func nightly(_ arguments: String...) throws -> Program.Outcome {
    // What goes in must be older than the run that looks at it.
    usleep(100_000)
    return try Program.mircap.run(["nightly", folder.path + "/plan.toml"] + arguments)
  }

  private var store: [String] { ["--store", folder.path + "/mircap-nightly/store.sqlite"] }

  private func digest(ofRun run: Int) throws -> [String: Any] {
    let text = try folder.read("mircap-nightly/runs/\(run)/digest.json")
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func targets(ofRun run: Int) throws -> [String: [String: Any]] {
    let targets = try #require(try digest(ofRun: run)["targets"] as? [[String: Any]])
    return Dictionary(uniqueKeysWithValues: try targets.map { (try #require($0["target"] as? String), $0) })
  }

  @Test func eachTargetEndsInItsWay() throws {
    try write(project: "good", "pub fn read() -> Vec<u8> { std::fs::read(\"a\").unwrap() }\n")
    try write(project: "broken", "pub fn broken() -> u8 { \"text\" }\n")
    try write(
      project: "hanging", "", build: "fn main() { loop { std::thread::sleep(std::time::Duration::from_secs(1)) } }\n")
    try write(
      project: "greedy", "",
      build: "fn main() { let mut all = Vec::new(); loop { all.push(vec![1u8; 1 << 20]); } }\n")
    try folder.write(
      """
      [plan]
      name = "kinds"
      [defaults]
      time = "60 s"
      memory = "1 GB"
      [[project]]
      path = "good"
      [[project]]
      path = "broken"
      [[project]]
      path = "hanging"
      time = "4 s"
      [[project]]
      path = "greedy"
      memory = "500 MB"
      [[project]]
      path = "nowhere"
      """, to: "plan.toml")
    let outcome = try nightly()
    #expect(outcome.status == 0, "\(outcome.errors)")
    let targets = try targets(ofRun: 1)
    #expect(targets["good"]?["status"] as? String == "analysed")
    #expect(targets["broken"]?["status"] as? String == "does-not-build")
    #expect((targets["broken"]?["reason"] as? String)?.contains("mismatched types") == true)
    #expect(targets["hanging"]?["status"] as? String == "time")
    #expect(targets["hanging"]?["reason"] as? String == "stopped after 4 s")
    #expect(targets["greedy"]?["status"] as? String == "memory")
    #expect(targets["nowhere"]?["status"] as? String == "failed")
    #expect(outcome.output.contains("5 targets: 1 analysed, 1 does-not-build, 1 time, 1 memory, 1 failed; 0 as before"))
    #expect(outcome.output.contains("good 0.1.0 (run): fs.read"))
    let left = try Program.run("/usr/bin/env", ["pgrep", "-f", folder.path])
    #expect(left.output.isEmpty, "processes are left: \(left.output)")
  }

  @Test func interruptedRunsAreCompleted() throws {
    try write(project: "good", "pub fn read() -> Vec<u8> { std::fs::read(\"a\").unwrap() }\n")
    try write(project: "slow", "", build: "fn main() { std::thread::sleep(std::time::Duration::from_secs(600)) }\n")
    try folder.write(
      "[plan]\njobs = 1\n[[project]]\npath = \"good\"\n[[project]]\npath = \"slow\"\n", to: "plan.toml")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.mircap.path)
    process.arguments = ["nightly", folder.path + "/plan.toml"]
    process.environment = ProcessInfo.processInfo.environment
      .merging(["XDG_CACHE_HOME": Shared.folder.path + "/cache"]) { $1 }
    let errors = try folder.write("", to: "errors")
    process.standardError = try FileHandle(forWritingTo: errors)
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let session = folder.path + "/mircap-nightly/runs/1/targets/slow.json.session"
    for _ in 0..<1200 where !FileManager.default.fileExists(atPath: session) { usleep(50_000) }
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 3)
    #expect(try folder.read("errors").contains("--resume completes the run"))
    #expect(try Program.run("/usr/bin/env", ["pgrep", "-f", folder.path]).output.isEmpty, "processes are left")

    try write(project: "slow", "", build: "fn main() {}\n")
    let resumed = try nightly("--resume", "--verbose")
    #expect(resumed.status == 0)
    #expect(resumed.errors.contains("run 1: 2 targets, 1 to look at"))
    #expect(resumed.output.contains("2 targets: 2 analysed"))
    #expect(try nightly("--resume").errors.contains("there is no run to complete"))
  }

  @Test func theNetworkIsOutOfReach() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
        bind(listener, name, length) == 0 && listen(listener, 1) == 0 && getsockname(listener, name, &length) == 0
      }
    }
    try #require(bound)
    _ = fcntl(listener, F_SETFL, O_NONBLOCK)
    try write(
      project: "caller", "",
      build:
        "fn main() { let _ = std::net::TcpStream::connect(\"127.0.0.1:\(UInt16(bigEndian: address.sin_port))\"); }\n")
    try folder.write("[[project]]\npath = \"caller\"\nsandbox = \"bwrap\"\n", to: "plan.toml")
    let outcome = try nightly()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try targets(ofRun: 1)["caller"]?["status"] as? String == "analysed")
    #expect(accept(listener, nil, nil) < 0, "the build script reached the network")
    let uses = try Program.mircap.run(["who-can", "net"] + store)
    #expect(uses.output.contains("caller 0.1.0 (build-script): net.connect, itself, since run 1"))
    #expect(uses.output.contains("build_script_build::main  build.rs:1"))
  }

  @Test func theDigestSaysExactlyWhatChanged() throws {
    try write(project: "library", "pub fn quiet() {}\npub fn read() -> Vec<u8> { std::fs::read(\"a\").unwrap() }\n")
    try write(project: "other", "pub fn now() -> std::time::Instant { std::time::Instant::now() }\n")
    try write(project: "flaky", "pub fn broken() -> u8 { \"text\" }\n")
    let plan = """
      [[project]]
      path = "library"
      [[project]]
      path = "other"
      [[project]]
      path = "flaky"
      [rules]
      new-capability = ["process"]
      new-build-script = true
      """
    try folder.write(plan, to: "plan.toml")
    #expect(try nightly().status == 0)

    // Nothing changes: cargo is not asked about what is analysed.
    let second = try nightly("--verbose")
    #expect(second.status == 0)
    #expect(second.output.contains("3 targets: 2 analysed, 1 does-not-build; 3 as before"))
    #expect(second.output.contains("Nothing is new."))
    #expect(second.errors.contains("run 2: 3 targets, 1 to look at"))

    try write(
      project: "library",
      "pub fn quiet() { std::process::Command::new(\"a\").spawn().unwrap(); }\npub fn write() { std::fs::write(\"a\", \"\").unwrap() }\n",
      build: "fn main() { println!(\"cargo:rerun-if-changed=build.rs\"); }\n")
    try write(project: "flaky", "pub fn fine() -> u8 { 1 }\n")
    let third = try nightly()
    #expect(third.status == 1, "a rule of the plan says no: \(third.errors)")
    let targets = try targets(ofRun: 3)
    #expect(targets["other"]?["kind"] as? String == "unchanged")
    #expect(targets["flaky"]?["kind"] as? String == "recovered")
    let library = try #require(targets["library"])
    #expect(library["kind"] as? String == "changed")
    let changes = try #require(library["changes"] as? [[String: Any]])
    func changed(_ what: String, _ side: String) -> [String] {
      changes.filter { $0["what"] as? String == what }.flatMap { $0[side] as? [String] ?? [] }.sorted()
    }
    #expect(Set(changed("capability", "added")).isSuperset(of: ["fs.write", "process.spawn"]))
    #expect(Set(changed("capability", "removed")).isSuperset(of: ["fs.read"]))
    #expect(changed("entry", "added").contains("library::write"))
    #expect(changed("entry", "removed").contains("library::read"))
    #expect(changed("build-script", "added").count == 1)
    let violations = try #require(try digest(ofRun: 3)["violations"] as? [[String: Any]])
    #expect(Set(violations.compactMap { $0["rule"] as? String }) == ["new-capability", "new-build-script"])

    let history = try Program.mircap.run(["history", "library"] + store)
    #expect(history.output.contains("runs 1 to 2"))
    #expect(history.output.contains("+fs.write +process.spawn"))
    let trends = try Program.mircap.run(["trends"] + store)
    #expect(trends.output.split(separator: "\n").filter { $0.first?.isNumber == true }.count == 3)
    let page = try folder.read("mircap-nightly/runs/3/digest.html")
    #expect(page.contains("<svg") && page.contains("std::process::Command::spawn"))
    #expect(try folder.read("mircap-nightly/runs/3/digest.md").contains("library"))
  }

  @Test func cratesOfAVendorFolderAreTargets() throws {
    for (version, body) in [("1.0.0", ""), ("1.1.0", "std::fs::remove_file(\"a\").unwrap()")] {
      try folder.write(
        """
        [package]
        name = "tool"
        version = "\(version)"
        edition = "2021"
        [features]
        extra = []
        """, to: "vendor/tool-\(version)/Cargo.toml")
      try folder.write(
        "pub fn run() { \(body) }\n#[cfg(feature = \"extra\")]\npub fn extra() { std::process::exit(1) }\n",
        to: "vendor/tool-\(version)/src/lib.rs")
      try folder.write("{\"files\": {}, \"package\": null}", to: "vendor/tool-\(version)/.cargo-checksum.json")
    }
    try folder.write("# what is looked at\ntool =1.0.0\n", to: "list.txt")
    try folder.write(
      """
      [mirror.local]
      vendor = "vendor"
      [[crate]]
      name = "tool"
      version = "^1"
      feature-sets = [[], ["extra"]]
      [[list]]
      file = "list.txt"
      """, to: "plan.toml")
    let outcome = try nightly()
    #expect(outcome.status == 0, "\(outcome.errors)")
    let targets = try targets(ofRun: 1)
    #expect(Set(targets.keys) == ["tool", "tool+default", "tool+extra"])
    #expect(targets.values.allSatisfy { $0["status"] as? String == "analysed" })
    #expect(outcome.output.contains("tool 1.1.0 (run): fs.write"))
    let uses = try Program.mircap.run(["who-can", "process.exit"] + store)
    #expect(uses.output.contains("in tool+extra\n"))
  }

  @Test func revisionsOfClonesAreTargets() throws {
    try write(project: "clone", "pub fn quiet() {}\n")
    func git(_ arguments: String...) throws {
      let outcome = try Program.run(
        "/usr/bin/git", ["-C", folder.path + "/clone", "-c", "user.name=a", "-c", "user.email=a@b.c"] + arguments)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    try git("init", "-q", "-b", "main")
    try git("add", ".")
    try git("commit", "-q", "-m", "one")
    try folder.write("[[git]]\nrepository = \"clone\"\nrevision = \"main\"\n", to: "plan.toml")
    #expect(try nightly().status == 0)
    try write(project: "clone", "pub fn quiet() { std::process::exit(1) }\n")
    #expect(try nightly().output.contains("Nothing is new."))
    try git("commit", "-q", "-a", "-m", "two")
    let third = try nightly()
    #expect(third.output.contains("+ process.exit"))
    #expect(try targets(ofRun: 3)["clone@main"]?["kind"] as? String == "changed")
  }

  @Test func mistakesInPlansAreToldWithTheirLines() throws {
    for (plan, message) in [
      ("[plan]\nname = 1\n", "plan.toml:2: `name`: expected a string, found an integer"),
      ("[[project]]\npath = \"a\"\ntime = \"soon\"\n", "plan.toml:3: `time`: expected a time, such as \"15 min\""),
      ("[[crate]]\nname = \"a\"\n", "plan.toml:1: say which `mirror` holds it"),
      ("[[project]]\npaht = \"a\"\n", "plan.toml:2: there is no key `paht` in [[project]]"),
      (
        "[rules]\nnew-capability = [\"fs.raed\"]\n[[project]]\npath = \"a\"\n",
        "plan.toml:2: there is no capability `fs.raed`"
      ),
      ("[[project]]\npath = \"a\"\n[[project]]\npath = \"b/a\"\n", "plan.toml:3: two targets are named `a`"),
      ("", "plan.toml:1: names nothing to analyse"),
    ] {
      try folder.write(plan, to: "plan.toml")
      let outcome = try nightly()
      #expect(outcome.status == 2, "\(plan)")
      #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }
  }
}
