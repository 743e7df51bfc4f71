import CrateFacts
import RustDump

/// What of std's code counts, and for whom: see `StandardAccount`.
extension EdgeBuilder {
  /// How a function of std is entered.
  struct StandardEntry {
    var account: StandardAccount
    /// The node that stands for what the function does of itself, if that counts here.
    var sink: UInt32?
  }

  /// The function of a target that is one of std's with a body here.
  func standardFunction(_ target: CallTarget) -> TermID? {
    guard let standard, case .function(let function) = target, let body = program.bodyOfItem[types.item(function)],
      standard.isStandard(body: body)
    else { return nil }
    return function
  }

  /// How code on some account enters a function of std.
  ///
  /// - Parameters:
  ///   - isSupplied: whether it is a method of a type that the caller of std chose.
  ///   - mentions: whether the function's arguments are made of the caller's.
  func enter(
    _ function: TermID, from account: StandardAccount, isSupplied: Bool, mentions: Bool
  ) -> StandardEntry {
    guard let standard else { return StandardEntry(account: .own, sink: nil) }
    switch account {
    case .own: return StandardEntry(account: .own, sink: nil)
    case .given where !isSupplied: return StandardEntry(account: mentions ? .given : .own, sink: nil)
    case .caller, .told, .given:
      switch standard.standing(of: function) {
      case .sink:
        let name = standardNames.name(ofFunction: function)
        return StandardEntry(account: .given, sink: instances.named(name, .standard, item: types.item(function)))
      case .harmless: return StandardEntry(account: .given, sink: nil)
      case .unclassified: return StandardEntry(account: account == .given ? .given : .told, sink: nil)
      }
    }
  }

  /// The node of a body with arguments, of std's bodies on an account.
  func bodyNode(_ body: UInt32, _ arguments: TermID, _ account: StandardAccount) -> UInt32 {
    guard let standard, standard.isStandard(body: body) else { return instances.body(body, arguments) }
    var account = account == .caller ? .given : account
    if account == .given, !types.children(arguments).contains(where: { standard.isChoice($0) }) { account = .own }
    // Code that never leads back into the crates is the same for all of them.
    let world = instances.world
    if account == .own { instances.world = .open }
    defer { instances.world = world }
    return instances.body(body, arguments, account)
  }

  /// Adds the edges to a function of std with a body: to what it does of itself, and to its code, or to its name where
  /// that need not be followed.
  func addStandardEdges(
    _ function: TermID, _ view: BodyView, _ kind: EdgeKind, candidates: Int, isSupplied: Bool = true,
    mentions: Bool = true, isNamed: Bool = true
  ) {
    let isDrop = kind == .drop
    let kind = view.isCast && view.account != .caller ? .cast : kind
    var entry = enter(function, from: view.account, isSupplied: isSupplied, mentions: mentions)
    // Closing, freeing and the like are nobody's capability.
    if isDrop, entry.account == .told { entry.account = .given }
    if let sink = entry.sink { addEdge(view, sink, kind, candidates: candidates) }
    let code = codeNode(function, entry)
    if let code { addEdge(view, code, kind, candidates: candidates) }
    guard view.account == .caller else { return }
    if code == nil, entry.sink == nil, isNamed { addEdge(view, nameNode(function), kind, candidates: candidates) }
    if !isDrop, code == nil || followsAllOfStandard { addSinksOfPlainTypes(function, view) }
  }

  /// A function that is not followed, for its arguments are plain, may still ask them for what the tables name:
  /// `TcpStream::connect("name:80")` resolves the name.
  private func addSinksOfPlainTypes(_ function: TermID, _ view: BodyView) {
    guard let standard, types.childCount(function) > 0 else { return }
    for case .target(let target) in callbacks.callbacks(of: function) {
      guard let asked = standardFunction(target), standard.standing(of: asked) == .sink else { continue }
      addEdge(view, nameNode(asked), .callback)
    }
  }

  /// The node of the code of a function of std; `nil` where it need not be followed.
  private func codeNode(_ function: TermID, _ entry: StandardEntry) -> UInt32? {
    guard let standard, let body = program.bodyOfItem[types.item(function)] else { return nil }
    guard followsAllOfStandard || entry.account == .told || mustFollow(function, body, entry.account, standard) else {
      noteClosures(madeIn: body, types.argumentList(of: function))
      return nil
    }
    return node(.function(function), entry.account)
  }

  /// A function that is not followed may give back closures (`map_fold(f, g)`), which are called elsewhere.
  private func noteClosures(madeIn body: UInt32, _ arguments: TermID) {
    for closure in closures(madeIn: body) { objects.addClosure(closure, arguments) }
  }

  private func closures(madeIn body: UInt32) -> [UInt32] {
    if let known = closuresOfBody[body] { return known }
    let record = program.body(body)
    let unit = program.unit(ofBody: body)
    let sites = program.units[unit].facts.bodies.sites[
      Int(record.sitesStart)..<Int(record.sitesStart + record.sitesCount)]
    let made = sites.compactMap { site in
      site.siteKind == .closure ? lowering.closures.made(site, body, unit) : nil
    }
    closuresOfBody[body] = made
    return made
  }

  private func mustFollow(
    _ function: TermID, _ body: UInt32, _ account: StandardAccount, _ standard: StandardBodies
  ) -> Bool {
    let positions = 0..<types.childCount(function)
    guard account == .given, positions.contains(where: { standard.isChoice(types.child(function, $0)) }) else {
      return false
    }
    let leads = reach?.leads(body) ?? Leads(calls: .all, drops: .all)
    return positions.contains { position in
      let argument = types.child(function, position)
      return leads.calls.contains(position) && standard.isChoice(argument)
        || leads.drops.contains(position) && drops.crates?.targets(argument).isEmpty == false
    }
  }

  /// The node that stands for a function of std without its code.
  private func nameNode(_ function: TermID) -> UInt32 {
    instances.named(standardNames.name(ofFunction: function), .standard, item: types.item(function))
  }
}

/// What crates hand over to std, and what trait objects and pointers turn out to be.
extension EdgeBuilder {
  /// Trait objects and function pointers that a function of std is declared to take are called where they are handed over.
  func addObjectsHandedOver(_ function: TermID, _ view: BodyView) {
    let item = types.item(function)
    if let standard, item == standard.language.dropInPlace, types.childCount(function) == 1 {
      return addDrop(types.child(function, 0), view)
    }
    for callback in callbacks.pointerParameters(item, types.argumentList(of: function)) { add(callback, view) }
  }

  /// The node of a target that was found for a trait object or pointer in code on an account, and that of what a function
  /// of std does of itself, if that counts there.
  ///
  /// - Returns: no node where nothing that counts can come of it.
  func nodes(
    of target: CallTarget, for account: StandardAccount, isDrop: Bool
  ) -> (code: UInt32?, sink: UInt32?) {
    guard let function = standardFunction(target) else { return (node(target, account), nil) }
    var entry = enter(function, from: account, isSupplied: true, mentions: true)
    if isDrop, entry.account == .told { entry.account = .given }
    if let code = codeNode(function, entry) { return (code, entry.sink) }
    return (entry.sink ?? (account == .caller && !isDrop ? nameNode(function) : nil), entry.sink)
  }

  /// Whether a constant or static can hold something that runs. Of std's own most are numbers.
  func holdsCode(_ body: UInt32) -> Bool {
    guard let standard, standard.isStandard(body: body) else { return true }
    return program.body(body).sitesCount > 0 && !isNumber(body)
  }
}
