import RustDump

/// The `use` declarations of one file, and what names mean by them.
///
/// A name has the innermost import around it, within its own module. What no import names is local, or the name of a
/// crate where a path goes on from it. Items of the file do not hide imports.
struct ImportTable {
  private struct Import {
    var path: [String]
    /// The tokens in which it counts.
    var scope: Range<Int>
  }

  private var names: [String: [Import]] = [:]
  private var globs: [Import] = []
  /// An inline module.
  private struct Module {
    /// What is between its braces.
    var content: Range<Int>
    /// The module around it.
    var parent: Int?
    /// Whether `use super::*` brings in what the one around it has.
    var seesParent = false
  }

  /// In the order of the text.
  private var modules: [Module] = []
  /// The modules around the token at hand.
  private var open: [Int] = []
  /// Names of modules that the file declares: a path that begins with one stays in the crate.
  private(set) var ownModules: Set<String> = []
  /// The ends of all `use` declarations, by where they begin.
  private(set) var declarations: [Int: Int] = [:]
  /// So many imports of one name, and globs, are remembered; hostile text has more.
  private static let limit = 64

  /// Longer paths are no paths.
  static let longestPath = 64

  init(_ source: SourceTokens) {
    var scopes = [0..<source.count]
    var end = 0
    for index in 0..<source.count where index >= end {
      while let last = scopes.last, scopes.count > 1, index >= last.upperBound { scopes.removeLast() }
      if source.isMark(index, Ascii.openBrace) {
        scopes.append((index + 1)..<max(index + 1, min(Int(source[index].link), source.count)))
      } else if source[index].kind == .word, !source.isMark(index - 1, Ascii.dot) {
        end = readWord(source, index, scopes.last ?? 0..<source.count)
      }
    }
  }

  /// Reads what a word declares. Gives the index at which to go on.
  private mutating func readWord(_ source: SourceTokens, _ index: Int, _ scope: Range<Int>) -> Int {
    while let last = open.last, index >= modules[last].content.upperBound { open.removeLast() }
    if source.isWord(index, "mod"), source[index + 1].kind == .word {
      ownModules.insert(source.text(index + 1))
      guard source.isMark(index + 2, Ascii.openBrace) else { return index + 1 }
      let content = (index + 3)..<max(index + 3, source.afterGroup(index + 2) - 1)
      modules.append(Module(content: content, parent: open.last))
      open.append(modules.count - 1)
    } else if source.isWord(index, "use") {
      var end = index + 1
      while end < source.count, !source.isMark(end, Ascii.semicolon), !source.isMark(end, Ascii.closeBrace) {
        end = source.afterGroup(end)
      }
      declarations[index] = end
      readTree(source, (index + 1)..<end, [], scope, 0)
      return end
    } else if source.isWord(index, "extern"), source.isWord(index + 1, "crate"), source[index + 2].kind == .word {
      let alias = source.isWord(index + 3, "as") ? source.text(index + 4) : source.text(index + 2)
      if alias != source.text(index + 2) { add(alias, [source.text(index + 2)], scope) }
    }
    return index + 1
  }

  /// `a::b`, `a::{b, c as d}`, `a::*`, each perhaps with `::` in front.
  private mutating func readTree(
    _ source: SourceTokens, _ range: Range<Int>, _ prefix: [String], _ scope: Range<Int>, _ depth: Int
  ) {
    guard depth < 32 else { return }
    var path = prefix
    var index = range.lowerBound
    while index < range.upperBound {
      if source[index].kind == .pathSeparator {
        index += 1
      } else if source[index].kind == .word, !source.isWord(index, "as") {
        path.append(source.text(index))
        index += 1
      } else {
        break
      }
    }
    if source.isMark(index, Ascii.openBrace) {
      let content = (index + 1)..<max(index + 1, source.afterGroup(index) - 1)
      guard path.count <= ImportTable.longestPath else { return }
      for part in CfgPredicate.list(source, content) { readTree(source, part, path, scope, depth + 1) }
    } else if source.isMark(index, Ascii.star) {
      if path == ["super"], let module = open.last { modules[module].seesParent = true }
      if globs.count < ImportTable.limit, path.count <= ImportTable.longestPath {
        globs.append(Import(path: path, scope: scope))
      }
    } else if let last = path.last {
      let isSelf = last == "self" && path.count > 1
      let whole = isSelf ? Array(path.dropLast()) : path
      add(source.isWord(index, "as") ? source.text(index + 1) : whole.last ?? last, whole, scope)
    }
  }

