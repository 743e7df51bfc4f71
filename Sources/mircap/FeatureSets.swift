import Project

/// The sets of features of `--feature-matrix`.
struct FeatureSets {
  /// One set.
  struct Choice: Equatable {
    /// As the user wrote it, or the feature's name for one that `each` stands for.
    var name: String
    var features: [String] = []
    var usesDefaults = false
    var usesAll = false

    /// Sets the choices of cargo accordingly.
    func apply(to options: inout DumpingOptions) {
      options.features = features.isEmpty ? [] : [features.joined(separator: ",")]
      options.allFeatures = usesAll
      options.noDefaultFeatures = !usesDefaults && !usesAll
    }
  }

  private(set) var choices: [Choice] = []
  /// Whether each feature of the workspace's members is a set of its own, too.
  private(set) var wantsEach = false

  /// So many sets are analysed at most.
  static let limit = 200

  /// Reads sets, separated by semicolons: `default`, `none`, `all`, `each`, or features separated by commas, which are then the
  /// only ones unless `default` is among them.
  ///
  /// - Throws: a `Failure` for an empty list and for what is no feature's name.
  init(_ text: String) throws {
    for part in text.split(separator: ";") {
      let words = part.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
      guard !words.isEmpty else { continue }
      if words == ["each"] {
        wantsEach = true
      } else {
        choices.append(try Self.choice(words))
      }
    }
    guard !choices.isEmpty || wantsEach else {
      throw Failure.usage("--feature-matrix takes sets separated by semicolons, such as 'none;default;all;a,b'")
    }
    // What each feature brings is told against none.
    if choices.isEmpty { choices.append(Choice(name: "none")) }
  }

  private static func choice(_ words: [String]) throws -> Choice {
    var choice = Choice(name: words.joined(separator: ","))
    for word in words {
      switch word {
      case "default": choice.usesDefaults = true
      case "none" where words.count == 1: break
      case "all" where words.count == 1: choice.usesAll = true
      case "none", "all", "each": throw Failure.usage("--feature-matrix: `\(word)` is a set of its own")
      default:
        guard word.allSatisfy({ $0.isLetter || $0.isNumber || "_-+./?:".contains($0) }), word.first != "-" else {
          throw Failure.usage("--feature-matrix: `\(word)` is no feature")
        }
        choice.features.append(word)
      }
    }
    return choice
  }

  /// The sets that `each` stands for, of the packages that are looked at.
  ///
  /// - Throws: a `Failure` if there are too many.
  func each(of packages: [BuildPackage]) throws -> [Choice] {
    guard wantsEach else { return [] }
    let found = packages.flatMap { package in
      package.features.filter { $0 != "default" }.map { feature in
        let name = packages.count > 1 ? "\(package.name)/\(feature)" : feature
        return Choice(name: name, features: [name])
      }
    }
    guard found.count <= Self.limit else {
      throw Failure.usage("--feature-matrix each: \(found.count) features are more than \(Self.limit); name some")
    }
    return found.filter { !choices.contains($0) }
  }
}
