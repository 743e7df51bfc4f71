extension FeatureMatrix {
  /// Writes the object `featureMatrix` of the JSON report.
  func write(to json: inout JSONStream) {
    json.beginObject()
    json.field("baseline", baseline)
    json.key("sets")
    json.beginArray()
    for row in rows {
      json.line(indent: 2)
      json.beginObject()
      json.field("name", row.name)
      if row.failure.isEmpty {
        json.key("failure")
        json.null()
      } else {
        json.field("failure", row.failure)
      }
      json.key("capabilities")
      json.beginArray()
      for reached in row.reached { FeatureMatrix.write(reached, to: &json) }
      json.endArray()
      json.field("brings", Set(row.reached.filter(\.isBrought).map(\.capability)).sorted())
      json.field("packages", row.packages)
      json.field("bringsPackages", row.broughtPackages)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }

  private static func write(_ reached: Reached, to json: inout JSONStream) {
    json.beginObject()
    json.field("package", reached.package)
    json.field("target", reached.target)
    json.field("targetName", reached.targetName)
    json.field("phase", reached.phase)
    json.field("capability", reached.capability)
    json.field("brought", reached.isBrought)
    json.field("entry", reached.entry)
    json.field("sink", reached.sink)
    json.field("file", reached.file)
    json.field("line", reached.line)
    json.endObject()
  }
}
