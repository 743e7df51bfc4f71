import Project

/// A claim, and what of the project it speaks of.
struct PlacedClaim {
  var claim: ScannerClaim
  var subject: Int
  /// An index into the catalogue; `nil` if no file is known.
  var file: Int?
}

/// Finds what claims speak of.
struct ClaimPlacer {
  private let subjects: ComparisonSubjects
  private let catalogue: SourceCatalogue

  init(_ subjects: ComparisonSubjects, _ catalogue: SourceCatalogue) {
    self.subjects = subjects
    self.catalogue = catalogue
  }

  /// The claim with its subject; `nil` if it speaks of no package that was analysed.
  ///
  /// A phase that the scanner tells is taken; else it is that of a unit which reads the file, what runs with the
  /// program first.
  func place(_ claim: ScannerClaim) -> PlacedClaim? {
    let file = claim.file.isEmpty ? nil : catalogue.file(meantBy: claim.file, package: claim.package)
    if let file, claim.phase == nil, let unit = readers(of: file).first {
      return PlacedClaim(claim: claim, subject: subjects.ofUnit[unit], file: file)
    }
    var package = claim.package
    var version = claim.version
    if package.isEmpty, let file {
      package = catalogue.packages[catalogue.files[file].package].name
      version = catalogue.packages[catalogue.files[file].package].version
    }
    let candidates = subjects.subjects(ofPackage: package, version: version)
    guard !candidates.isEmpty else { return nil }
    let wanted = claim.phase?.rawValue
    let subject =
      candidates.first { subjects.list[$0].phase == wanted }
      ?? candidates.first { subjects.list[$0].phase == Phase.run.rawValue && wanted != Phase.buildScript.rawValue }
      ?? candidates[0]
    return PlacedClaim(claim: claim, subject: subject, file: file)
  }

  /// The units that read a file, those that run with the program first.
  private func readers(of file: Int) -> [Int] {
    catalogue.files[file].units.sorted {
      let phases = (subjects.list[subjects.ofUnit[$0]].phase, subjects.list[subjects.ofUnit[$1]].phase)
      return (phases.0 == Phase.run.rawValue ? 0 : 1, $0) < (phases.1 == Phase.run.rawValue ? 0 : 1, $1)
    }
  }
}
