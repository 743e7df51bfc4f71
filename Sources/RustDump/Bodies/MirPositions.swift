/// Source positions, and the end of a body.
///
/// A macro of another crate leaves spans in that crate's files, and a macro of this crate spans in its definition. Code
/// made by a macro is to stand where the user wrote the macro call, which the dump does not say. The nearest text before
/// it in the same body that lies within the body's own lines is that place, give or take the arguments of the macro.
extension MirReader {
  struct Span {
    var file: Range<Int>
    var line: UInt32
    var column: UInt32
  }

  /// The span at the end of a line: `scope 1 at FILE:L:C: L:C`, or `+ span: FILE:L:C: L:C`.
  func spanStart(_ start: Int, _ end: Int) -> Span? {
    guard let place = text.place(before: end), let fileStart = fileStart(start, place.fileEnd) else { return nil }
    return Span(file: textRange(fileStart, place.fileEnd), line: place.line, column: place.column)
  }

  private func fileStart(_ start: Int, _ end: Int) -> Int? {
    var offset = end - 1
    while offset > start {
      if text[offset] == Ascii.space {
        if text.endsWith(" at", before: offset), isDigit(text[offset - 4]) { return offset + 1 }
        if text.endsWith("+ span:", before: offset) { return offset + 1 }
      }
      offset -= 1
    }
    return nil
  }

  /// Whether a line's code comes from a macro of std.
  func isGenerated(_ start: Int, _ end: Int) -> Bool {
    guard let span = spanStart(start, end) else { return false }
    return isStandardSource(span.file)
  }

  /// Where the sources of std are said to be: by Rust's own builds, and by those of Debian, Fedora and others, which do
  /// not replace the folder that they build in. Other folders are not looked at: a crate could be named like them.
  private static let standardFolders: [StaticString] = [
    "/rustc/", "/usr/src/rustc-", "/build/rustc-", "/builddir/build/BUILD/rustc-",
  ]

  /// Whether a file is one of std's.
  private func isStandardSource(_ file: Range<Int>) -> Bool {
    guard text[file.lowerBound] == Ascii.slash else { return false }
    return MirReader.standardFolders.contains { text.matches($0, at: file.lowerBound) }
      && text.find("/library/", from: file.lowerBound, to: file.upperBound) != nil
  }

  /// The name of a file, cached since neighbouring lines name the same.
  private mutating func fileName(_ range: Range<Int>) -> NameID {
    if range.count == lastFile.range.count, text.equal(lastFile.range.lowerBound, range.lowerBound, length: range.count)
    {
      return lastFile.name
    }
    let name = terms.store.names.intern(text.slice(range))
    lastFile = (range, name)
    return name
  }

  // MARK: Closing

  /// Works out positions and adds the body to the facts.
  mutating func closeBody() {
    body.inBlock = false
    guard !body.isCopy else {
      facts.lists.removeLast(Int(body.record.parametersCount) + closureListEntries())
      return
    }
    var record = body.record
    facts.statistics.bodies += 1
    if record.kind == BodyKind.function.rawValue { facts.statistics.functions += 1 }
    var spans = placeBody(&record)
    if hasConstantBranches { markConstantBranches() }
    if body.hasHeldDrops { confineHeldDrops() }
    record.sitesStart = UInt32(facts.sites.count)
    record.sitesCount = UInt32(body.sites.count)
    record.dumpLine = 0
    for index in body.sites.indices { facts.sites.append(placeSite(body.sites[index], &spans)) }
    facts.bodies.append(record)
  }

  private func closureListEntries() -> Int {
    body.sites.reduce(0) { $0 + Int($1.record.listCount) }
  }

  private mutating func placeBody(_ record: inout BodyRecord) -> NearestSpans? {
    guard body.returnPlaceLine >= 0,
      let first = spanStart(body.returnPlaceLine, lineEndOf(body.returnPlaceLine))
    else { return nil }
    var last = first.line
    if body.returnLine >= 0, let end = spanStart(body.returnLine, lineEndOf(body.returnLine)),
      sameFile(end.file, first.file), end.line >= first.line
    {
      last = end.line
    } else {
      last = lastSiteLine(first)
    }
    if isStandardSource(first.file) { standardBodies.append(facts.bodies.count) }
    record.file = fileName(first.file).raw
    record.line = first.line
    record.lastLine = last
    return NearestSpans(
      text: text, file: first.file, lines: first.line...max(first.line, last),
      blocks: textRange(body.blocksStart, nextLine))
  }

  /// A body that never returns has no closing line: it reaches as far as its sites in the same file do.
  private func lastSiteLine(_ first: Span) -> UInt32 {
    var last = first.line
    for site in body.sites {
      guard let span = spanStart(site.line, site.lineEnd), sameFile(span.file, first.file) else { continue }
      last = max(last, span.line)
    }
    return last
  }

  private func sameFile(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    left.count == right.count && text.equal(left.lowerBound, right.lowerBound, length: left.count)
  }

  func lineEndOf(_ start: Int) -> Int { text.find(Ascii.newline, from: start, to: text.count) }

  private mutating func placeSite(_ site: OpenBody.Site, _ spans: inout NearestSpans?) -> SiteRecord {
    var record = site.record
    guard let span = spanStart(site.line, site.lineEnd) else { return record }
    var found = span
    if isStandardSource(span.file) {
      record.flags |= SiteFlags.fromStandardMacro.rawValue
    }
    if spans?.holds(span) == false {
      record.flags |= SiteFlags.fromMacro.rawValue
      found = spans?.nearest(to: site.line) ?? span
    }
    record.file = fileName(found.file).raw
    record.line = found.line
    record.column = found.column
    return record
  }
}
