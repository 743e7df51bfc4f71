import Project

/// Finds what a unit's linking is told, in the compiler's arguments and in what build scripts printed.
enum LinkDirectives {
  /// The directives of a unit, sorted.
  ///
  /// - Parameters:
  ///   - unit: whose arguments are read.
  ///   - libraries: those of its `#[link]` attributes.
  ///   - package: what cargo tells of the unit's package.
  static func find(of unit: Unit, libraries: [String], package: BuildPackage?) -> [LinkDirective] {
    var found = Set(libraries.map { LinkDirective(kind: .library, value: $0, source: .attribute) })
    guard unit.target != .buildScript else { return found.sorted() }
    let scriptLibraries = Set(package?.nativeLibraries ?? [])
    let scriptFolders = Set(package?.libraryFolders ?? [])
    for library in scriptLibraries where unit.target == .library {
      found.insert(LinkDirective(kind: .library, value: library, source: .buildScript))
    }
    for (kind, value) in arguments(unit.arguments) {
      switch kind {
      case .library:
        found.insert(
          LinkDirective(kind: kind, value: value, source: scriptLibraries.contains(value) ? .buildScript : .compiler))
      case .folder:
        // Cargo gives the folders of all dependencies' build scripts; each is told of where it comes from.
        guard scriptFolders.contains(value) || package == nil else { continue }
        found.insert(
          LinkDirective(kind: kind, value: value, source: scriptFolders.contains(value) ? .buildScript : .compiler))
      case .argument, .linker:
        // Cargo does not tell the arguments of build scripts from those of the configuration.
        found.insert(LinkDirective(kind: kind, value: value, source: .compiler))
      }
    }
    return found.sorted()
  }

  /// `-l NAME`, `-L KIND=FOLDER` of native libraries, `-C link-arg=..`, `-C linker=..`, in all their spellings.
  private static func arguments(_ list: [String]) -> [(kind: LinkDirective.Kind, value: String)] {
    var found: [(kind: LinkDirective.Kind, value: String)] = []
    var index = 0
    while index < list.count {
      let argument = list[index]
      index += 1
      guard let option = ["-l", "-L", "-C", "--codegen"].first(where: { argument.hasPrefix($0) }) else { continue }
      var value = String(argument.dropFirst(option.count))
      if value.isEmpty, index < list.count {
        value = list[index]
        index += 1
      }
      if value.hasPrefix("=") { value = String(value.dropFirst()) }
      guard !value.isEmpty else { continue }
      switch option {
      case "-l": found.append((.library, value))
      case "-L": if !value.hasPrefix("dependency="), !value.hasPrefix("crate=") { found.append((.folder, value)) }
      default: if let codegen = codegenOption(value) { found.append(codegen) }
      }
    }
    return found
  }

  private static func codegenOption(_ text: String) -> (kind: LinkDirective.Kind, value: String)? {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { return nil }
    switch parts[0].replacing("_", with: "-") {
    case "link-arg", "link-args", "pre-link-args", "post-link-args": return (.argument, parts[1])
    case "linker": return (.linker, parts[1])
    default: return nil
    }
  }
}
