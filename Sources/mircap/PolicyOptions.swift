import ArgumentParser
import Capabilities
import Policy
import Project

/// Which policy file is meant.
struct PolicyOptions: ParsableArguments {
  @Option(
    name: .customLong("policy"),
    help: ArgumentHelp(
      "The policy. (default: mircap.toml beside Cargo.toml; with --dumps in the current folder)", valueName: "file"))
  var file: String?

  init() {}

  /// The file for an input.
  func path(for input: InputOptions) -> String {
    if let file { return file }
    guard input.dumps == nil, let project = input.project else { return "mircap.toml" }
    if FileSystem.isFile(project) {
      return project.lastIndex(of: "/").map { project[...$0] + "mircap.toml" } ?? "mircap.toml"
    }
    return (project.hasSuffix("/") ? project : project + "/") + "mircap.toml"
  }

  /// Reads the policy, with the tables that the input asks for.
  ///
  /// - Throws: a `Failure` that names file and line.
  func load(for input: InputOptions) throws -> LoadedPolicy {
    let tables = try LoadedPolicy.Tables(input)
    let policy = try Policy.read(file: path(for: input), taxonomy: tables.taxonomy)
    return LoadedPolicy(policy: policy, shipped: tables.shipped)
  }
}

/// The policy whose rules a report follows.
struct RuleOptions: ParsableArguments {
  @Option(
    name: .customLong("policy"),
    help: ArgumentHelp(
      """
      Follow the labels, safe functions, sinks and allowlists of this policy. (default: only the labels of mircap.toml \
      beside Cargo.toml)
      """, valueName: "file"))
  var file: String?

  /// What the report follows; `nil` for the tables alone.
  ///
  /// A policy that nobody named came with the project and may be as hostile as it: it can add labels, but silences nothing.
  ///
  /// - Throws: a `Failure` that names file and line, for a policy that was asked for.
  func load(for input: InputOptions) throws -> LoadedPolicy? {
    var options = PolicyOptions()
    options.file = file
    if file != nil { return try options.load(for: input) }
    guard input.dumps == nil, FileSystem.isFile(options.path(for: input)) else { return nil }
    do {
      var loaded = try options.load(for: input)
      loaded.policy.rules.safe = []
      loaded.policy.rules.sinks = []
      loaded.policy.allowlist = []
      loaded.policy.usesShippedAllowlist = false
      return loaded
    } catch let failure as Failure {
      Console(verbosity: input.messages.verbosity).warning("\(failure.description)\n  its labels are not followed")
      return nil
    }
  }
}

/// A policy, and the entries that mircap brings along.
struct LoadedPolicy {
  var policy: Policy
  var shipped: ShippedAllowlist

  /// What policies are read with.
  struct Tables {
    var taxonomy: Taxonomy
    var shipped: ShippedAllowlist

    init(_ input: InputOptions) throws {
      let files = try DataFiles(folder: input.data)
      taxonomy = try CapabilityTables(read: files.read).taxonomy
      shipped = ShippedAllowlist()
      if let list = try files.read(ShippedAllowlist.fileName) {
        shipped = try ShippedAllowlist(bytes: list.bytes, file: list.file, taxonomy: taxonomy)
      }
    }
  }

  /// Which entries of the allowlists mean which units.
  func absolvedUnits(_ units: [Unit], _ build: BuildDescription?) -> AbsolvedUnits {
    AbsolvedUnits(policy: policy, shipped: shipped, units: units, build: build)
  }

  /// What the analysis is told.
  func rules(_ absolved: AbsolvedUnits) -> AnalysisRules {
    var rules = policy.rules
    rules.absolutions += absolved.absolutions(policy.taxonomy)
    return rules
  }
}
