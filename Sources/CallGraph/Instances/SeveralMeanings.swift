import CrateFacts
import RustDump

/// Sites that name something of several meanings (see `TypeTable.oneOf`): each meaning is looked at on its own.
extension EdgeBuilder {
  /// Looks at a site once for each meaning of what it names. Targets that not all meanings have in common are uncertain.
  func visitMeanings(_ site: SiteRecord, _ view: BodyView) {
    var view = view
    let before = coverage
    let start = edges.count
    if types.hasChoices { countMeanings(site, &view) }
    visit(site, view)
    guard types.hasChoices else { return }
    countMeanings(site, &view)
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
    view.firstMeanings = meaningsCount(site.a, isCallee: EdgeBuilder.sitesOfCallees.contains(site.siteKind), view)
    view.meanings = view.firstMeanings * meaningsCount(site.b, isCallee: false, view)
  }

  private static let sitesOfCallees: Set<SiteKind> = [
    .call, .callConstant, .reify, .functionInMemory, .mention, .assemblySymbol, .constantUse, .staticUse,
    .threadLocalUse,
  ]

  private func meaningsCount(_ term: UInt32, isCallee: Bool, _ view: BodyView) -> Int {
    guard term != 0 else { return 1 }
    let lowered =
      isCallee ? lowering.lowerCallee(TermID(term), view.context) : lowering.lower(TermID(term), view.context)
    return types.meanings(of: lowered).count
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
