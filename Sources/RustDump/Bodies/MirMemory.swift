/// The `alloc` blocks of a dump: memory that constants refer to.
struct MirMemory {
  /// In `SiteRecord.b`: the site names a block by number, which is resolved when the whole dump was read.
  static let unresolved = UInt32.max

  enum Content {
    case data
    case staticItem(TermID)
    case foreignStatic(TermID)
    case function(TermID)
    case vtable(trait: TermID, type: TermID)
  }

  struct Block {
    var content: Content
    /// Numbers of the blocks that this one points to, in order.
    var pointers: [UInt32]
  }

  var blocks: [UInt32: Block] = [:]
  /// Numbers in order of first appearance.
  var order: [UInt32] = []
  /// How many more steps from block to block may be taken: each use of a block follows all that it points to, which
  /// together can be far more than the dump is long.
  var steps = 10_000_000
}

extension MirReader {
  /// Reads the block whose header is the line at hand.
  mutating func readAllocation() {
    let (number, digitsEnd) = number(at: lineStart + 5)
    guard text.matches(" (", at: digitsEnd), number < Int(UInt32.max) else {
      addGap(textRange(lineStart, lineEnd), why: "no header of an allocation")
      return
    }
    let header = textRange(digitsEnd + 2, lineEnd)
    let isOpen = text.endsWith(") {", before: lineEnd)
    let dataStart = nextLine
    var dataEnd = nextLine
    if isOpen {
      // Characters of the memory are printed with dots for control characters: no line of it begins with `}`.
      let close = text.find("\n}\n", from: max(0, nextLine - 1), to: text.count)
      dataEnd = close.map { $0 + 1 } ?? text.count
      if close == nil { addGap(textRange(lineStart, lineEnd), why: "the dump ends within this allocation") }
      nextLine = close.map { $0 + 3 } ?? text.count
    }
    let key = UInt32(number)
    guard memory.blocks[key] == nil else { return }
    memory.order.append(key)
    memory.blocks[key] = MirMemory.Block(
      content: readContent(header), pointers: isOpen ? readPointers(textRange(dataStart, dataEnd)) : [])
  }

  private mutating func readContent(_ header: Range<Int>) -> MirMemory.Content {
    let start = header.lowerBound
    let close = lastParenthesis(header)
    if text.matches("static: ", at: start) {
      let comma = scanDepthZero(Ascii.comma, from: start + 8, to: close) ?? close
      return .staticItem(pathOrGap(textRange(start + 8, comma)))
    }
    if text.matches("extern static: ", at: start) { return .foreignStatic(pathOrGap(textRange(start + 15, close))) }
    if text.matches("fn: ", at: start) {
      let shim = text.find(" - shim", from: start, to: close) ?? close
      return .function(pathOrGap(textRange(start + 4, shim)))
    }
    if text.matches("vtable: impl ", at: start) { return readVtable(textRange(start + 13, close)) }
    return .data
  }

  private func lastParenthesis(_ header: Range<Int>) -> Int {
    var offset = header.upperBound - 1
    while offset > header.lowerBound, text[offset] != Ascii.closeParenthesis { offset -= 1 }
    return offset
  }

  private mutating func pathOrGap(_ range: Range<Int>) -> TermID {
    let path = terms.path(range)
    if path.isNone { addGap(range, why: "the path of an allocation cannot be read") }
    return path
  }

  /// `Op + std::marker::Sync for Dbl`
  private mutating func readVtable(_ range: Range<Int>) -> MirMemory.Content {
    var position = range.lowerBound
    while let space = scanDepthZero(Ascii.space, from: position, to: range.upperBound) {
      if text.matches(" for ", at: space) {
        let bounds = readBounds(textRange(range.lowerBound, space))
        let type = terms.type(textRange(space + 5, range.upperBound))
        if type.isNone { addGap(range, why: "the type of a vtable cannot be read") }
        return .vtable(trait: bounds, type: type)
      }
      position = space + 1
    }
    addGap(range, why: "a vtable without a type")
    return .data
  }

  private mutating func readBounds(_ range: Range<Int>) -> TermID {
    var bounds: [TermID] = []
    var start = range.lowerBound
    var position = start
    while position < range.upperBound {
      let space = scanDepthZero(Ascii.space, from: position, to: range.upperBound) ?? range.upperBound
      if space == range.upperBound || text.matches(" + ", at: space) {
        if text[start] != Ascii.apostrophe { bounds.append(terms.path(withoutBinder(textRange(start, space)))) }
        start = space + 3
        position = start
      } else {
        position = space + 1
      }
    }
    return terms.store.terms.intern(.dynamic, children: bounds.filter { !$0.isNone })
  }

  private func withoutBinder(_ range: Range<Int>) -> Range<Int> {
    guard text.matches("for<", at: range.lowerBound),
      let close = text.find("> ", from: range.lowerBound, to: range.upperBound)
    else { return range }
    return textRange(close + 2, range.upperBound)
  }

