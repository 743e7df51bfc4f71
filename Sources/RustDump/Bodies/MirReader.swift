/// Reads the MIR text of one unit to facts.
///
/// The text is walked line by line, once. Lines that cannot matter (storage markers, jumps) are passed over after a look
/// at their first bytes; types and paths are parsed once per distinct text. Positions are worked out at the end of each
/// body, when its extent is known. What cannot be read becomes a gap.
///
/// The reader accepts what rustc 1.85 to 1.97 print with `-Zmir-opt-level=0 -Ztrim-diagnostic-paths=no`, with or
/// without `-Zmir-include-spans=on`. Without spans there are no positions, no unsafe calls and no closure identities.
public struct MirReader {
  let text: ByteText
  var terms: MirTermParser
  var facts = BodyFacts()
  var gaps: [DumpGap] = []
  var body = OpenBody()
  var memory = MirMemory()
  /// The beginning and end of the line at hand, without the newline.
  var lineStart = 0
  var lineEnd = 0
  /// Where the next line begins.
  var nextLine = 0
  /// Some symbol operand of `asm!` is an anonymous constant.
  var hasConstantSymbols = false
  /// The names of the crate's unions.
  private(set) var unions: Set<NameID> = []
  /// Bodies that stand in std's files.
  var standardBodies: [Int] = []
  /// Where the line begins whose number was asked for last, and the number.
  private var lastNumbered: (start: Int, number: UInt32) = (0, 1)
  /// Cached name of the file that was named last.
  var lastFile: (range: Range<Int>, name: NameID) = (0..<0, .none)
  /// Reading stops being exact when more than this many gaps were met; the rest is counted only.
  static let gapLimit = 10_000

  private init(text: ByteText, store: TermStore) {
    self.text = text
    terms = MirTermParser(text: text, store: store)
  }

  /// Reads a whole dump.
  ///
  /// - Parameters:
  ///   - bytes: the text of the dump. It must stay unchanged during the call.
  ///   - unions: the names of the unit's unions: MIR does not tell their fields from those of structures.
  ///   - store: names and terms of the unit, to which those of the dump are added.
  ///   - gaps: what could not be read is added here.
  /// - Returns: the facts.
  public static func read(
    _ bytes: UnsafeRawBufferPointer, unions: Set<NameID> = [], store: inout TermStore, gaps: inout [DumpGap]
  ) -> BodyFacts {
    var reader = MirReader(text: ByteText(bytes), store: store)
    reader.unions = unions
    store = TermStore()
    reader.readItems()
    reader.resolveMemory()
    reader.resolveConstantSymbols()
    reader.placeStandardBodies()
    store = reader.terms.store
    gaps.append(contentsOf: reader.gaps)
    return reader.facts
  }

  // MARK: Lines

  /// Moves to the next line. Returns `false` at the end of the text.
  @inline(__always)
  mutating func advanceLine() -> Bool {
    guard nextLine < text.count else { return false }
    lineStart = nextLine
    lineEnd = text.find(Ascii.newline, from: lineStart, to: text.count)
    nextLine = lineEnd + 1
    return true
  }

  /// The number, from 1, of the line at an offset. Walks the text, from the line that was asked for last if it comes
  /// before: for gaps only.
  mutating func lineNumber(at offset: Int) -> UInt32 {
    let target = min(offset, text.count)
    if target < lastNumbered.start { lastNumbered = (0, 1) }
    while true {
      let next = text.find(Ascii.newline, from: lastNumbered.start, to: target) + 1
      guard next <= target else { return lastNumbered.number }
      lastNumbered = (next, lastNumbered.number + 1)
    }
  }

  /// States that something could not be read.
  mutating func addGap(_ what: Range<Int>, why: String) {
    facts.statistics.unreadable += 1
    guard gaps.count < MirReader.gapLimit else { return }
    let shown = textRange(what.lowerBound, min(what.upperBound, what.lowerBound + 120))
    let whatName = terms.store.names.intern(text.slice(shown))
    let whyName = terms.store.names.intern(terms.metLimit ? "a type or path nests too deeply" : why)
    terms.metLimit = false
    gaps.append(DumpGap(what: whatName, why: whyName, dump: 0, line: lineNumber(at: what.lowerBound)))
  }

  // MARK: Items

  private mutating func readItems() {
    var compileTimeCopy = false
    while advanceLine() {
      guard lineStart < lineEnd else { continue }
      if text.matches("//", at: lineStart) {
        if text.matches("// MIR FOR CTFE", at: lineStart) { compileTimeCopy = true }
        continue
      }
      if text.matches("alloc", at: lineStart), isDigit(text[lineStart + 5]) {
        readAllocation()
        continue
      }
      readBodyItem(compileTimeCopy: compileTimeCopy)
      compileTimeCopy = false
    }
  }

  private mutating func readBodyItem(compileTimeCopy: Bool) {
    let itemStart = lineStart
    guard openBody(compileTimeCopy: compileTimeCopy) else {
      addGap(textRange(lineStart, lineEnd), why: "no item of a MIR dump begins like this")
      skipItem()
      return
    }
    if body.hasBraces { readBodyLines(itemStart) }
    closeBody()
  }

  /// Passes over the lines of an item that could not be understood, up to a `}` in column 0 or an empty line.
  private mutating func skipItem() {
    while nextLine < text.count {
      let first = text[nextLine]
      if first == Ascii.newline { return }
      guard advanceLine() else { return }
      if first == Ascii.closeBrace { return }
    }
  }

  private mutating func readBodyLines(_ itemStart: Int) {
    while advanceLine() {
      if text[lineStart] == Ascii.closeBrace, lineEnd - lineStart == 1 { return }
      readBodyLine()
    }
    addGap(textRange(itemStart, min(itemStart + 120, text.count)), why: "the dump ends within this item")
  }

  @inline(__always)
  private mutating func readBodyLine() {
    guard body.inBlock else {
      readDeclarationLine()
      return
    }
    if text[lineStart + 7] == Ascii.space, text[lineStart + 8] != Ascii.space {
      readStatementLine()
    } else if text[lineStart + 41] == Ascii.slash, text[lineStart + 40] == Ascii.space {
      readConstantLine()
    } else if text[lineStart + 4] == Ascii.closeBrace {
      body.inBlock = false
    }
  }

  /// A line before or between the blocks: `let`, `debug`, `scope`, `bbN: {`, `}`, or nothing.
  private mutating func readDeclarationLine() {
    var offset = lineStart
    while text[offset] == Ascii.space { offset += 1 }
    guard offset < lineEnd else { return }
    if text.matches("bb", at: offset), isDigit(text[offset + 2]) {
      openBlock(offset + 2)
    } else if text.matches("let ", at: offset) {
      readLocal(offset + 4)
    } else if !text.matches("debug ", at: offset), !text.matches("scope ", at: offset),
      text[offset] != Ascii.closeBrace,
      !text.matches("//", at: offset), !text.matches("|", at: offset)
    {
      addGap(textRange(offset, lineEnd), why: "no line of a body begins like this")
    }
  }

  private mutating func openBlock(_ offset: Int) {
    var position = offset
    var number: UInt32 = 0
    while isDigit(text[position]), number < 100_000_000 {
      number = number * 10 + UInt32(text[position] - 0x30)
      position += 1
    }
    body.block = number
    body.isCleanup = text.matches(" (cleanup)", at: position)
    body.inBlock = true
    if body.blocksStart < 0 { body.blocksStart = lineStart }
    body.constantLocal = -1
  }
}
