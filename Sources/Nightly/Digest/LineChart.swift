/// A small chart of numbers over runs, as SVG.
struct LineChart {
  /// One series.
  struct Line {
    var name: String
    var values: [Int]
  }

  var title: String
  /// What the first and the last value belong to are shown.
  var labels: [String]
  var lines: [Line]

  private static let width = 640.0
  private static let height = 160.0
  private static let left = 60.0
  /// Distinct for readers who do not tell red from green.
  private static let colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00"]

  /// The picture. The names of the series stand at its side, in their colours.
  var svg: String {
    let most = max(1, lines.flatMap(\.values).max() ?? 1)
    let escapedTitle = NightDigest.escaped(title)
    var text =
      "<svg viewBox=\"0 0 820 210\" role=\"img\" aria-label=\"\(escapedTitle)\"><text x=\"0\" y=\"14\">\(escapedTitle)</text>"
    for (value, y) in [(most, 30.0), (0, 30.0 + Self.height)] {
      text += "<line x1=\"\(Self.left)\" x2=\"\(Self.left + Self.width)\" y1=\"\(y)\" y2=\"\(y)\" stroke=\"#999\"/>"
      text += "<text x=\"\(Self.left - 6)\" y=\"\(y + 4)\" text-anchor=\"end\">\(value)</text>"
    }
    for (index, line) in lines.enumerated() {
      let colour = Self.colours[index % Self.colours.count]
      let points = line.values.enumerated().map { point($0.offset, $0.element, of: line.values.count, most) }
      text +=
        "<polyline fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2\" points=\"\(points.joined(separator: " "))\"/>"
      let last = line.values.last ?? 0
      text +=
        "<text x=\"\(Self.left + Self.width + 8)\" y=\"\(44 + index * 18)\" style=\"fill:\(colour)\">\(NightDigest.escaped(line.name)) \(last)</text>"
    }
    let below = 30 + Self.height + 16
    text += "<text x=\"\(Self.left)\" y=\"\(below)\">\(NightDigest.escaped(labels.first ?? ""))</text>"
    text +=
      "<text x=\"\(Self.left + Self.width)\" y=\"\(below)\" text-anchor=\"end\">\(NightDigest.escaped(labels.last ?? ""))</text>"
    return text + "</svg>"
  }

  private func point(_ index: Int, _ value: Int, of count: Int, _ most: Int) -> String {
    let x = Self.left + Self.width * Double(index) / Double(max(1, count - 1))
    let y = 30 + Self.height * (1 - Double(value) / Double(most))
    return "\((x * 10).rounded() / 10),\((y * 10).rounded() / 10)"
  }
}