  /// The blocks that `╾───alloc12<imm>───╼` in the data column point to. The column of characters holds no such name.
  private func readPointers(_ range: Range<Int>) -> [UInt32] {
    var pointers: [UInt32] = []
    var position = range.lowerBound
    while let found = text.find("\u{2500}a", from: position, to: range.upperBound) {
      position = found + 4
      let digits = text.matches("lloc", at: position) ? position + 4 : position
      guard isDigit(text[digits]) else { continue }
      let (value, end) = number(at: digits)
      position = end
      if value < Int(UInt32.max) { pointers.append(UInt32(value)) }
    }
    return pointers
  }

  // MARK: Resolution

  /// Replaces numbers of blocks in the sites by what is in the blocks, and adds the memory of the crate's own statics.
  mutating func resolveMemory() {
    var sites: [SiteRecord] = []
    sites.reserveCapacity(facts.sites.count)
    for index in facts.bodies.indices {
      let range = facts.bodies[index].sitesStart..<(facts.bodies[index].sitesStart + facts.bodies[index].sitesCount)
      facts.bodies[index].sitesStart = UInt32(sites.count)
      for site in range { resolve(facts.sites[Int(site)], into: &sites) }
      facts.bodies[index].sitesCount = UInt32(sites.count) - facts.bodies[index].sitesStart
    }
    facts.sites = sites
    addStaticMemory()
  }

  private mutating func resolve(_ site: SiteRecord, into sites: inout [SiteRecord]) {
    guard site.b == MirMemory.unresolved else {
      sites.append(site)
      return
    }
    if site.kind == SiteKind.unsafeStaticUse.rawValue {
      resolveUnsafeUse(site, into: &sites)
      return
    }
    var seen: Set<UInt32> = []
    var work = [site.a]
    while let number = work.popLast() {
      guard seen.insert(number).inserted, let block = memory.blocks[number] else { continue }
      guard takeSteps(1 + block.pointers.count, at: number) else { return }
      if let (kind, a, b) = MirReader.siteContent(block.content) {
        sites.append(changed(site, kind, a, b))
      } else {
        work.append(contentsOf: block.pointers.reversed())
      }
    }
    if memory.blocks[site.a] == nil {
      let what = terms.store.names.intern("alloc\(site.a)")
      let why = terms.store.names.intern("the dump does not show this allocation")
      gaps.append(DumpGap(what: what, why: why, dump: 0, line: 0))
    }
  }

  /// Whether so many steps are left. The first time that they are not becomes a gap.
  private mutating func takeSteps(_ count: Int, at number: UInt32) -> Bool {
    guard memory.steps >= 0 else { return false }
    memory.steps -= count
    if memory.steps < 0 {
      let what = terms.store.names.intern("alloc\(number)")
      let why = terms.store.names.intern("the allocations refer to each other too often to follow all of them")
      gaps.append(DumpGap(what: what, why: why, dump: 0, line: 0))
      return false
    }
    return true
  }

  private func changed(_ site: SiteRecord, _ kind: SiteKind, _ a: TermID, _ b: TermID) -> SiteRecord {
    var copy = site
    copy.kind = kind.rawValue
    copy.a = a.raw
    copy.b = b.raw
    return copy
  }

  private static func siteContent(_ content: MirMemory.Content) -> (SiteKind, TermID, TermID)? {
    switch content {
    case .data: nil
    case .staticItem(let path), .foreignStatic(let path): (.staticUse, path, .none)
    case .function(let path): (.functionInMemory, path, .none)
    case .vtable(let trait, let type): (.vtableInMemory, trait, type)
    }
  }

  private func resolveUnsafeUse(_ site: SiteRecord, into sites: inout [SiteRecord]) {
    switch memory.blocks[site.a]?.content {
    case .staticItem(let path), .foreignStatic(let path): sites.append(changed(site, .unsafeStaticUse, path, .none))
    default: break
    }
  }

  /// A static's final value holds the functions and vtables that code comes to through it.
  private mutating func addStaticMemory() {
    var own: [UInt32: BodyRecord] = [:]
    for body in facts.bodies where body.kind == BodyKind.staticItem.rawValue { own[body.path] = body }
    for number in memory.order {
      guard let block = memory.blocks[number], case .staticItem(let path) = block.content, !block.pointers.isEmpty,
        var record = own[path.raw]
      else { continue }
      record.kind = BodyKind.staticMemory.rawValue
      record.sitesStart = UInt32(facts.sites.count)
      let template = SiteRecord(
        kind: 0, flags: 0, block: 0, a: 0, b: MirMemory.unresolved, listStart: 0, listCount: 0, file: record.file,
        line: record.line, column: 1)
      var sites: [SiteRecord] = []
      for pointer in block.pointers {
        var site = changed(template, .staticUse, TermID(pointer), TermID(MirMemory.unresolved))
        site.a = pointer
        resolve(site, into: &sites)
      }
      facts.sites.append(contentsOf: sites)
      record.sitesCount = UInt32(facts.sites.count) - record.sitesStart
      if record.sitesCount > 0 { facts.bodies.append(record) }
    }
  }
}
