import Capabilities

/// What `mircap sinks` prints.
public enum SinksReport {
  /// The table of sinks, a line a pattern: pattern, capabilities, authority.
  public static func write(_ tables: CapabilityTables, to output: inout ByteOutput) {
    for line in tables.sinks.lines {
      let names = tables.taxonomy.names(line.capabilities).joined(separator: ",")
      output.append("\(line.pattern)\t\(names.isEmpty ? "none" : names)\t\(line.authority?.word ?? "-")\n")
    }
  }

  /// One answer for each path: the path, capabilities, authority.
  public static func classify(
    _ paths: some Sequence<String>, _ tables: CapabilityTables, to output: inout ByteOutput
  ) {
    for path in paths {
      output.append(tables.sinks.answerLine(for: path, taxonomy: tables.taxonomy))
      output.append("\n")
    }
  }
}
