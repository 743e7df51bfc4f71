import Foundation
import Project
import Testing

@testable import Nightly

/// What decides that nothing has changed, and small things.
@Suite struct FreshnessTests {
  private let folder = NightlyTestFolder()

  @Test func stampsHoldUntilSomethingChanges() throws {
    let file = folder.path + "/a.rs"
    try AtomicFile.write(Array("one".utf8), to: file)
    try FileManager.default.createDirectory(atPath: folder.path + "/src", withIntermediateDirectories: true)
    let lines = [
      "mircap-inputs/1", "identity " + InputStamp.hash(of: "me"), "result KEY",
    ]
    func stamp(_ more: [String]) throws -> String {
      let place = folder.path + "/stamp"
      let own = try #require(InputStamp.make(Self.noInputs, identity: "me", key: "KEY", start: .max, madeFiles: []))
      let variables = try #require(
        String(decoding: own, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("variables ") })
      try AtomicFile.write(
        Array((lines + [String(variables)] + more + ["end", ""]).joined(separator: "\n").utf8), to: place)
      return place
    }
    func result(_ more: [String], identity: String = "me") throws -> String? {
      var checker = InputStamp.Checker()
      return checker.result(ofStamp: try stamp(more), identity: identity)
    }
    let state = try #require(FileSystem.state(of: file))
    let fresh = "file \(state.size) \(state.modified) \(file)"
    let names = "folder \(FolderListing.signature(of: folder.path + "/src")) \(folder.path)/src"
    #expect(try result([fresh, names, "absent \(folder.path)/b.rs"]) == "KEY")
    #expect(try result([fresh], identity: "other") == nil)
    #expect(try result(["file \(state.size) \(state.modified + 1) \(file)"]) == nil)
    #expect(try result(["absent \(file)"]) == nil)
    #expect(try result(["nonsense here"]) == nil)
    try AtomicFile.write([], to: folder.path + "/src/new.rs")
    #expect(try result([fresh, names]) == nil)
    let place = try stamp([fresh])
    var bytes = try #require(FileSystem.contents(of: place, limit: 1 << 20))
    bytes.removeLast(2)
    try AtomicFile.write(bytes, to: place)
    var checker = InputStamp.Checker()
    #expect(checker.result(ofStamp: place, identity: "me") == nil, "a stamp that was cut off")
  }

  private static let noInputs = InputList()

  @Test func amountsAreReadAndShown() {
    #expect(Amounts.bytes("1.5 GB") == 1_610_612_736)
    #expect(Amounts.bytes("512MiB") == 512 << 20)
    #expect(Amounts.seconds("15 min") == 900)
    #expect(Amounts.seconds("30 days") == 2_592_000)
    for text in ["", "3", "GB", "-1 GB", "1 parsec", "1e9 TB", "9999999999999 TB"] {
      #expect(Amounts.bytes(text) == nil, "\(text)")
    }
    #expect(Amounts.text(bytes: 1536) == "1.5 kB" && Amounts.text(seconds: 125) == "2 min 5 s")
  }

  @Test func namesOfTargetsBecomeNamesOfFiles() {
    #expect(Target.fileName(of: "serde@1.0.1+derive") == "serde@1.0.1+derive")
    #expect(Target.fileName(of: "../a b") == "=2e.=2fa=20b")
    #expect(Target.fileName(of: ".") != ".")
  }

  @Test func reasonsAreHeadlines() throws {
    let log = folder.path + "/log"
    let text = """
      \u{1B}[1m\u{1B}[91merror[E0308]\u{1B}[0m: mismatched types
       --> src/lib.rs:1:25
      error: could not compile `demo` (lib) due to 1 previous error
      thread 'main' (4711) panicked at build.rs:2:5:
      error: Cargo.toml: it does not compile (cargo's messages are above)
      """
    try AtomicFile.write(Array(text.utf8), to: log)
    #expect(
      BuildMessages.reason(inLog: log)
        == "error: could not compile `demo` (lib) due to 1 previous error\nerror[E0308]: mismatched types\nthread 'main' panicked at build.rs:2:5:"
    )
  }

  @Test func hashesAreThoseOfTheStandard() {
    #expect(
      SHA256.text(SHA256.hash(Array("abc".utf8))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(SHA256.text(SHA256.hash([])) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    var hash = SHA256()
    for _ in 0..<1000 { hash.add(Array("a234567".utf8)) }
    #expect(hash.finish() == SHA256.hash(Array(String(repeating: "a234567", count: 1000).utf8)))
  }
}
