import ArgumentParser
import Reports

/// `mircap manual`: the manual page, for `scripts/install` and packagers.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print the manual page mircap(1).", shouldDisplay: false)

  func run() throws {
    let root = try CommandDescription.root()
    try ResultOutput().write { output in
      var page = ManualPage(root: root, version: mircapVersion)
      page.write(to: &output)
    }
  }
}
