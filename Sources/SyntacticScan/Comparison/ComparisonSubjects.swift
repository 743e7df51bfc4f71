import CallGraph
import Capabilities
import Project

/// Which units are one crate in one phase, as a comparison speaks of them.
struct ComparisonSubjects {
  private(set) var list: [ScannerComparison.Subject] = []
  /// The subject of each unit.
  private(set) var ofUnit: [Int] = []
  private var byPackage: [String: [Int]] = [:]

  init(_ result: AnalysisResult) {
    ofUnit = Array(repeating: 0, count: result.units.count)
    var places: [String: Int] = [:]
    for unit in result.unitOrder {
      let analysed = result.units[unit]
      let key = "\(analysed.package)\n\(analysed.version)\n\(analysed.phase)"
      if let place = places[key] {
        list[place].units.append(unit)
        ofUnit[unit] = place
        // The library names the crate; a program beside it often has another name.
        if analysed.target == "lib" { list[place].name = result.graph.units[unit].displayName }
        continue
      }
      places[key] = list.count
      ofUnit[unit] = list.count
      byPackage[analysed.package, default: []].append(list.count)
      let isScript = analysed.phase == Phase.buildScript.rawValue
      list.append(
        ScannerComparison.Subject(
          name: isScript ? analysed.package + ":build-script" : result.graph.units[unit].displayName,
          package: analysed.package, version: analysed.version, phase: analysed.phase,
          isWorkspaceMember: analysed.isWorkspaceMember, units: [unit]))
    }
    nameApart()
  }

  /// Gives subjects of one name their versions.
  private mutating func nameApart() {
    var counts: [String: Int] = [:]
    for subject in list { counts[subject.name, default: 0] += 1 }
    for index in list.indices where counts[list[index].name, default: 0] > 1 {
      let subject = list[index]
      list[index].name =
        subject.phase == Phase.buildScript.rawValue
        ? "\(subject.package)@\(subject.version):build-script" : "\(subject.name)@\(subject.version)"
    }
  }

  /// The subjects of a package in the order of the list; those of all versions if none is given. A crate's name does
  /// too.
  func subjects(ofPackage name: String, version: String) -> [Int] {
    let found = byPackage[name] ?? byPackage[name.replacingUnderscores] ?? byCrate(name)
    let exact = version.isEmpty ? found : found.filter { list[$0].version == version }
    return exact
  }

  private func byCrate(_ name: String) -> [Int] { list.indices.filter { list[$0].name == name } }
}

extension String {
  fileprivate var replacingUnderscores: String { String(map { $0 == "_" ? "-" : $0 }) }
}
