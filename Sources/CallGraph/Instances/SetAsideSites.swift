import CrateFacts
import RustDump

/// Sites that this build does not use: behind a branch on a constant that is not taken.
///
/// The compiler leaves them out of the program, so they must not add types to trait objects or functions to pointers
/// that the rest of the program sees. They are looked at after everything that is reached has been answered, and their
/// edges are marked.
extension EdgeBuilder {
  /// Whether a site is left for later. A constant that the compiler evaluates for an instance may not come by the site
  /// at all: then it says nothing of any build.
  func setsAside(_ site: SiteRecord, _ view: BodyView) -> Bool {
    let flags = site.siteFlags
    if flags.contains(.constantFalse) { return true }
    guard flags.contains(.whenNeedsDrop) != flags.contains(.unlessNeedsDrop) else { return false }
    guard let answer = asksForDrop(view) else { return false }
    return answer != flags.contains(.whenNeedsDrop)
  }

  /// What `needs_drop::<T>()` gives in the body of an instance; `nil` if that depends on what its caller chooses.
  private func asksForDrop(_ view: BodyView) -> Bool? {
    let record = program.body(view.body)
    for index in record.sitesStart..<(record.sitesStart + record.sitesCount) {
      let site = program.units[view.unit].facts.bodies.sites[Int(index)]
      guard site.siteKind == .call else { continue }
      let callee = callee(site.a, view)
      guard types.kind(callee) == .functionDefinition, types.item(callee) == selector.known.needsDrop,
        types.childCount(callee) == 1
      else { continue }
      return drops.needsDrop(types.child(callee, 0))
    }
    return nil
  }

  /// Looks at all sites that were set aside, and at what they lead to.
  func visitSetAside() {
    while !setAside.isEmpty {
      let views = setAside
      setAside = []
      for view in views {
        instances.world = instances.instances[Int(view.node)].world
        isConstantFalse = true
        visitMeanings(program.units[view.unit].facts.bodies.sites[Int(view.place.site)], view)
        isConstantFalse = false
      }
      run()
    }
  }
}
