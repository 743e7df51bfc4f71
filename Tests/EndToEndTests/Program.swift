import Foundation
import Testing

/// The built programs, run as users run them.
struct Program {
  /// What a run printed, and its exit code.
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  static let mircap = Program(name: "mircap")
  static let cargoMircap = Program(name: "cargo-mircap")

  var name: String

  /// The program stands beside the tests.
  var path: String {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return tests.deletingLastPathComponent().appendingPathComponent(name).path
  }

  /// Runs the program to its end, with a cache of the tests' own.
  func run(_ arguments: [String], input: String = "", environment: [String: String] = [:]) throws -> Outcome {
    try Program.run(path, arguments, input: input, environment: environment)
  }

  func run(_ arguments: String...) throws -> Outcome { try run(arguments) }

  static func run(
    _ path: String, _ arguments: [String], input: String = "", environment: [String: String] = [:]
  ) throws -> Outcome {
    let files = TemporaryFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment
      .merging(["XDG_CACHE_HOME": Shared.folder.path + "/cache"]) { $1 }.merging(environment) { $1 }
    // Files instead of pipes: a pipe that nobody empties stops the program.
    process.standardInput = try FileHandle(forReadingFrom: files.write(input, to: "input"))
    process.standardOutput = try FileHandle(forWritingTo: files.write("", to: "output"))
    process.standardError = try FileHandle(forWritingTo: files.write("", to: "errors"))
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit, "\(path) was ended by a signal")
    return Outcome(
      status: process.terminationStatus, output: try files.read("output"), errors: try files.read("errors"))
  }
}

/// A folder that vanishes with its last user.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("mircap-test-" + UUID().uuidString).path
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult
  func write(_ text: String, to name: String) throws -> URL { try write(Data(text.utf8), to: name) }

  @discardableResult
  func write(_ data: Data, to name: String) throws -> URL {
    let url = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
    return url
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path).appendingPathComponent(name)), as: UTF8.self)
  }
}

/// What several tests use.
enum Shared {
  static let folder = TemporaryFolder()

  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// Whether there is a Rust toolchain; the tests that dump need one.
  static let canDump = (try? Program.run("/usr/bin/env", ["cargo", "--version"]).status) == 0

  /// A dump of the example workspace.
  static let exampleDump: Result<String, any Error> = Result {
    let dump = folder.path + "/example"
    let outcome = try Program.mircap.run("dump", repository + "/docs/example", "--output", dump)
    guard outcome.status == 0 else { throw Problem(text: outcome.errors) }
    return dump
  }

  struct Problem: Error {
    var text: String
  }
}
