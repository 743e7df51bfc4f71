import RustDump

/// The columns of one crate in the file of std's facts.
enum StandardColumns {
  // MARK: Names and terms

  /// Adds the names and terms between two shares; `nil` is the beginning or the end.
  static func addStore(_ store: TermStore, from: ItemShare?, to: ItemShare?, _ writer: inout ColumnWriter) {
    let ends = store.names.ends
    let names = (from?.names ?? 0)..<(to?.names ?? ends.count)
    let start = names.lowerBound == 0 ? 0 : Int(ends[names.lowerBound - 1])
    let end = names.isEmpty ? start : Int(ends[names.upperBound - 1])
    writer.add(bytes: store.names.arena[start..<end])
    writer.add(Array(ends[names]))
    writer.add(Array(store.terms.records[(from?.terms ?? 0)..<(to?.terms ?? store.terms.records.count)]))
    writer.add(Array(store.terms.children[(from?.children ?? 0)..<(to?.children ?? store.terms.children.count)]))
  }

  /// Names and terms as they are put together from their parts.
  struct StoreParts {
    private var arena: [UInt8] = []
    private var ends: [UInt32] = []
    private var records: [TermRecord] = []
    private var children: [UInt32] = []

    mutating func take(_ reader: inout ColumnReader) {
      arena += reader.takeBytes()
      ends += reader.take()
      records += reader.take()
      children += reader.take()
    }

    /// The whole, or `nil` if the parts do not fit together.
    var store: TermStore? {
      guard let names = NameTable(arena: arena, ends: ends), let terms = TermTable(records: records, children: children)
      else { return nil }
      return TermStore(names: names, terms: terms)
    }
  }

  // MARK: Items and bodies

  static func addItems(_ facts: UnitFacts, to writer: inout ColumnWriter) {
    writer.add(facts.items.items)
    writer.add(facts.items.generics)
    writer.add(facts.items.predicates)
    writer.add(facts.items.termLists)
    writer.add(facts.items.uses)
    writer.add(facts.items.attributes)
  }

  static func takeItems(_ reader: inout ColumnReader, _ facts: inout UnitFacts) {
    facts.items.items = reader.take()
    facts.items.generics = reader.take()
    facts.items.predicates = reader.take()
    facts.items.termLists = reader.take()
    facts.items.uses = reader.take()
    facts.items.attributes = reader.take()
  }

  static func addBodies(_ facts: UnitFacts, to writer: inout ColumnWriter) {
    writer.add(facts.bodies.bodies)
    writer.add(facts.bodies.sites)
    writer.add(facts.bodies.lists)
    writer.add(number: Int(facts.bodies.crateHash))
    writer.add(facts.itemOfBody)
    writer.add(facts.ownerOfBody)
  }

  static func takeBodies(_ reader: inout ColumnReader, _ facts: inout UnitFacts) {
    facts.bodies.bodies = reader.take()
    facts.bodies.sites = reader.take()
    facts.bodies.lists = reader.take()
    facts.bodies.crateHash = UInt32(truncatingIfNeeded: reader.takeNumber())
    facts.itemOfBody = reader.take()
    facts.ownerOfBody = reader.take()
  }
}

extension UnitFacts {
  /// The facts without what nobody is told of std: where bodies stand in the dump, and operations that lead nowhere.
  var withoutUntold: UnitFacts {
    var facts = self
    var sites: [SiteRecord] = []
    for index in facts.bodies.bodies.indices {
      let body = facts.bodies.bodies[index]
      let range = Int(body.sitesStart)..<Int(body.sitesStart + body.sitesCount)
      facts.bodies.bodies[index].sitesStart = UInt32(sites.count)
      for var site in bodies.sites[range] where !site.siteKind.leadsNowhere {
        site.block = 0
        sites.append(site)
      }
      facts.bodies.bodies[index].sitesCount = UInt32(sites.count) - facts.bodies.bodies[index].sitesStart
      facts.bodies.bodies[index].dumpLine = 0
      facts.bodies.bodies[index].lastLine = 0
    }
    facts.bodies.sites = sites
    return facts
  }
}

extension SiteKind {
  /// An operation that calls nothing.
  fileprivate var leadsNowhere: Bool {
    switch self {
    case .transmute, .rawDereference, .unsafeStaticUse, .unionField, .assembly: true
    default: false
    }
  }
}
