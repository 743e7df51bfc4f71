import RustDump

/// Macros of a crate that put a `#[cfg]` in front of the items that they are given:
/// `macro_rules! cfg_fs { ($($item:item)*) => { $( #[cfg(feature = "fs")] $item )* } }`.
enum ConditionalMacros {
  /// Adds those that a file defines. One whose arms have different conditions, or no condition, is left out.
  static func add(_ source: SourceTokens, to macros: inout [String: CfgPredicate]) {
    var behind = 0
    for index in 0..<source.count where index >= behind && source.isWord(index, "macro_rules") {
      guard source.isMark(index + 1, Ascii.bang), source[index + 2].kind == .word else { continue }
      let end = min(source.afterGroup(index + 3) - 1, source.count)
      behind = end
      if let condition = condition(source, (index + 4)..<max(index + 4, end)) {
        macros[source.text(index + 2)] = condition
      }
    }
  }

  /// The condition that each arm puts in front of a `$`.
  private static func condition(_ source: SourceTokens, _ range: Range<Int>) -> CfgPredicate? {
    var found: CfgPredicate?
    var index = range.lowerBound
    while index < range.upperBound {
      guard let arrow = (index..<range.upperBound).first(where: { source.isFatArrow($0) }) else { break }
      let end = min(source.afterGroup(arrow + 1), range.upperBound)
      guard let condition = ofTranscriber(source, (arrow + 2)..<max(arrow + 2, end - 1)) else { return nil }
      guard found == nil || found == condition else { return nil }
      found = condition
      index = max(end, index + 1)
    }
    return found
  }

  /// All of what it writes stands behind one `#[cfg]`: `#[cfg(..)] $item`, perhaps repeated, with attributes between.
  private static func ofTranscriber(_ source: SourceTokens, _ range: Range<Int>) -> CfgPredicate? {
    let dollar: UInt8 = 0x24
    var start = range.lowerBound
    if source.isMark(start, dollar), source.isMark(start + 1, Ascii.openParenthesis) { start += 2 }
    guard source.isMark(start, Ascii.hash), source.isMark(start + 1, Ascii.openBracket) else { return nil }
    let attributes = Attributes(source, at: start, CfgSet(cfgs: [], features: []))
    guard source.isMark(attributes.end, dollar) else { return nil }
    return attributes.condition
  }
}
