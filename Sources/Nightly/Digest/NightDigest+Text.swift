import NightlyStore
import Reports

extension NightDigest {
  /// For people.
  public func writeText(style: TextStyle, toolVersion: String, to output: inout ByteOutput) {
    func line(_ text: String = "", _ output: inout ByteOutput) {
      output.append(text)
      output.append("\n")
    }
    line(
      style.paint("mircap \(toolVersion)", .heading)
        + TextStyle.harmless(" · run \(run.number) of \(run.plan), \(run.started)"), &output)
    line(summary, &output)
    section("Rules of the plan that say no", violations.map { "\($0.target): \($0.rule): \($0.what)" }, style, &output)
    section("New targets", targets(.new).map(Self.introduction), style, &output)
    section("Targets that are gone", targets(.removed).map(\.target), style, &output)
    section("Broken", targets(.broken).map(Self.problem), style, &output)
    section("Broken as before", targets(.stillBroken).map(Self.problem), style, &output)
    section("Recovered", targets(.recovered).map(\.target), style, &output)
    for target in targets {
      guard let lines = changeLines(of: target, style: style, toolVersion) else { continue }
      line("", &output)
      line(style.paint("=== " + TextStyle.harmless(target.target), .heading), &output)
      for text in lines { line(text, &output) }
    }
    if targets.allSatisfy({ [.unchanged, .stillBroken].contains($0.kind) }) {
      line("", &output)
      line("Nothing is new.", &output)
    }
  }

  private func section(_ title: String, _ lines: [String], _ style: TextStyle, _ output: inout ByteOutput) {
    if lines.isEmpty { return }
    output.append("\n" + style.paint(title, .heading) + "\n")
    for text in lines {
      for part in text.split(separator: "\n").enumerated() {
        output.append((part.offset == 0 ? "  " : "      ") + TextStyle.harmless(String(part.element)) + "\n")
      }
    }
  }

  /// What differs in a target, line by line; `nil` if nothing does.
  func changeLines(of target: TargetChange, style: TextStyle, _ toolVersion: String) -> [String]? {
    guard let report = report(of: target, toolVersion: toolVersion), target.kind != .unchanged else { return nil }
    var text = ByteOutput()
    report.writeText(style: style, to: &text)
    // The first line names what is compared, which the digest has said.
    var lines = String(decoding: text.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .dropFirst().map(String.init)
    while lines.last?.isEmpty == true { lines.removeLast() }
    while lines.first?.isEmpty == true { lines.removeFirst() }
    for (sign, gaps) in [("+", target.addedGaps), ("-", target.removedGaps)] {
      lines += gaps.map { "\(sign) not analysed: " + TextStyle.harmless(Self.line($0)) }
    }
    return lines
  }

  static func problem(_ target: TargetChange) -> String {
    "\(target.target): \(target.status.rawValue): \(target.reason)"
  }

  /// What the members of a new target can do; its dependencies', if it has no members.
  static func introduction(_ target: TargetChange) -> String {
    guard target.status == .analysed else { return problem(target) }
    let members = target.capabilities.filter(\.isWorkspaceMember)
    let shown = (members.isEmpty ? target.capabilities : members).map { crate in
      "\(crate.crate) \(crate.version) (\(crate.phase)): \(crate.capabilities.joined(separator: ", "))"
    }
    return ([target.target] + shown).joined(separator: "\n")
  }
}