  private mutating func add(_ name: String, _ path: [String], _ scope: Range<Int>) {
    guard (names[name]?.count ?? 0) < ImportTable.limit, path.count <= ImportTable.longestPath else { return }
    names[name, default: []].append(Import(path: path, scope: scope))
  }

  // MARK: Meaning

  /// What a path may mean: with imports followed and `core` and `alloc` written as `std`; none for what is the crate's
  /// own.
  func meanings(of path: [String], at index: Int) -> [[String]] {
    switch followed(path, at: index) {
    case .standard(let path): return [path]
    case .own: return []
    case .open(let path, let first):
      let fromGlobs = globs.filter { isVisible($0.scope, at: index) }.flatMap { glob -> [[String]] in
        guard let root = glob.path.first, ["std", "core", "alloc"].contains(root) || glob.path.count > 1 else {
          return []
        }
        return [(["core", "alloc"].contains(root) ? ["std"] + glob.path.dropFirst() : glob.path) + path]
      }
      return fromGlobs + (path.count > 1 && !ownModules.contains(first) ? [path] : [])
    }
  }

  /// What a path means by imports that name it; `nil` for what is the crate's own, and where only a glob could bring
  /// it.
  func namedMeaning(of path: [String], at index: Int) -> [String]? {
    switch followed(path, at: index) {
    case .standard(let path): path
    case .own: nil
    case .open(let path, let first): path.count > 1 && !ownModules.contains(first) ? path : nil
    }
  }

  /// Whether a path that no import of another crate names may be an item of the crate's own.
  func mayBeOwn(_ path: [String], at index: Int) -> Bool {
    switch followed(path, at: index) {
    case .standard: false
    case .own: true
    case .open(let path, let first): path.count == 1 || ownModules.contains(first)
    }
  }

  private enum Followed {
    case standard([String])
    case own
    /// What no import goes on from, and its first name.
    case open([String], String)
  }

  private func followed(_ path: [String], at index: Int) -> Followed {
    var path = path
    for _ in 0..<8 {
      while let first = path.first, first == "self" || first.isEmpty { path.removeFirst() }
      guard let first = path.first else { return .own }
      if ["crate", "super", "Self"].contains(first) { return .own }
      if ["std", "core", "alloc"].contains(first), path.count > 1 { return .standard(["std"] + path.dropFirst()) }
      guard let found = lookUp(first, at: index), found != [first] else { break }
      path = found + path.dropFirst()
    }
    guard let first = path.first else { return .own }
    return .open(path, first)
  }

  private func lookUp(_ name: String, at index: Int) -> [String]? {
    guard let all = names[name] else { return nil }
    return all.filter { isVisible($0.scope, at: index) }.min { $0.scope.count < $1.scope.count }?.path
  }

  /// Whether an import counts at a token: it stands around it, in the same module, or in the parent whose names
  /// `super::*` brings in.
  private func isVisible(_ scope: Range<Int>, at index: Int) -> Bool {
    guard scope.contains(index) else { return false }
    var module = innermostModule(at: index)
    while let number = module, scope.contains(modules[number].content.lowerBound),
      modules[number].content.count < scope.count
    {
      guard modules[number].seesParent else { return false }
      module = modules[number].parent
    }
    return true
  }

  private func innermostModule(at index: Int) -> Int? {
    var low = 0
    var high = modules.count
    while low < high {
      let middle = (low + high) / 2
      if modules[middle].content.lowerBound <= index { low = middle + 1 } else { high = middle }
    }
    var module: Int? = low == 0 ? nil : low - 1
    while let number = module, !modules[number].content.contains(index) { module = modules[number].parent }
    return module
  }
}
