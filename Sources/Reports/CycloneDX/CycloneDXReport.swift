import Capabilities
import Project

/// `mircap analyze --format cyclonedx`: a CycloneDX 1.5 bill of materials in JSON, whose components carry their
/// capabilities as properties. docs/formats.md names the properties.
///
/// It has no serial number and no time, so that the same input gives the same bytes.
public enum CycloneDXReport {
  /// Writes the bill of materials: a component for each package.
  ///
  /// - Parameter build: what cargo knows of the packages (checksums); `nil` if dumps have no `build.json`.
  public static func write(
    _ result: AnalysisResult, context: ReportContext, build: BuildDescription?, to output: inout ByteOutput
  ) {
    let components = CycloneDXComponent.all(result, context: context, build: build)
    var json = JSONStream(output)
    json.beginObject()
    for (name, value) in [("bomFormat", "CycloneDX"), ("specVersion", "1.5")] {
      json.line(indent: 1)
      json.field(name, value)
    }
    json.line(indent: 1)
    json.field("version", 1)
    // A workspace of one package is that package; one of several has no name of its own.
    let members = components.filter(\.isWorkspaceMember)
    let subject = members.count == 1 ? members[0] : nil
    writeMetadata(result, context, subject, to: &json)
    json.line(indent: 1)
    json.key("components")
    json.beginArray()
    for component in components where component.reference != subject?.reference {
      json.line(indent: 2)
      component.write(to: &json)
    }
    json.endArray()
    json.line(indent: 1)
    json.key("dependencies")
    json.beginArray()
    for component in components {
      json.line(indent: 2)
      json.beginObject()
      json.field("ref", component.reference)
      json.field("dependsOn", component.dependencies)
      json.endObject()
    }
    json.endArray()
    json.closingLine()
    json.endObject()
    json.output.append("\n")
    output = json.output
  }

  private static func writeMetadata(
    _ result: AnalysisResult, _ context: ReportContext, _ subject: CycloneDXComponent?, to json: inout JSONStream
  ) {
    json.line(indent: 1)
    json.key("metadata")
    json.beginObject()
    json.key("tools")
    json.beginObject()
    json.key("components")
    json.beginArray()
    json.beginObject()
    json.field("type", "application")
    json.field("name", "mircap")
    json.field("version", context.toolVersion)
    json.endObject()
    json.endArray()
    json.endObject()
    if let subject {
      json.key("component")
      subject.write(to: &json)
    }
    CycloneDXComponent.write(
      [
        CycloneDXProperty("mircap:complete", result.isComplete ? "true" : "false"),
        CycloneDXProperty("mircap:rustc", result.leadingUnit?.rustcVersion ?? ""),
      ], to: &json)
    json.endObject()
  }
}
