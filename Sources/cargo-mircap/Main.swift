import Glibc

/// `cargo mircap ...`: starts the `mircap` that stands beside this program, else the one on the PATH, with the same
/// arguments.
@main
struct Main {
  static func main() {
    var arguments = Array(CommandLine.arguments.dropFirst())
    // Cargo gives the subcommand's name as the first argument.
    if arguments.first == "mircap" { arguments.removeFirst() }
    var pointers = (["mircap"] + arguments).map { strdup($0) } + [nil]
    if let beside = programBeside() { execv(beside, &pointers) }
    execvp("mircap", &pointers)
    let message = "error: mircap is neither beside cargo-mircap nor on the PATH\n"
    _ = message.withCString { write(STDERR_FILENO, $0, strlen($0)) }
    exit(3)
  }

  private static func programBeside() -> String? {
    guard let path = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(path) }
    let own = String(cString: path)
    guard let slash = own.lastIndex(of: "/") else { return nil }
    return own[...slash] + "mircap"
  }
}
