import CJSONC
import CZlib
import Glibc
import Synchronization

/// Looks whether a machine has what mircap needs: `mircap doctor`.
public struct MachineChecks: Sendable {
  /// A rustup name or the path of a rustc; `nil` for the default.
  public var toolchain: String?
  public var sandbox = SandboxMode.auto
  public var cache = CacheFolder.standard()

  public init() {}

  /// All checks, in the order in which what they look at is used. Nothing that mircap does not need is changed; files are
  /// made in the cache folder and in a temporary one.
  public func run() -> [MachineCheck] {
    var checks = [compiler(), linker(), shell(), confinement(), cacheFolder(), temporaryFolder()]
    // Without those a trial would fail for a reason that is told already.
    if !checks.contains(where: { $0.status == .problem }) { checks.append(trial()) }
    return checks + [disk(), machine()] + Self.libraries + Self.optionalPrograms
  }

  private func compiler() -> MachineCheck {
    let name = "Rust toolchain"
    let install =
      "install one (rustup, or Debian's rustc-web and cargo-web: scripts/install-dependencies), or --toolchain"
    var found: RustToolchain?
    if let toolchain, !toolchain.contains("/") {
      guard let path = Captured.output(of: "rustup", ["which", "--toolchain", toolchain, "rustc"]) else {
        return MachineCheck(name, .problem, "rustup has no toolchain \(toolchain)", advice: "rustup toolchain list")
      }
      found = RustToolchain.find(compiler: path)
    } else {
      found = RustToolchain.find(compiler: toolchain)
    }
    guard let found else {
      return MachineCheck(name, .problem, "no rustc and cargo that run", advice: install)
    }
    let what = "rustc \(found.release) (\(found.compiler))"
    let range = "1.\(RustToolchain.oldestMinor) to 1.\(RustToolchain.newestMinor)"
    guard let minor = found.minor, minor >= RustToolchain.oldestMinor else {
      return MachineCheck(name, .problem, what + " is older than 1.\(RustToolchain.oldestMinor)", advice: install)
    }
    guard minor <= RustToolchain.newestMinor else {
      return MachineCheck(
        name, .warning, what + " is newer than what mircap is tested with (\(range))",
        advice: "reports say what could not be read; --toolchain chooses another")
    }
    return MachineCheck(name, .ok, what + "; \(range) are tested")
  }

  private func linker() -> MachineCheck {
    guard let path = FileSystem.program(named: "cc") else {
      return MachineCheck(
        "C linker", .problem, "there is no cc on the PATH: build scripts and proc macros cannot be linked",
        advice: "on Debian: apt-get install gcc libc6-dev")
    }
    return MachineCheck("C linker", .ok, path)
  }

  private func shell() -> MachineCheck {
    let needed = ["bash", "flock", "sha256sum", "realpath", "find", "grep", "sed", "awk", "xargs"]
    let missing = needed.filter { FileSystem.program(named: $0) == nil }
    guard missing.isEmpty else {
      return MachineCheck(
        "shell programs", .problem, "not on the PATH: \(missing.joined(separator: ", "))",
        advice: "on Debian: apt-get install bash util-linux coreutils findutils grep sed mawk")
    }
    return MachineCheck("shell programs", .ok, "bash and what the dump script uses")
  }

  private func confinement() -> MachineCheck {
    let name = "sandbox"
    let severity = sandbox == .bwrap ? MachineCheck.Status.problem : .warning
    if sandbox == .off {
      return MachineCheck(name, .warning, "switched off: build scripts and proc macros run unconfined")
    }
    guard FileSystem.program(named: "bwrap") != nil else {
      return MachineCheck(
        name, severity, "bubblewrap is not installed: build scripts and proc macros run unconfined",
        advice: "on Debian: apt-get install bubblewrap")
    }
    let (ending, text) = Captured.run(
      "bwrap",
      [
        "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--ro-bind", "/", "/", "--dev",
        "/dev",
        "--proc", "/proc", "true",
      ])
    guard ending == .exit(0) else {
      let reason = text.split(separator: "\n").first.map(String.init) ?? "it does not start"
      return MachineCheck(
        name, severity, "bubblewrap does not work here (\(reason)): build scripts and proc macros run unconfined",
        advice:
          "it needs user namespaces: kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns, "
          + "or a container that allows them")
    }
    return MachineCheck(name, .ok, "bubblewrap works")
  }

