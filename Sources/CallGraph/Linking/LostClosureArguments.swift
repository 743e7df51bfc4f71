import CrateFacts
import RustDump

/// The arguments of closures and coroutines that come from another function.
///
/// The text of a closure's type names its place alone. In the function around it the arguments are that function's own
/// parameters. Elsewhere, as in `table.find(equivalent(&key, &entries))` with
/// `fn equivalent<K, Q>(..) -> impl Fn(&usize) -> bool`, they are not printed; but the closure has come from a call in the
/// body at hand, whose callee's arguments are: what that callee returns, with those arguments, holds the closure's type.
final class LostClosureArguments {
  private let program: Program
  private unowned let lowering: TypeLowering
  /// For each body with its own parameters, the arguments of closures of other functions that its calls return.
  private var known: [UInt32: [UInt32: [TermID]]] = [:]
  /// Bodies that are being looked at: what is lowered meanwhile may lack what is yet to be found.
  private(set) var inProgress: Set<UInt32> = []
  private lazy var bodiesOfRoot = makeBodiesOfRoot()
  private static let depthLimit = 12
  /// So many lists of arguments of one closure are told apart in one function.
  private static let listLimit = 8

  init(_ program: Program, _ lowering: TypeLowering) {
    self.program = program
    self.lowering = lowering
  }

  /// The arguments, as lists, with which calls in a body (closures within included) bring a closure of another function;
  /// none if no call does, or too many differ.
  func arguments(of closure: UInt32, in root: UInt32) -> [TermID] {
    if known[root] == nil, inProgress.count < Self.depthLimit { collect(root) }
    let found = known[root]?[closure] ?? []
    return found.count > Self.listLimit ? [] : found
  }

  /// A call may be given what another returns, wherever that one stands: a second look at the calls of which something
  /// was not known yet is enough for the chains that occur.
  private func collect(_ root: UInt32) {
    known[root] = [:]
    inProgress.insert(root)
    defer { inProgress.remove(root) }
    var done: Set<UInt32> = []
    for _ in 0..<2 {
      for body in bodiesOfRoot[root] ?? [root] { collect(body, root, &done) }
    }
  }

  private func collect(_ body: UInt32, _ root: UInt32, _ done: inout Set<UInt32>) {
    let unit = program.unit(ofBody: body)
    let record = program.body(body)
    let context = lowering.context(ofBody: body)
    for index in record.sitesStart..<(record.sitesStart + record.sitesCount) {
      let site = program.units[unit].facts.bodies.sites[Int(index)]
      guard site.siteKind == .call, site.a != 0, !done.contains(index) else { continue }
      // It may be what is being lowered just now, and has led here.
      let callee = lowering.lowerCalleeAfresh(TermID(site.a), context)
      guard lowering.types.kind(callee) == .functionDefinition,
        let target = program.bodyOfItem[lowering.types.item(callee)], target != root
      else { continue }
      let result = lowering.lower(TermID(program.body(target).type), lowering.context(ofBody: target))
      let arguments = lowering.types.argumentList(of: callee)
      note(lowering.types.substitute(result, arguments), root, 0)
      guard !lowering.types.hasUnknown(arguments) else { continue }
      // What later calls bring cannot be among the arguments of this one.
      lowering.settle(callee, TermID(site.a), context)
      done.insert(index)
    }
  }

  /// Notes all closures within a type whose arguments are known.
  private func note(_ type: TermID, _ root: UInt32, _ level: Int) {
    let types = lowering.types
    guard level < 24, types.hasClosure(type) else { return }
    if types.kind(type) == .closureType {
      let closure = types.item(type)
      let arguments = types.argumentList(of: type)
      if lowering.rootBody(closure) != root, types.childCount(arguments) > 0 {
        var lists = (known[root]?[closure] ?? []).filter { !types.hasUnknown($0) }
        if lists.isEmpty || !types.hasUnknown(arguments) && !lists.contains(arguments) { lists.append(arguments) }
        known[root]?[closure] = lists
      }
    }
    for child in types.children(type) { note(child, root, level + 1) }
  }

  private func makeBodiesOfRoot() -> [UInt32: [UInt32]] {
    var table: [UInt32: [UInt32]] = [:]
    for body in UInt32(0)..<UInt32(program.unitOfBody.count) {
      table[lowering.rootBody(body), default: []].append(body)
    }
    return table
  }
}
