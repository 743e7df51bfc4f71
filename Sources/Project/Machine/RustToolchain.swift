/// A compiler and cargo, looked for as `scripts/dump` does.
public struct RustToolchain: Sendable, Equatable {
  /// The versions of rustc whose dumps the tests read.
  public static let oldestMinor = 85
  public static let newestMinor = 97

  public var compiler: String
  public var cargo: String
  /// `1.95.0`, `1.97.0-nightly`.
  public var release: String

  /// The minor version; `nil` where the release is not of the form that all have.
  public var minor: Int? {
    let parts = release.split(separator: ".")
    return parts.count >= 2 && parts[0] == "1" ? Int(parts[1]) : nil
  }

  /// The first pair of programs that runs: on the PATH, in cargo's folder, in `/usr/bin`.
  ///
  /// - Parameter compiler: the path of a rustc, beside which cargo stands or on the PATH; `nil` to look for one.
  public static func find(compiler: String? = nil) -> RustToolchain? {
    if let compiler {
      let beside = compiler.lastIndex(of: "/").map { compiler[...$0] + "cargo" } ?? "cargo"
      return toolchain(compiler, FileSystem.isProgram(beside) ? beside : "cargo")
    }
    let home = Environment["CARGO_HOME"] ?? (Environment["HOME"] ?? "/root") + "/.cargo"
    for folder in ["", home + "/bin/", "/usr/bin/"] {
      if let found = toolchain(folder + "rustc", folder + "cargo"), (found.minor ?? 0) >= oldestMinor { return found }
    }
    return toolchain("rustc", "cargo")
  }

  private static func toolchain(_ compiler: String, _ cargo: String) -> RustToolchain? {
    guard let version = Captured.output(of: compiler, ["-vV"]), Captured.output(of: cargo, ["--version"]) != nil,
      let line = version.split(separator: "\n").first(where: { $0.hasPrefix("release: ") })
    else { return nil }
    return RustToolchain(
      compiler: FileSystem.program(named: compiler) ?? compiler, cargo: FileSystem.program(named: cargo) ?? cargo,
      release: String(line.dropFirst("release: ".count)))
  }
}

/// What programs print, for questions to which silence is an answer too.
enum Captured {
  /// What a program prints; `nil` if it cannot be started or says no.
  static func output(of program: String, _ arguments: [String]) -> String? {
    let (ending, text) = run(program, arguments)
    return ending == .exit(0) ? text : nil
  }

  /// How a program ends, `nil` if it cannot be started, and what it prints to standard output and standard error.
  static func run(_ program: String, _ arguments: [String]) -> (ending: ChildProcess.Ending?, text: String) {
    var lines: [String] = []
    let process = ChildProcess(program: program, arguments: arguments)
    let ending = try? process.readMessages {
      if lines.count < 1000 { lines.append(String(decoding: $0, as: UTF8.self)) }
    }
    return (ending, lines.joined(separator: "\n"))
  }
}
