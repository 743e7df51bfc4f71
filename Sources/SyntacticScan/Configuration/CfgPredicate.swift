import RustDump

/// What stands in `cfg(...)`.
indirect enum CfgPredicate: Equatable, Sendable {
  case all([CfgPredicate])
  case any([CfgPredicate])
  case not(CfgPredicate)
  case name(String)
  case value(String, String)
  case constant(Bool)
  /// What is none of these: `version("1.50")`, `accessible(..)`, or nonsense.
  case unknown(String)

  /// The deepest nesting that is read; deeper parts are unknown.
  private static let depthLimit = 64

  /// Reads the predicate that some tokens are.
  static func parse(_ source: SourceTokens, _ range: Range<Int>) -> CfgPredicate { parse(source, range, 0) }

  private static func parse(_ source: SourceTokens, _ range: Range<Int>, _ depth: Int) -> CfgPredicate {
    let start = range.lowerBound
    let text = { source.text(range) }
    guard !range.isEmpty, source[start].kind == .word, depth < depthLimit else { return .unknown(text()) }
    if range.count == 1 {
      if source.isWord(start, "true") || source.isWord(start, "false") {
        return .constant(source.isWord(start, "true"))
      }
      return .name(source.text(start))
    }
    if source.isMark(start + 1, Ascii.equals), source[start + 2].kind == .string, range.count == 3 {
      return .value(source.text(start), source.string(start + 2))
    }
    guard source.isMark(start + 1, Ascii.openParenthesis), source.afterGroup(start + 1) == range.upperBound else {
      return .unknown(text())
    }
    let parts = list(source, (start + 2)..<(range.upperBound - 1)).map { parse(source, $0, depth + 1) }
    if source.isWord(start, "all") { return .all(parts) }
    if source.isWord(start, "any") { return .any(parts) }
    if source.isWord(start, "not"), parts.count == 1 { return .not(parts[0]) }
    return .unknown(text())
  }

  /// The parts of a list that commas separate.
  static func list(_ source: SourceTokens, _ range: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    var index = start
    while index < range.upperBound {
      if source.isMark(index, Ascii.comma) {
        if index > start { parts.append(start..<index) }
        start = index + 1
        index += 1
      } else {
        index = max(index + 1, source.afterGroup(index))
      }
    }
    if start < range.upperBound { parts.append(start..<range.upperBound) }
    return parts
  }

  /// Whether it holds; `nil` where that is not known.
  func evaluate(_ set: CfgSet) -> Bool? {
    switch self {
    case .constant(let value): return value
    case .name(let name): return set.names.contains(name)
    case .value(let name, let value): return set.values.contains(CfgSet.key(name, value))
    case .not(let inner): return inner.evaluate(set).map { !$0 }
    case .all(let parts):
      let values = parts.map { $0.evaluate(set) }
      return values.contains(false) ? false : values.contains(nil) ? nil : true
    case .any(let parts):
      let values = parts.map { $0.evaluate(set) }
      return values.contains(true) ? true : values.contains(nil) ? nil : false
    case .unknown: return nil
    }
  }

  /// As it would be written.
  var text: String {
    switch self {
    case .constant(let value): value ? "true" : "false"
    case .name(let name): name
    case .value(let name, let value): "\(name) = \"\(value)\""
    case .not(let inner): "not(\(inner.text))"
    case .all(let parts): "all(" + parts.map(\.text).joined(separator: ", ") + ")"
    case .any(let parts): "any(" + parts.map(\.text).joined(separator: ", ") + ")"
    case .unknown(let text): text
    }
  }
}

/// The cfgs of one compilation.
struct CfgSet: Sendable {
  var names: Set<String> = []
  /// See `key`.
  var values: Set<String> = []

  /// - Parameters:
  ///   - cfgs: as the compiler prints them: `unix`, `target_os="linux"`.
  ///   - features: the package's features that are on.
  init(cfgs: [String], features: [String]) {
    for cfg in cfgs {
      guard let equals = cfg.utf8.firstIndex(of: Ascii.equals) else {
        names.insert(cfg)
        continue
      }
      let value = cfg[cfg.utf8.index(after: equals)...].drop { $0 == " " || $0 == "\"" }
      let name = String(cfg[..<equals]).trimmed
      values.insert(CfgSet.key(name, String(value.last == "\"" ? value.dropLast() : value)))
      // `target_has_atomic` and `panic` stand for any of their values.
      names.insert(name)
    }
    for feature in features { values.insert(CfgSet.key("feature", feature)) }
  }

  /// The same with tests compiled.
  var withTests: CfgSet {
    var set = self
    set.names.insert("test")
    return set
  }

  static func key(_ name: String, _ value: String) -> String { "\(name)=\(value)" }
}

extension String {
  /// Without blanks at its ends.
  var trimmed: String {
    var rest = self[...]
    while rest.first == " " { rest = rest.dropFirst() }
    while rest.last == " " { rest = rest.dropLast() }
    return String(rest)
  }
}
