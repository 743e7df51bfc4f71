import CrateFacts
import RustDump

/// Sites that name something of several meanings (see `TypeTable.oneOf`): each meaning is looked at on its own.
extension EdgeBuilder {
  /// Looks at a site once for each meaning of what it names. Targets that not all meanings have in common are uncertain.
  func visitMeanings(_ site: SiteRecord, _ view: BodyView) {
    var view = view
    let before = coverage
    let start = edges.count
    let hadChoices = types.hasChoices
    if hadChoices { countMeanings(site, &view) }
    visit(site, view)
    guard types.hasChoices else { return }
    // The first type with several meanings may be this site's.
    if !hadChoices { countMeanings(site, &view) }
    guard view.meanings > 1 else { return }
    let covered = uncertain(coverage, since: before)
    for meaning in 1..<view.meanings {
      view.meaning = meaning
      visit(site, view)
    }
    coverage = covered
    settle(edgesFrom: start)
  }

  /// A call that was counted as one of a single target has several.
  private func uncertain(_ coverage: GraphCoverage, since before: GraphCoverage) -> GraphCoverage {
    var result = coverage
    result.single = before.single
    result.callback = before.callback
    result.several += coverage.single - before.single + coverage.callback - before.callback
    return result
  }

  private func countMeanings(_ site: SiteRecord, _ view: inout BodyView) {
    view.firstTerm = site.a
    if site.a != 0 {
      let term = TermID(site.a)
      if EdgeBuilder.namesCallee(site.siteKind) {
        view.firstCallee = lowering.lowerCallee(term, view.context)
        view.firstMeanings = meaningsCount(view.firstCallee)
      } else {
        view.firstType = lowering.lower(term, view.context)
        view.firstMeanings = meaningsCount(view.firstType)
      }
    }
    view.meanings = view.firstMeanings
    if site.b != 0 { view.meanings *= meaningsCount(lowering.lower(TermID(site.b), view.context)) }
  }

  private static func namesCallee(_ kind: SiteKind) -> Bool {
    switch kind {
    case .call, .callConstant, .reify, .functionInMemory, .mention, .assemblySymbol, .constantUse, .staticUse,
      .threadLocalUse:
      true
    default: false
    }
  }

  private func meaningsCount(_ lowered: TermID) -> Int {
    types.hasChoice(lowered) ? types.meanings(of: lowered).count : 1
  }

  /// The meaning of a term at hand.
  func meaning(of lowered: TermID, _ term: UInt32, _ view: BodyView) -> TermID {
    let list = types.meanings(of: lowered)
    let number = term == view.firstTerm ? view.meaning : view.meaning / view.firstMeanings
    return list[number % list.count]
  }

  /// Drops equal edges and gives the others the number of targets that the site has.
  private func settle(edgesFrom start: Int) {
    var seen: Set<UInt64> = []
    var counts: [EdgeKind: UInt32] = [:]
    var kept: [PendingEdge] = []
    for edge in edges[start...] where seen.insert(UInt64(edge.kind.rawValue) << 32 | UInt64(edge.target)).inserted {
      counts[edge.kind, default: 0] += 1
      kept.append(edge)
    }
    edges.removeLast(edges.count - start)
    for var edge in kept {
      edge.candidates = max(edge.candidates, counts[edge.kind] ?? 1)
      edges.append(edge)
    }
  }
}
