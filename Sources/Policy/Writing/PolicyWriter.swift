import Capabilities
import Project
import Settings

/// Writes a policy that allows what is done today, and no more.
public struct PolicyWriter {
  private let policy: Policy
  private let result: AnalysisResult
  private let absolved: AbsolvedUnits
  private let toolVersion: String

  /// - Parameters:
  ///   - policy: an empty one with the scope that is wanted.
  ///   - result: made with the policy's rules.
  ///   - absolved: for the units of the result.
  ///   - toolVersion: said in the first lines.
  public init(policy: Policy, result: AnalysisResult, absolved: AbsolvedUnits, toolVersion: String) {
    self.policy = policy
    self.result = result
    self.absolved = absolved
    self.toolVersion = toolVersion
  }

  /// The text of the file: members of the workspace first, both parts sorted by name.
  ///
  /// - Parameter withDependencies: whether members get a `depends-on` list.
  public func text(withDependencies: Bool) -> String {
    let needs = GrantNeeds(policy: policy, result: result, absolved: absolved).all()
    func isWritten(_ need: GrantNeed) -> Bool {
      !need.comments.isEmpty || withDependencies && need.isWorkspaceMember
    }
    let members = needs.filter { $0.isWorkspaceMember && isWritten($0) }
    let others = needs.filter { !$0.isWorkspaceMember && isWritten($0) }
    var lines = head(written: members.count + others.count, of: needs.count)
    for (title, part) in [("Members of the workspace", members), ("Dependencies", others)] where !part.isEmpty {
      lines += ["", "# --- \(title)"]
      for need in part { lines += [""] + section(need, withDependencies: withDependencies && need.isWorkspaceMember) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func head(written: Int, of count: Int) -> [String] {
    let silenced = absolved.entriesOfUnit.filter { !$0.isEmpty }.count
    var lines = [
      "# What the crates of this project may do to the outside world. `mircap check` holds them to it.",
      "#",
      "# [crate.NAME] says what the crate's own code may do at run time, \"NAME:build-script\" and \"NAME:proc-macro\" what it",
      "# may do while building. A grant is not passed on: what a dependency does is granted to the dependency. What is not",
      "# granted is not allowed. Behind each grant stands where it is needed; `mircap explain CAPABILITY` says what it means.",
      "#",
      "# Written by mircap \(toolVersion): \(written) of \(count) crates and phases need a grant.",
    ]
    if silenced > 0 {
      lines.append(
        "# Of \(silenced) units the allowlist knows that their unsafe code keeps to itself: `mircap policy explain` lists them."
      )
    }
    if !result.isComplete {
      lines.append("# Not all of it could be analysed: `mircap analyze` says what is missing.")
    }
    return lines + ["", "[policy]", "scope = \(BasicString.quoted(policy.scope.rawValue))"]
  }

  private func section(_ need: GrantNeed, withDependencies: Bool) -> [String] {
    var lines = ["[crate.\(TOMLKey.written(need.name))]"]
    let names = need.comments.map { (name: result.taxonomy.name($0.key), comment: $0.value) }.sorted {
      $0.name < $1.name
    }
    if !names.isEmpty {
      lines.append("allow = [")
      let width = names.map(\.name.count).max() ?? 0
      for (name, comment) in names {
        let gap = String(repeating: " ", count: width - name.count)
        lines.append("  \(BasicString.quoted(name)),\(gap) # \(comment)")
      }
      lines.append("]")
    }
    if withDependencies {
      let list = need.dependencies.sorted().map { "  \(BasicString.quoted($0)),\n" }.joined()
      lines.append(list.isEmpty ? "depends-on = []" : "depends-on = [\n\(list)]")
    }
    return lines
  }
}
