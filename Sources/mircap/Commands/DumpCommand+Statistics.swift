import CrateFacts
import Project
import Reports

extension DumpCommand {
  /// Prints what the dumps hold, by which the readers are checked against an independent count.
  func printStatistics(of folder: String) throws {
    let dumps = try DumpFolder(path: folder, keepGoing: dumping.keepGoing)
    for failure in dumps.failures { Console.error(failure.description) }
    let loaded = try FactsLoader.load(units: dumps.units, jobs: dumping.threads, cache: nil)
    try ResultOutput().write { output in
      output = StatisticsReport(units: dumps.units, facts: loaded.facts).written(to: output)
    }
  }
}

/// What `mircap dump --statistics` prints: `{"schema": "mircap-statistics/1", "units": [...]}`.
private struct StatisticsReport {
  var units: [Unit]
  var facts: [UnitFacts]

  func written(to output: ByteOutput) -> ByteOutput {
    var json = JSONStream(output)
    json.beginObject()
    json.line(indent: 1)
    json.field("schema", "mircap-statistics/1")
    json.line(indent: 1)
    json.key("units")
    json.beginArray()
    for (unit, facts) in zip(units, facts) {
      json.line(indent: 2)
      write(unit, facts, to: &json)
    }
    json.endArray()
    json.closingLine()
    json.endObject()
    json.output.append("\n")
    return json.output
  }

  private func write(_ unit: Unit, _ facts: UnitFacts, to json: inout JSONStream) {
    let statistics = facts.bodies.statistics
    json.beginObject()
    json.field("id", unit.id)
    json.field("crate", unit.crateName)
    json.field("rustc", unit.rustcVersion)
    json.field("functions", statistics.functions)
    json.field("bodies", statistics.bodies)
    json.field("calls", statistics.calls)
    json.field("drops", statistics.drops)
    json.field("assemblies", statistics.assemblies)
    json.field("items", facts.items.items.count)
    json.field("unreadable", statistics.unreadable)
    json.field("membersWithoutImpl", facts.membersWithoutImpl)
    json.field("gaps", facts.gaps.count)
    json.endObject()
  }
}
