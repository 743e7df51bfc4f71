import ArgumentParser
import Project

/// A command as ArgumentParser describes it.
struct CommandDescription {
  /// An option, a flag or an argument.
  struct Argument {
    /// `--format`, `-h`; empty for one that is told by its place.
    var names: [String]
    var valueName: String
    var takesValue: Bool
    var isOptional: Bool
    var isRepeating: Bool
    var abstract: String
    var values: [String]
    var defaultValue: String
    var section: String

    /// Two commands that have such an option have the same one.
    var identity: String { names.joined(separator: ",") + "|" + abstract + "|" + values.joined(separator: ",") }
  }

  /// `mircap`, `mircap policy init`.
  var name: String
  var abstract: String
  var discussion: String
  var arguments: [Argument]
  var subcommands: [CommandDescription]

  /// The whole command line.
  ///
  /// - Throws: a `Failure` if the library describes it in another form than expected.
  static func root() throws -> CommandDescription {
    var reader = JSONReader()
    reader.maximumSize = 64 << 20
    let text = Array(MircapCommand._dumpHelp().utf8)
    let json = try text.withUnsafeBytes { try reader.read($0, name: "description of the command line") }
    guard let command = json["command"] else { throw Failure("the command line has no description") }
    return CommandDescription(command, parents: [])
  }

  private init(_ json: JSONValue, parents: [String]) {
    let path = parents + [json["commandName"]?.string ?? ""]
    name = path.joined(separator: " ")
    abstract = json["abstract"]?.string ?? ""
    discussion = json["discussion"]?.string ?? ""
    arguments = (json["arguments"]?.array ?? []).filter { $0["shouldDisplay"]?.boolean != false }.map(Argument.init)
    subcommands = (json["subcommands"]?.array ?? [])
      .filter { $0["shouldDisplay"]?.boolean != false && $0["commandName"]?.string != "help" }
      .map { CommandDescription($0, parents: path) }
  }

  /// This command and all below it.
  var all: [CommandDescription] { [self] + subcommands.flatMap(\.all) }
}

extension CommandDescription.Argument {
  fileprivate init(_ json: JSONValue) {
    names = (json["names"]?.array ?? []).compactMap { name in
      guard let text = name["name"]?.string else { return nil }
      return (name["kind"]?.string == "long" ? "--" : "-") + text
    }
    valueName = json["valueName"]?.string ?? ""
    takesValue = json["kind"]?.string != "flag"
    isOptional = json["isOptional"]?.boolean ?? false
    isRepeating = json["isRepeating"]?.boolean ?? false
    abstract = json["abstract"]?.string ?? ""
    values = (json["allValueStrings"] ?? json["allValues"])?.array?.compactMap(\.string) ?? []
    defaultValue = json["defaultValue"]?.string ?? ""
    section = json["sectionTitle"]?.string ?? ""
  }
}