  private func cacheFolder() -> MachineCheck {
    let probe = "\(cache.path)/doctor-\(getpid())"
    do {
      try cache.store([], at: probe)
      FileSystem.remove(probe)
      return MachineCheck("cache folder", .ok, cache.path)
    } catch {
      return MachineCheck(
        "cache folder", .problem, "\(error)", advice: "XDG_CACHE_HOME chooses another folder; --no-cache keeps no facts"
      )
    }
  }

  private func temporaryFolder() -> MachineCheck {
    do {
      return MachineCheck(
        "temporary folder", .ok,
        try TemporaryFolder().path.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 })
    } catch {
      return MachineCheck("temporary folder", .problem, "\(error)", advice: "TMPDIR chooses another folder")
    }
  }

  /// Dumps a crate of one function.
  private func trial() -> MachineCheck {
    let name = "trial"
    do {
      let folder = try TemporaryFolder()
      let manifest = "[package]\nname = \"trial\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n[workspace]\n"
      try FileSystem.makeFolder(folder.path + "/src")
      try AtomicFile.write(Array(manifest.utf8), to: folder.path + "/Cargo.toml")
      try AtomicFile.write(Array("pub fn answer() -> u8 { 42 }\n".utf8), to: folder.path + "/src/lib.rs")
      var request = DumpRequest(project: folder.path, output: folder.path + "/dump")
      request.toolchain = toolchain
      request.sandbox = sandbox
      request.offline = true
      request.verbosity = .quiet
      let heard = Heard()
      do {
        _ = try Dumper(cache: cache).dump(
          request, listener: DumpListener(progress: { _ in }, message: { heard.add($0) }))
      } catch {
        return MachineCheck(
          name, .problem, "a crate of one function cannot be dumped: \(heard.text)",
          advice: "mircap analyze --verbose shows more of what cargo and rustc say")
      }
      return try withExtendedLifetime(folder) {
        let units = try DumpFolder(path: folder.path + "/dump").units
        guard units.count == 1, DumpForm.allCases.allSatisfy({ units[0].dumpFile($0) != nil }) else {
          return MachineCheck(name, .problem, "the dump of a crate of one function is not whole")
        }
        return MachineCheck(name, .ok, "a crate of one function was compiled and dumped")
      }
    } catch {
      return MachineCheck(name, .problem, "\(error)")
    }
  }

  private func disk() -> MachineCheck {
    var status = statvfs()
    guard statvfs(".", &status) == 0 else {
      return MachineCheck("disk", .warning, "the space in this folder is not known: \(SystemError.lastMessage())")
    }
    let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
    let text = "\(Self.gigabytes(free)) free in this folder"
    if free < 4 << 30 {
      return MachineCheck(
        "disk", .warning, text,
        advice: "dumps of a large project take gigabytes; --dump-dir chooses where they are kept")
    }
    return MachineCheck("disk", .ok, text)
  }

  private func machine() -> MachineCheck {
    let memory = UInt64(max(0, sysconf(Int32(_SC_PHYS_PAGES)))) * UInt64(max(0, sysconf(Int32(_SC_PAGESIZE))))
    let processors = ParallelWork.processorCount
    let text = "\(processors) processor\(processors == 1 ? "" : "s"), \(Self.gigabytes(memory)) of memory"
    if memory < 2 << 30 {
      return MachineCheck(
        "machine", .warning, text, advice: "large projects need more; --jobs 1 makes do with less")
    }
    return MachineCheck("machine", .ok, text)
  }

  private static func gigabytes(_ bytes: UInt64) -> String {
    let tenths = bytes / (1 << 30 / 10)
    return "\(tenths / 10).\(tenths % 10) GiB"
  }

  private static var libraries: [MachineCheck] {
    [
      MachineCheck("json-c", .ok, String(cString: json_c_version())),
      MachineCheck("zlib", .ok, String(cString: zlibVersion())),
    ]
  }

  private static var optionalPrograms: [MachineCheck] {
    [
      ("git", "git", "mircap diff of revisions", "git"), ("binutils", "readelf", "mircap verify", "binutils"),
      ("Graphviz", "dot", "mircap analyze --format svg", "graphviz"),
    ].map { name, program, use, package in
      if let path = FileSystem.program(named: program) { return MachineCheck(name, .ok, path) }
      return MachineCheck(
        name, .warning, "there is no \(program) on the PATH: \(use) needs it",
        advice: "on Debian: apt-get install \(package)")
    }
  }
}

/// Messages from any thread, the last few.
private final class Heard: Sendable {
  private let lines = Mutex<[String]>([])

  func add(_ line: String) {
    lines.withLock { lines in
      lines.append(line)
      if lines.count > 20 { lines.removeFirst() }
    }
  }

  var text: String { lines.withLock { $0.joined(separator: "; ") } }
}
