import ArgumentParser
import Glibc
import Project

/// The program: parses the arguments, runs a command, and turns its end into an exit code.
@main
struct Main {
  static func main() {
    // A reader that has seen enough is no reason to die.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try MircapCommand.parseAsRoot()
      try command.run()
    } catch {
      exit(report(error))
    }
  }

  /// Tells the user what is wrong and gives the exit code for it: 0 for help, 1 if a given threshold says no, 2 for wrong
  /// usage, 3 for input that cannot be analysed.
  private static func report(_ error: any Error) -> Int32 {
    switch error {
    case let failure as Failure:
      Console.error(failure.description)
      return failure.exitCode
    case is Descriptor.ClosedByReader:
      return 0
    case let code as ExitCode:
      return code.rawValue
    default:
      let isHelp = MircapCommand.exitCode(for: error).isSuccess
      let message = MircapCommand.fullMessage(for: error)
      if !message.isEmpty { Console.print(message, to: isHelp ? STDOUT_FILENO : STDERR_FILENO) }
      return isHelp ? 0 : 2
    }
  }
}
