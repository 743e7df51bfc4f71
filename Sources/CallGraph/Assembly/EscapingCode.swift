import CrateFacts
import RustDump

/// Code that a library hands out: who calls its functions can run what they give back.
///
/// A public `async fn` gives a future, `-> impl Fn()` a closure, `-> impl Iterator` an iterator with closures or of a type
/// that nobody outside can name, `-> Box<dyn Tr>` an object that the function's own body makes, `-> fn()` a function whose
/// address it takes. Public statics and constants give what they store. What the functions of such closures and types give
/// back is handed out in turn.
struct EscapingCode {
  /// Functions, closures and coroutines that callers can run.
  private(set) var targets: [CallTarget] = []
  /// The library's own types that callers get.
  private(set) var types: [UInt32] = []
  private let edges: EdgeBuilder
  private let unit: Int
  private var seenTargets: Set<CallTarget> = []
  private var seenTypes: Set<UInt32> = []
  private var table: TypeTable { edges.types }

  init(_ edges: EdgeBuilder, unit: Int) {
    self.edges = edges
    self.unit = unit
  }

  /// Adds what an entry point gives back.
  mutating func add(_ item: UInt32) {
    guard let body = edges.program.bodyOfItem[item] else { return }
    let arguments = edges.openArguments(of: item)
    let view = view(body, arguments)
    switch edges.program.kind(item) {
    case .staticItem, .constant: addStored(view)
    default:
      let function = table.make(.functionDefinition, a: item, table.children(arguments))
      if let result = edges.selector.functionResult(function) { add(edges.selector.normalise(result), view, 0) }
    }
  }

  private func view(_ body: UInt32, _ arguments: TermID) -> BodyView {
    BodyView(
      node: 0, body: body, unit: edges.program.unit(ofBody: body), context: edges.lowering.context(ofBody: body),
      arguments: arguments, storesCallables: false)
  }

  private mutating func add(_ type: TermID, _ view: BodyView, _ level: Int) {
    guard level < 8 else { return }
    switch table.kind(type) {
    case .closureType: for target in edges.selector.closureTargets(type) { add(target, type) }
    case .nominal:
      let item = table.item(type)
      if edges.program.unit(ofItem: item) == unit, seenTypes.insert(item).inserted { types.append(item) }
      for child in table.children(type) { add(child, view, level + 1) }
    case .dynamic: addObjects(type, view, level)
    case .functionPointer: addPointers(view)
    case .reference, .tuple, .slice, .array, .pointer:
      for child in table.children(type) { add(child, view, level + 1) }
    default: break
    }
  }

  private mutating func add(_ target: CallTarget, _ closure: TermID?) {
    guard seenTargets.insert(target).inserted else { return }
    targets.append(target)
    guard case .closure(let body, let arguments) = target, let closure,
      let result = edges.selector.closureOutput(closure)
    else { return }
    add(edges.selector.normalise(result), view(body, arguments), 0)
  }

  private func sites(_ view: BodyView) -> ArraySlice<SiteRecord> {
    let record = edges.program.body(view.body)
    return edges.program.units[view.unit].facts.bodies.sites[Int(record.sitesStart)...]
      .prefix(Int(record.sitesCount))
  }

  /// The types that a body makes trait objects of, as far as these have the first bound of what it gives back.
  private mutating func addObjects(_ object: TermID, _ view: BodyView, _ level: Int) {
    guard table.childCount(object) > 0 else { return }
    for site in sites(view) where site.siteKind == .unsize {
      guard let (from, to) = edges.objectPair(edges.type(site.a, view), edges.type(site.b, view), 0),
        table.kind(from) != .dynamic, table.childCount(to) > 0,
        table.item(table.child(to, 0)) == table.item(table.child(object, 0))
      else { continue }
      add(from, view, level + 1)
    }
  }

  private mutating func addPointers(_ view: BodyView) {
    for site in sites(view) {
      switch site.siteKind {
      case .reify, .functionInMemory:
        for target in edges.targets(ofValue: edges.callee(site.a, view)) { add(target, nil) }
      case .closurePointer:
        let closure = edges.type(site.a, view)
        guard table.kind(closure) == .closureType else { continue }
        for target in edges.selector.closureTargets(closure) { add(target, closure) }
      default: break
      }
    }
  }

  /// What a static or constant stores: functions, and types and closures as trait objects.
  private mutating func addStored(_ view: BodyView) {
    addPointers(view)
    for site in sites(view) {
      let type: TermID
      switch site.siteKind {
      case .vtableInMemory: type = edges.type(site.b, view)
      case .unsize:
        guard let (from, _) = edges.objectPair(edges.type(site.a, view), edges.type(site.b, view), 0) else { continue }
        type = from
      default: continue
      }
      if table.kind(type) != .dynamic { add(type, view, 0) }
    }
  }
}
