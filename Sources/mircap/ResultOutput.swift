import Glibc
import Project
import Reports

/// Where a result goes: standard output, or a file that appears when it is complete.
struct ResultOutput {
  /// `nil` or `-` for standard output.
  var file: String?

  private var path: String? { file == "-" ? nil : file }

  /// Whether the result is read on a terminal that may be shown colours.
  private var isOnColorTerminal: Bool {
    guard path == nil, Descriptor.isTerminal(STDOUT_FILENO), Environment["TERM"] != "dumb" else { return false }
    return (Environment["NO_COLOR"] ?? "").isEmpty
  }

  /// How many columns a line may have: as `COLUMNS` says, else those of the terminal, else 100. Longer lines than 160 are
  /// hard to read.
  private var width: Int {
    let said = Environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    let columns = path == nil ? Descriptor.columns(of: STDOUT_FILENO) : nil
    return min(said ?? columns ?? 100, 160)
  }

  /// How text is laid out there.
  func style(_ messages: MessageOptions? = nil) -> TextStyle {
    let color =
      switch messages?.color ?? .auto {
      case .auto: isOnColorTerminal
      case .always: true
      case .never: false
      }
    return TextStyle(width: width, color: color, verbose: messages?.verbose ?? false, quiet: messages?.quiet ?? false)
  }

  /// Writes what `body` prints.
  ///
  /// - Throws: a `Failure` that names the file, `ClosedByReader`, and what `body` throws.
  func write(_ body: (inout ByteOutput) throws -> Void) throws {
    guard let path else { return try write(to: STDOUT_FILENO, name: "standard output", body) }
    // A device or a pipe cannot be replaced by a file.
    if FileSystem.exists(path), !FileSystem.isFile(path) {
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw Failure("cannot be written", file: path) }
      defer { close(descriptor) }
      return try write(to: descriptor, name: path, body)
    }
    let file = try AtomicFile(path: path)
    var output = ByteOutput { try $0.withUnsafeBytes { try file.append($0) } }
    try body(&output)
    try output.finish()
    try file.commit()
  }

  private func write(to descriptor: Int32, name: String, _ body: (inout ByteOutput) throws -> Void) throws {
    var output = ByteOutput { bytes in
      try bytes.withUnsafeBytes { try Descriptor.write($0, to: descriptor, name: name) }
    }
    try body(&output)
    try output.finish()
  }
}
