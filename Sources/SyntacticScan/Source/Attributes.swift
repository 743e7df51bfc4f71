import RustDump

/// The attributes in front of something, as far as they decide whether and from where it is compiled.
struct Attributes {
  /// What must hold for it to be compiled: all of these.
  private var conditions: [CfgPredicate] = []
  /// The same as one; `nil` without a condition.
  var condition: CfgPredicate? { conditions.count > 1 ? .all(conditions) : conditions.first }
  /// The file of `#[path = ".."]`.
  var path: String?
  /// The files of `#[cfg_attr(.., path = "..")]` whose condition does not hold.
  var otherPaths: [(condition: CfgPredicate, path: String)] = []
  /// `#[test]` and `#[bench]`: compiled with the tests only.
  var isTest = false
  /// The index behind the last attribute.
  var end: Int

  /// Reads the outer attributes that begin at a token, `#[`.
  init(_ source: SourceTokens, at start: Int, _ cfgs: CfgSet) {
    end = start
    while source.isMark(end, Ascii.hash), source.isMark(end + 1, Ascii.openBracket) {
      let close = source.afterGroup(end + 1)
      read(source, (end + 2)..<max(end + 2, close - 1), cfgs, 0)
      end = close
    }
  }

  /// The condition of an inner attribute `#![cfg(..)]` at a token; `nil` if it is another one.
  static func inner(_ source: SourceTokens, at start: Int, _ cfgs: CfgSet) -> CfgPredicate? {
    let close = source.afterGroup(start + 2)
    var attributes = Attributes(end: close)
    attributes.read(source, (start + 3)..<max(start + 3, close - 1), cfgs, 0)
    return attributes.condition
  }

  private init(end: Int) { self.end = end }

  private mutating func read(_ source: SourceTokens, _ range: Range<Int>, _ cfgs: CfgSet, _ depth: Int) {
    let start = range.lowerBound
    guard range.count >= 1, depth < 8 else { return }
    if range.count == 1, source.isWord(start, "test") || source.isWord(start, "bench") { isTest = true }
    let isList = source.isMark(start + 1, Ascii.openParenthesis)
    if source.isWord(start, "cfg"), isList {
      conditions.append(CfgPredicate.parse(source, Attributes.content(source, start + 1)))
    } else if source.isWord(start, "cfg_attr"), isList {
      let parts = CfgPredicate.list(source, Attributes.content(source, start + 1))
      guard let first = parts.first else { return }
      let predicate = CfgPredicate.parse(source, first)
      guard predicate.evaluate(cfgs) == true else {
        for part in parts.dropFirst() where source.isWord(part.lowerBound, "path") && part.count == 3 {
          otherPaths.append((predicate, source.string(part.lowerBound + 2)))
        }
        return
      }
      for part in parts.dropFirst() { read(source, part, cfgs, depth + 1) }
    } else if source.isWord(start, "path"), source.isMark(start + 1, Ascii.equals), source[start + 2].kind == .string {
      path = source.string(start + 2)
    } else if source.isWord(start, "unsafe"), isList {
      read(source, Attributes.content(source, start + 1), cfgs, depth + 1)
    }
  }

  private static func content(_ source: SourceTokens, _ open: Int) -> Range<Int> {
    (open + 1)..<max(open + 1, source.afterGroup(open) - 1)
  }
}
