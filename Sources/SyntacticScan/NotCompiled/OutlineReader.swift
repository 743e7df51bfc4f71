import RustDump

/// Something in a source file that a cfg left out of a compilation.
struct LeftOut {
  var item: SyntacticItem
  var condition: CfgPredicate
  /// The inline modules around it, from the file's own.
  var modules: [String]
  /// The file that `#[path]` gives it.
  var path: String?
}

/// Walks a source file that is compiled and finds what its cfgs leave out.
///
/// `#[cfg]` in front of anything, `#![cfg]` at the top of a file or module, `cfg_attr`, the branches of `cfg_if!`,
/// `cfg_match!` and `cfg_select!`, and calls of the crate's own macros whose definition puts a `#[cfg]` in front of
/// what they are given. A condition that cannot be judged leaves nothing out. Tests are passed over: what is left out
/// for the want of `test` alone, `#[test]` and `#[bench]`.
struct OutlineReader {
  private let source: SourceTokens
  private let cfgs: CfgSet
  private let withTests: CfgSet
  /// Macros that put a condition in front of what they are given.
  private let macros: [String: CfgPredicate]
  private(set) var leftOut: [LeftOut] = []
  /// How many things were passed over as tests, and those of them that are modules with files of their own.
  private(set) var tests = 0
  private(set) var testModules: [LeftOut] = []

  init(_ source: SourceTokens, cfgs: CfgSet, macros: [String: CfgPredicate]) {
    self.source = source
    self.cfgs = cfgs
    withTests = cfgs.withTests
    self.macros = macros
    read(0..<source.count, [], 0)
  }

  private mutating func read(_ range: Range<Int>, _ modules: [String], _ depth: Int) {
    guard depth < 128 else { return }
    var index = range.lowerBound
    while index < range.upperBound {
      if source.isMark(index, Ascii.hash) {
        index = readAttributes(index, range, modules)
      } else if source[index].kind == .word {
        index = readWord(index, modules, depth)
      } else {
        index += 1
      }
    }
  }

  /// Reads what an attribute at a token decides. Gives the index at which to go on.
  private mutating func readAttributes(_ index: Int, _ range: Range<Int>, _ modules: [String]) -> Int {
    if source.isMark(index + 1, Ascii.bang), source.isMark(index + 2, Ascii.openBracket) {
      let end = source.afterGroup(index + 2)
      guard let condition = Attributes.inner(source, at: index, cfgs), condition.evaluate(cfgs) == false else {
        return end
      }
      let rest = end..<closing(of: index, range)
      addThings(rest, condition, modules)
      return rest.upperBound
    }
    guard source.isMark(index + 1, Ascii.openBracket) else { return index + 1 }
    let attributes = Attributes(source, at: index, cfgs)
    guard attributes.end < range.upperBound else { return range.upperBound }
    let isOut = attributes.condition?.evaluate(cfgs) == false
    if attributes.isTest || isOut && isTestOnly(attributes.condition) {
      return passOverTest(attributes, modules)
    }
    guard isOut, let condition = attributes.condition else {
      addOtherFiles(attributes, modules)
      return attributes.end
    }
    let item = SyntacticItem(source, at: attributes.end)
    leftOut.append(LeftOut(item: item, condition: condition, modules: modules, path: attributes.path))
    return item.range.upperBound
  }

  /// `#[cfg_attr(windows, path = "windows.rs")] mod system;`: the module is compiled from another file.
  private mutating func addOtherFiles(_ attributes: Attributes, _ modules: [String]) {
    // Visibility takes some tokens at most.
    guard !attributes.otherPaths.isEmpty,
      (attributes.end..<(attributes.end + 8)).contains(where: { source.isWord($0, "mod") })
    else { return }
    let item = SyntacticItem(source, at: attributes.end)
    guard item.fileModule != nil else { return }
    for other in attributes.otherPaths {
      leftOut.append(LeftOut(item: item, condition: other.condition, modules: modules, path: other.path))
    }
  }

  /// Counts a test. Gives the index behind it.
  private mutating func passOverTest(_ attributes: Attributes, _ modules: [String]) -> Int {
    let item = SyntacticItem(source, at: attributes.end)
    tests += 1
    if item.fileModule != nil {
      testModules.append(
        LeftOut(item: item, condition: .name("test"), modules: modules, path: attributes.path))
    }
    return item.range.upperBound
  }

  private func isTestOnly(_ condition: CfgPredicate?) -> Bool { condition?.evaluate(withTests) == true }

  /// The end of the innermost group in braces around a token.
  private func closing(of index: Int, _ range: Range<Int>) -> Int {
    var place = index - 1
    while place >= range.lowerBound {
      if source.isMark(place, Ascii.openBrace), Int(source[place].link) >= index {
        return min(Int(source[place].link), range.upperBound)
      }
      place -= 1
    }
    return range.upperBound
  }

