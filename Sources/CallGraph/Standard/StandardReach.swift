import CrateFacts
import RustDump

/// How a function of std can lead back to what its callers chose, by its generic parameters.
struct Leads: Equatable {
  /// The parameters whose methods are called, or of which trait objects are made.
  var calls = ParameterSet()
  /// The parameters of which values are dropped.
  var drops = ParameterSet()

  mutating func formUnion(_ other: Leads) {
    calls.formUnion(other.calls)
    drops.formUnion(other.drops)
  }
}

/// A set of positions among generic parameters. Positions from 63 on are taken together.
struct ParameterSet: Equatable {
  private var bits: UInt64 = 0

  mutating func insert(_ position: Int) { bits |= 1 << UInt64(min(position, 63)) }
  func contains(_ position: Int) -> Bool { bits & (1 << UInt64(min(position, 63))) != 0 }
  mutating func formUnion(_ other: ParameterSet) { bits |= other.bits }
  static let all: ParameterSet = {
    var set = ParameterSet()
    set.bits = .max
    return set
  }()
}

/// Which functions of std lead back to what their callers chose.
///
/// `Vec::<T>::push` moves values and never asks them for anything; `Iterator::map` makes a structure; `Map::next` calls.
/// Where nothing else counts (see `StandardAccount`), only the functions of the last kind need following. It is asked of
/// definitions, not of instances: a function leads to a parameter if its body does, or a function that it calls with a
/// type made of that parameter. What cannot be told leads to all.
final class StandardReach {
  private let standard: StandardBodies
  private let program: Program
  private let lowering: TypeLowering
  private let types: TypeTable
  private let selector: TraitSelector
  private let nestedBody: (_ term: UInt32, _ body: UInt32) -> UInt32?
  /// How each body that was looked at leads out.
  private var answers = NumberMap<UInt32, Leads>()

  init(
    _ standard: StandardBodies, _ lowering: TypeLowering, _ selector: TraitSelector,
    nestedBody: @escaping (_ term: UInt32, _ body: UInt32) -> UInt32?
  ) {
    self.standard = standard
    self.lowering = lowering
    self.selector = selector
    self.nestedBody = nestedBody
    program = lowering.program
    types = lowering.types
  }

  /// How a body of std leads out.
  func leads(_ body: UInt32) -> Leads {
    if let known = answers[body] { return known }
    search(from: body)
    return answers[body] ?? Leads(calls: .all, drops: .all)
  }

  // MARK: Search

  /// What one body does of itself, and what it calls with which arguments.
  private struct Summary {
    var leads = Leads()
    var callees: [(body: UInt32, arguments: [TermID])] = []
  }

  private struct Frame {
    var body: UInt32
    var next = 0
  }

  /// Tarjan's strongly connected components, callees first; within one, answers grow until they agree.
  private func search(from root: UInt32) {
    var order: [UInt32: Int] = [:]
    var lowest: [UInt32: Int] = [:]
    var summaries: [UInt32: Summary] = [:]
    var open: [UInt32] = []
    var path: [Frame] = []
    func enter(_ body: UInt32) {
      order[body] = order.count
      lowest[body] = order[body]
      summaries[body] = summarise(body)
      open.append(body)
      path.append(Frame(body: body))
    }
    enter(root)
    while let frame = path.last {
      let callees = summaries[frame.body]?.callees ?? []
      if frame.next < callees.count {
        path[path.count - 1].next += 1
        let callee = callees[frame.next].body
        if answers[callee] != nil { continue }
        if let place = order[callee] {
          lowest[frame.body] = min(lowest[frame.body] ?? 0, place)
        } else {
          enter(callee)
        }
        continue
      }
      path.removeLast()
      if lowest[frame.body] == order[frame.body] { close(frame.body, &open, summaries) }
      guard let caller = path.last?.body else { continue }
      lowest[caller] = min(lowest[caller] ?? 0, lowest[frame.body] ?? 0)
    }
  }

