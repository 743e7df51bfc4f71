import Capabilities

/// The lines of sources around the places that paths name.
struct HtmlExcerpts {
  /// How many lines are shown before and after a place.
  static let context = 3
  /// Longer lines are cut: generated code can stand in one line of megabytes.
  static let lineLimit = 240

  private struct File {
    var unit: AnalysedUnit?
    var lines: Set<Int>
  }

  private var files: [String: File] = [:]

  /// Notes that a place is named. `unit` is where the file is looked for.
  mutating func want(file: String, line: Int, unit: AnalysedUnit?) {
    guard line > 0, !file.isEmpty else { return }
    files[file, default: File(unit: unit, lines: [])].lines.insert(line)
  }

  /// Writes an object: for each file that is at hand its excerpts, each as first line and lines.
  func write(_ sources: SourceText, to json: inout JSONStream) {
    var sources = sources
    json.beginObject()
    for (name, file) in files.sorted(by: { $0.key < $1.key }) {
      let excerpts = HtmlExcerpts.ranges(around: file.lines).compactMap { range in
        HtmlExcerpts.lines(range, of: name, file, &sources)
      }
      if excerpts.isEmpty { continue }
      json.line(indent: 0)
      json.key(name)
      json.beginArray()
      for (first, lines) in excerpts {
        json.beginArray()
        json.integer(first)
        json.beginArray()
        for line in lines { json.string(line) }
        json.endArray()
        json.endArray()
      }
      json.endArray()
    }
    json.endObject()
  }

  /// The ranges of lines that show all places, those that touch joined.
  static func ranges(around places: Set<Int>) -> [ClosedRange<Int>] {
    var result: [ClosedRange<Int>] = []
    for line in places.sorted() {
      let range = max(1, line - context)...(line + context)
      if let last = result.last, range.lowerBound <= last.upperBound + 1 {
        result[result.count - 1] = last.lowerBound...range.upperBound
      } else {
        result.append(range)
      }
    }
    return result
  }

  private static func lines(
    _ range: ClosedRange<Int>, of name: String, _ file: File, _ sources: inout SourceText
  ) -> (Int, [String])? {
    var lines: [String] = []
    for number in range {
      guard let line = sources.line(number, of: name, unit: file.unit) else { break }
      let text = TextStyle.harmless(line.replacing("\t", with: "    "))
      lines.append(text.count > lineLimit ? text.prefix(lineLimit) + "…" : text)
    }
    return lines.isEmpty ? nil : (range.lowerBound, lines)
  }
}