  private mutating func readWord(_ index: Int, _ modules: [String], _ depth: Int) -> Int {
    if source.isWord(index, "mod"), source[index + 1].kind == .word, source.isMark(index + 2, Ascii.openBrace) {
      let end = source.afterGroup(index + 2)
      read((index + 3)..<max(index + 3, end - 1), modules + [source.text(index + 1)], depth + 1)
      return end
    }
    guard source.isMark(index + 1, Ascii.bang) else { return index + 1 }
    if source.isWord(index, "macro_rules") { return source.afterGroup(index + 3) }
    let content = (index + 3)..<max(index + 3, source.afterGroup(index + 2) - 1)
    if source.isWord(index, "cfg_if") {
      readBranches(content, modules, depth)
    } else if source.isWord(index, "cfg_match") || source.isWord(index, "cfg_select") {
      readArms(content, modules, depth)
    } else if let condition = macros[source.text(index)], condition.evaluate(cfgs) == false {
      if isTestOnly(condition) { tests += 1 } else { addThings(content, condition, modules) }
    } else {
      return index + 1
    }
    return content.upperBound + 1
  }

  // MARK: Macros that choose

  /// `if #[cfg(A)] { .. } else if #[cfg(B)] { .. } else { .. }`
  private mutating func readBranches(_ range: Range<Int>, _ modules: [String], _ depth: Int) {
    var former: [CfgPredicate] = []
    var index = range.lowerBound
    while index < range.upperBound {
      var condition = CfgPredicate.constant(true)
      if source.isWord(index, "else") { index += 1 }
      if source.isWord(index, "if") {
        let attributes = Attributes(source, at: index + 1, cfgs)
        condition = attributes.condition ?? .unknown("")
        index = attributes.end
      }
      guard source.isMark(index, Ascii.openBrace) else { return }
      let end = source.afterGroup(index)
      readChoice((index + 1)..<max(index + 1, end - 1), condition, &former, modules, depth)
      index = end
    }
  }

  /// `A => { .. } any(B, C) => { .. } _ => { .. }`, perhaps with `cfg(..)` around each condition.
  private mutating func readArms(_ range: Range<Int>, _ modules: [String], _ depth: Int) {
    var former: [CfgPredicate] = []
    var index = range.lowerBound
    while index < range.upperBound {
      var arrow = index
      while arrow < range.upperBound, !source.isFatArrow(arrow) { arrow = source.afterGroup(arrow) }
      guard arrow < range.upperBound else { return }
      var condition = CfgPredicate.parse(source, index..<arrow)
      if source.isWord(index, "_") { condition = .constant(true) }
      if source.isWord(index, "cfg"), source.isMark(index + 1, Ascii.openParenthesis) {
        condition = CfgPredicate.parse(source, (index + 2)..<(arrow - 1))
      }
      let end = source.afterGroup(arrow + 1)
      let isGroup = source.isMark(arrow + 1, Ascii.openBrace)
      readChoice(
        (arrow + (isGroup ? 2 : 1))..<max(arrow + 2, isGroup ? end - 1 : end), condition, &former, modules, depth)
      index = end
      while source.isMark(index, Ascii.comma) { index += 1 }
    }
  }

  /// One branch: it is compiled where its condition holds and none before it does.
  private mutating func readChoice(
    _ range: Range<Int>, _ condition: CfgPredicate, _ former: inout [CfgPredicate], _ modules: [String], _ depth: Int
  ) {
    let others = former.map { CfgPredicate.not($0) }
    let whole: CfgPredicate
    if condition == .constant(true) {
      whole = others.count == 1 ? others[0] : .all(others)
    } else {
      whole = others.isEmpty ? condition : .all(others + [condition])
    }
    former.append(condition)
    guard whole.evaluate(cfgs) == false else { return read(range, modules, depth + 1) }
    if isTestOnly(whole) { tests += 1 } else { addThings(range, whole, modules) }
  }

  /// Adds all that stands in a range, one by one.
  private mutating func addThings(_ range: Range<Int>, _ condition: CfgPredicate, _ modules: [String]) {
    var index = range.lowerBound
    while index < range.upperBound {
      var path: String?
      var own: CfgPredicate?
      if source.isMark(index, Ascii.hash), source.isMark(index + 1, Ascii.openBracket) {
        let attributes = Attributes(source, at: index, cfgs)
        (path, own, index) = (attributes.path, attributes.condition, attributes.end)
        guard index < range.upperBound else { return }
        if attributes.isTest || own == .name("test") {
          index = passOverTest(attributes, modules)
          continue
        }
      }
      let item = SyntacticItem(source, at: index)
      let both = own.map { CfgPredicate.all([condition, $0]) } ?? condition
      leftOut.append(LeftOut(item: item, condition: both, modules: modules, path: path))
      index = max(index + 1, item.range.upperBound)
    }
  }
}
