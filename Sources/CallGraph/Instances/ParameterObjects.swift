import CrateFacts
import RustDump

/// Trait objects that are handed to functions without a body here: `f.debug_struct("A").field("b", &self.b)` makes a
/// `&dyn Debug` and std calls its methods.
extension EdgeBuilder {
  /// Adds the methods of a trait object that a function of std is given.
  ///
  /// Where the body makes such objects itself and gets none, those are the ones that it hands over; else any that reached
  /// code makes.
  func addParameterObject(_ bound: TermID, _ view: BodyView) {
    let kind: EdgeKind = view.isCast ? .cast : .dyn
    let own = view.nesting == 0 ? objectsMade(in: view, bound) : []
    for trait in traitClosure(of: bound) {
      if own.isEmpty {
        addDeferred(view, .anyMethod(bound: bound, trait: trait), kind)
      } else {
        for type in own { addMethods(of: type, trait, view, candidates: own.count) }
      }
    }
  }

  private func addMethods(of type: TermID, _ trait: TermID, _ view: BodyView, candidates: Int) {
    for target in vtableMethods(type, trait) {
      if hasBody(target) {
        // Through std's bodies each of them is seen to run.
        addTarget(target, view, .callback, candidates: standard == nil ? candidates : 1)
      } else if case .function(let function) = target {
        var inner = view
        inner.nesting += 1
        for callback in callbacks.callbacks(of: function) { add(callback, inner) }
      }
    }
  }

  /// The types that a body turns into trait objects of a bound; none if it may have got such an object from elsewhere.
  private func objectsMade(in view: BodyView, _ bound: TermID) -> [TermID] {
    let record = program.body(view.body)
    let bodies = program.units[view.unit].facts.bodies
    for index in record.parametersStart..<(record.parametersStart + record.parametersCount) {
      if mentions(type(bodies.lists[Int(index)], view), types.item(bound), 0) { return [] }
    }
    var found: [TermID] = []
    for index in record.sitesStart..<(record.sitesStart + record.sitesCount) {
      let site = bodies.sites[Int(index)]
      guard site.siteKind == .unsize, isConstantFalse || !setsAside(site, view),
        let (from, to) = objectPair(type(site.a, view), type(site.b, view), 0), types.childCount(to) > 0,
        types.item(types.child(to, 0)) == types.item(bound)
      else { continue }
      if types.kind(from) == .dynamic { return [] }
      if !found.contains(from) { found.append(from) }
    }
    return found
  }

  private func mentions(_ type: TermID, _ trait: UInt32, _ level: Int) -> Bool {
    if types.kind(type) == .dynamic {
      return types.childCount(type) > 0 && types.item(types.child(type, 0)) == trait
    }
    return level < 6 && types.children(type).contains { mentions($0, trait, level + 1) }
  }
}
