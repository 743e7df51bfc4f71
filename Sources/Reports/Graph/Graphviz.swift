import Project

/// `mircap analyze --format svg`: Graphviz draws what `EvidenceDrawing` writes.
public enum Graphviz {
  private static let advice =
    "install it (on Debian: apt-get install graphviz); --format dot needs nothing and can be drawn elsewhere"

  /// Looks whether Graphviz is there, so that nobody waits for a result that cannot be drawn.
  ///
  /// - Throws: a `Failure` that says what to install.
  public static func check() throws {
    guard FileSystem.program(named: "dot") != nil else {
      throw Failure("Graphviz is not installed: there is no program dot on the PATH", advice: advice)
    }
  }

  /// Draws what `body` writes in DOT.
  ///
  /// - Throws: a `Failure` if Graphviz is missing or cannot draw it.
  public static func draw(to output: inout ByteOutput, _ body: (inout ByteOutput) -> Void) throws {
    let folder = try TemporaryFolder()
    let graph = folder.path + "/graph.dot"
    var text = ByteOutput()
    body(&text)
    try AtomicFile.write(text.bytes, to: graph)
    let process = ChildProcess(program: "dot", arguments: ["-Tsvg", graph])
    let ending = try withExtendedLifetime(folder) {
      try process.readLines(longestLine: 16 << 20) { line in
        output.append(line)
        output.append("\n")
      }
    }
    guard ending == .exit(0) else { throw Failure("cannot draw the graph", file: "dot", advice: advice) }
  }
}