  private func close(_ root: UInt32, _ open: inout [UInt32], _ summaries: [UInt32: Summary]) {
    let start = open.lastIndex(of: root) ?? 0
    let members = Array(open[start...])
    open.removeSubrange(start...)
    for member in members { answers[member] = summaries[member]?.leads ?? Leads() }
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for member in members {
        let before = answers[member]
        for (callee, arguments) in summaries[member]?.callees ?? [] {
          answers[member]?.formUnion(through(answers[callee] ?? Leads(calls: .all, drops: .all), arguments))
        }
        if answers[member] != before { isGrowing = true }
      }
    }
  }

  /// What a callee's answer means for its caller: the parameters that the arguments are made of.
  private func through(_ leads: Leads, _ arguments: [TermID]) -> Leads {
    var result = Leads()
    for (position, argument) in arguments.enumerated() where types.hasParameter(argument) || types.hasUnknown(argument)
    {
      if leads.calls.contains(position) { result.calls.formUnion(parameters(in: argument)) }
      if leads.drops.contains(position) { result.drops.formUnion(parameters(in: argument)) }
    }
    return result
  }

  private func parameters(in type: TermID) -> ParameterSet {
    if let known = parameterSets[type] { return known }
    var set = ParameterSet()
    if types.hasUnknown(type) {
      set = .all
    } else if types.kind(type) == .parameter {
      set.insert(Int(types.item(type)))
    } else if types.hasParameter(type) {
      for child in types.children(type) { set.formUnion(parameters(in: child)) }
    }
    parameterSets[type] = set
    return set
  }
  private var parameterSets = NumberMap<TermID, ParameterSet>()

  // MARK: Bodies

  private func summarise(_ body: UInt32) -> Summary {
    var summary = Summary()
    let record = program.body(body)
    let unit = program.unit(ofBody: body)
    let context = lowering.context(ofBody: body)
    for index in record.sitesStart..<(record.sitesStart + record.sitesCount) {
      add(program.units[unit].facts.bodies.sites[Int(index)], body, context, &summary)
    }
    return summary
  }

  private func add(_ site: SiteRecord, _ body: UInt32, _ context: LoweringContext, _ summary: inout Summary) {
    guard site.a != 0 else { return }
    switch site.siteKind {
    case .call, .reify, .functionInMemory: addCallee(lowering.lowerCallee(TermID(site.a), context), &summary)
    case .callOperand:
      let type = lowering.lower(TermID(site.a), context)
      if types.kind(type) != .functionPointer { addCall(on: type, &summary) }
    case .drop: addDrop(lowering.lower(TermID(site.a), context), 0, &summary)
    case .unsize, .closurePointer:
      let type = lowering.lower(TermID(site.a), context)
      addCall(on: type, &summary)
      addDrop(type, 0, &summary)
    case .vtableInMemory:
      if site.b != 0 { addCall(on: lowering.lower(TermID(site.b), context), &summary) }
    case .constantUse:
      guard let nested = nestedBody(site.a, body) else { return }
      summary.callees.append((nested, ownParameters(context)))
    default: break
    }
  }

  /// What a body's own constants are made of: its parameters as they are.
  private func ownParameters(_ context: LoweringContext) -> [TermID] {
    guard let item = context.item else { return [] }
    return lowering.generics.scope(of: item).names.indices.map { types.make(.parameter, a: UInt32($0)) }
  }

  private func addCall(on type: TermID, _ summary: inout Summary) {
    if types.hasParameter(type) || types.hasUnknown(type) { summary.leads.calls.formUnion(parameters(in: type)) }
  }

  private func addCallee(_ callee: TermID, _ summary: inout Summary) {
    guard types.hasParameter(callee) || types.hasUnknown(callee) else { return }
    switch types.kind(callee) {
    case .functionDefinition: addFunction(callee, &summary)
    case .traitMethod:
      if [.dynamic, .functionPointer].contains(types.kind(types.child(callee, 0))) { return }
      // Which impl of a specialised trait an instance has may depend on more than can be seen here.
      guard !standard.isSpecialised(types.item(callee)), case .targets(let targets) = selector.select(callee) else {
        return addCall(on: callee, &summary)
      }
      for target in targets {
        switch target {
        case .function(let function): addFunction(function, &summary)
        case .closure(let body, let arguments): summary.callees.append((body, types.children(arguments)))
        }
      }
    default: addCall(on: callee, &summary)
    }
  }

  private func addFunction(_ function: TermID, _ summary: inout Summary) {
    let item = types.item(function)
    if item == standard.language.dropInPlace, types.childCount(function) == 1 {
      return addDrop(types.child(function, 0), 0, &summary)
    }
    if item == standard.constEvalSelect, types.childCount(function) > 2 {
      return addCallee(types.child(function, 2), &summary)
    }
    guard let body = program.bodyOfItem[item] else { return }
    if standard.isStandard(body: body) {
      summary.callees.append((body, types.children(function)))
    } else {
      addCall(on: function, &summary)
    }
  }

  // MARK: Drops

  private func addDrop(_ type: TermID, _ level: Int, _ summary: inout Summary) {
    guard types.hasParameter(type) || types.hasUnknown(type) else { return }
    switch types.kind(type) {
    case .reference, .pointer, .functionPointer, .functionDefinition, .traitMethod: return
    case .tuple, .slice, .array:
      for part in types.children(type) { addDrop(part, level + 1, &summary) }
    case .nominal where level < 24: addNominalDrop(type, level, &summary)
    default: summary.leads.drops.formUnion(parameters(in: type))
    }
  }

  private func addNominalDrop(_ type: TermID, _ level: Int, _ summary: inout Summary) {
    let item = types.item(type)
    if item == standard.language.manuallyDrop || program.kind(item) == .union { return }
    if item == standard.language.ownedBox, types.childCount(type) > 0 {
      addDrop(types.child(type, 0), level + 1, &summary)
    }
    if let trait = selector.known.drop {
      let method = types.make(
        .traitMethod, a: trait, b: program.names.intern("drop").raw, [type, types.list([]), types.list([])])
      if case .targets(let targets) = selector.select(method) {
        for case .function(let function) in targets { addFunction(function, &summary) }
      }
    }
    for field in fieldTypes(item, types.argumentList(of: type), 0) { addDrop(field, level + 1, &summary) }
  }

  private func fieldTypes(_ item: UInt32, _ arguments: TermID, _ level: Int) -> [TermID] {
    guard level < 3 else { return [] }
    var list: [TermID] = []
    program.childrenOf.forEach(item) { child in
      switch program.kind(child) {
      case .variant: list += fieldTypes(child, arguments, level + 1)
      case .field:
        var owner = program.parent(child)
        if program.kind(owner) == .variant { owner = program.parent(owner) }
        let type = lowering.lower(TermID(program.item(child).type), lowering.context(ofItem: owner))
        list.append(types.substitute(type, arguments))
      default: break
      }
      return true
    }
    return list
  }
}

extension BodyView {
  /// A body looked at on its own, as a definition.
  init(of body: UInt32, _ program: Program, _ lowering: TypeLowering) {
    self.init(
      node: Instance.none, body: body, unit: program.unit(ofBody: body), context: lowering.context(ofBody: body),
      arguments: lowering.types.list([]), storesCallables: false)
  }
}
