import Glibc

/// Runs a program and waits for it.
public struct ChildProcess: Sendable {
  /// A path, or a name that is looked for on the PATH.
  public var program: String
  /// The arguments after the program's name.
  public var arguments: [String]
  /// Variables to set in addition to those of this process.
  public var environment: [String: String]

  public init(program: String, arguments: [String], environment: [String: String] = [:]) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
  }

  /// How a program ended.
  public enum Ending: Equatable, Sendable {
    case exit(Int32)
    case signal(Int32)
  }

  /// Runs the program with nothing on its standard input; what it prints goes to standard error.
  ///
  /// - Throws: a `Failure` if it cannot be started.
  func run() throws -> Ending { try wait(for: try start(output: STDERR_FILENO)) }

  /// Starts the program in a session of its own, with nothing on its standard input, and does not wait for it.
  ///
  /// - Parameter log: the file that takes what it prints; what was in it is gone.
  /// - Returns: the number of the process, which is also that of its session.
  /// - Throws: a `Failure` if it cannot be started or the file cannot be written.
  public func startSession(log: String) throws -> pid_t {
    let file = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw Failure("cannot be written: \(SystemError.lastMessage())", file: log) }
    defer { close(file) }
    return try start(output: file, errors: file, newSession: true)
  }

  /// Runs the program and hands on what it prints to standard output and to standard error, line by line; a carriage return
  /// ends a line too.
  ///
  /// - Throws: as `readLines`.
  func readMessages(longestLine: Int = 1 << 20, _ body: (UnsafeRawBufferPointer) throws -> Void) throws -> Ending {
    try readOutput(longestLine: longestLine, withErrors: true, body)
  }

  /// Runs the program and hands on what it prints, line by line without the line's end, as it comes.
  ///
  /// - Parameters:
  ///   - longestLine: a longer line is an error.
  ///   - body: what to do with each line.
  /// - Throws: a `Failure` if the program cannot be started or prints a line that is too long, and what `body` throws;
  ///   the program is ended then.
  public func readLines(longestLine: Int = 1 << 20, _ body: (UnsafeRawBufferPointer) throws -> Void) throws -> Ending {
    try readOutput(longestLine: longestLine, withErrors: false, body)
  }

  private func readOutput(
    longestLine: Int, withErrors: Bool, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Ending {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Failure(SystemError.lastMessage(), file: program) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let process: pid_t
    do {
      defer { close(ends[1]) }
      process = try start(output: ends[1], errors: withErrors ? ends[1] : nil)
    }
    do {
      // Progress ends in carriage returns alone.
      let lineEnds: [UInt8] = withErrors ? [UInt8(ascii: "\n"), UInt8(ascii: "\r")] : [UInt8(ascii: "\n")]
      try splitLines(from: ends[0], longestLine, ends: lineEnds, body)
    } catch {
      kill(process, SIGKILL)
      _ = try? wait(for: process)
      throw error
    }
    return try wait(for: process)
  }

  private func splitLines(
    from descriptor: Int32, _ longestLine: Int, ends: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var pending: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(SystemError.lastMessage(), file: program) }
      if count == 0 { break }
      pending += buffer[..<count]
      var start = 0
      try pending.withUnsafeBytes { bytes in
        while let end = bytes[start...].firstIndex(where: ends.contains) {
          try body(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
          start = end + 1
        }
      }
      pending.removeFirst(start)
      guard pending.count <= longestLine else {
        throw Failure("printed a line of more than \(longestLine) bytes", file: program)
      }
    }
    if !pending.isEmpty { try pending.withUnsafeBytes { try body($0) } }
  }

  /// - Parameter errors: where its standard error goes; `nil` for that of this process.
  private func start(output: Int32, errors: Int32? = nil, newSession: Bool = false) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    if let errors { posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // This process ignores SIGPIPE; programs expect the default.
    var defaults = sigset_t()
    sigemptyset(&defaults)
    sigaddset(&defaults, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    // POSIX_SPAWN_SETSID, which the headers give to programs of GNU extensions only.
    let session: Int16 = newSession ? 0x80 : 0
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF) | session)

    var process = pid_t()
    let status = Self.withCStrings([program] + arguments) { argv in
      Self.withCStrings(variables()) { envp in posix_spawnp(&process, program, &actions, &attributes, argv, envp) }
    }
    guard status == 0 else { throw Failure("cannot be started: \(SystemError.message(status))", file: program) }
    return process
  }

  private func wait(for process: pid_t) throws -> Ending {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { throw Failure(SystemError.lastMessage(), file: program) }
    }
    let signal = status & 0x7F
    return signal == 0 ? .exit((status >> 8) & 0xFF) : .signal(signal)
  }

  private func variables() -> [String] {
    var variables: [String] = []
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      if environment[String(text.prefix { $0 != "=" })] == nil { variables.append(text) }
      next += 1
    }
    return variables + environment.map { "\($0.key)=\($0.value)" }.sorted()
  }

  private static func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return body(&pointers)
  }
}
