/// The text of the user that code made by a macro is placed at.
///
/// Sites are placed in the order of the text, so what was found for one holds for the next but for the lines between
/// them: together the searches of a body walk its text once in each direction.
struct NearestSpans {
  private let text: ByteText
  /// The file and lines that are the body's own.
  private let file: Range<Int>
  private let lines: ClosedRange<UInt32>
  /// Where the body's text ends.
  private let end: Int
  /// The last own span before the line that was asked for last.
  private var before: (line: Int, span: MirReader.Span?)
  /// The first own span behind `from`, which stands at `at`.
  private var after: (from: Int, at: Int, span: MirReader.Span?) = (0, 0, nil)

  /// - Parameter blocks: the text of the body's blocks.
  init(text: ByteText, file: Range<Int>, lines: ClosedRange<UInt32>, blocks: Range<Int>) {
    self.text = text
    self.file = file
    self.lines = lines
    end = blocks.upperBound
    before = (blocks.lowerBound, nil)
  }

  /// Whether a span is the body's own.
  func holds(_ span: MirReader.Span) -> Bool {
    lines.contains(span.line) && span.file.count == file.count
      && text.equal(span.file.lowerBound, file.lowerBound, length: file.count)
  }

  /// The nearest span before a line, else after it, that is the body's own.
  mutating func nearest(to line: Int) -> MirReader.Span? {
    // Constants of the statement itself (a format string, an argument) stand in the comment lines below it.
    var position = lineEndOf(line) + 1
    while text.matches("                                         // ", at: position) {
      let end = lineEndOf(position)
      if text.matches("// + span: ", at: position + 41), let span = ownSpan(end) { return span }
      position = end + 1
    }
    return spanBefore(line) ?? spanAfter(line)
  }

  private mutating func spanBefore(_ line: Int) -> MirReader.Span? {
    var end = line - 1
    while end > before.line {
      if let span = ownSpan(end) {
        before.span = span
        break
      }
      end = text.findLast(Ascii.newline, from: before.line, to: end) ?? before.line
    }
    before.line = max(line, before.line)
    return before.span
  }

  private mutating func spanAfter(_ line: Int) -> MirReader.Span? {
    if line >= after.from, line < after.at { return after.span }
    after = (line, Int.max, nil)
    var position = lineEndOf(line) + 1
    while position < end {
      let lineEnd = lineEndOf(position)
      if let span = ownSpan(lineEnd) {
        after = (line, position, span)
        break
      }
      position = lineEnd + 1
    }
    return after.span
  }

  /// The span that a line ends with, if it is the body's own.
  private func ownSpan(_ end: Int) -> MirReader.Span? {
    guard let place = text.place(before: end), lines.contains(place.line) else { return nil }
    let start = place.fileEnd - file.count
    guard text[start - 1] == Ascii.space, text.equal(start, file.lowerBound, length: file.count) else { return nil }
    return MirReader.Span(file: textRange(start, place.fileEnd), line: place.line, column: place.column)
  }

  private func lineEndOf(_ start: Int) -> Int { text.find(Ascii.newline, from: start, to: text.count) }
}

extension ByteText {
  /// The beginning of the span `FILE:L:C: L:C` that ends at `end`: where the file's name ends, the line and the column.
  func place(before end: Int) -> (fileEnd: Int, line: UInt32, column: UInt32)? {
    var offset = end
    guard number(before: &offset) != nil, self[offset - 1] == Ascii.colon else { return nil }
    offset -= 1
    guard number(before: &offset) != nil, endsWith(": ", before: offset) else { return nil }
    offset -= 2
    guard let column = number(before: &offset), self[offset - 1] == Ascii.colon else { return nil }
    offset -= 1
    guard let line = number(before: &offset), self[offset - 1] == Ascii.colon else { return nil }
    return (offset - 1, UInt32(clamping: line), UInt32(clamping: column))
  }

  /// The decimal number of at most ten digits that ends at an offset, which is moved before it.
  private func number(before offset: inout Int) -> Int? {
    var value = 0
    var scale = 1
    let end = offset
    while isDigit(self[offset - 1]), end - offset < 10 {
      value += Int(self[offset - 1] - 0x30) * scale
      scale *= 10
      offset -= 1
    }
    return offset < end ? value : nil
  }
}
