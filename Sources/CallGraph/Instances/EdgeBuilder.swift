import CrateFacts
import RustDump

// How one function can come to run another, or to be kept by a linker.
//
// The model is rustc's own monomorphisation collector: start from the entry points, look at each body with its concrete
// type arguments, add an edge for every way in which one arises.
//
// call      `helper(1)`, `Vec::<u8>::new()`. One target.
// dispatch  `store.put(1)` on `impl Store for Disk`: the callee is `<Disk as Store>::put`, or, where the impl has no
//           `put`, the trait's default body with `Self = Disk`. On a type parameter the instance's argument decides. A
//           parameter that the caller of an entry point chooses leads nowhere: it is caller-supplied and charged to
//           whoever supplies the type. Several impls can fit where types are not fully known: each is a `may` edge.
// dyn       `boxed.put(1)` with `boxed: Box<dyn Store>`. Targets are the methods of the types that some unsizing cast in
//           reached code (`Box::new(Disk) as Box<dyn Store>`, or a vtable in a static) turned into that trait object. The
//           edge stands at the call; the cast itself keeps all methods of the vtable (`cast`: reached, does not run).
// pointer   `(self.hook)(1)` with `hook: fn(u8)`. Targets are the functions and closures whose address is taken in reached
//           code with that signature. Taking the address keeps the function (`cast`).
// callback  `iter.map(|x| ..)`, `HashMap::<Key, V>::insert`, `println!("{}", value)`: a function without a body here gets
//           a closure, or a type with an impl of a trait that the function's bounds ask for. It stands at the call.
// drop      The end of a scope: `Drop::drop` of the type, then of its fields, elements, captured values; through the
//           vtable for trait objects.
// static    `TABLE[0]`, `LIMIT`, `LAZY.get()`: the initialiser of a static or const. What an initialiser stores
//           (closures of `LazyLock`, functions in tables) may run for whoever uses the static.
// symbol    `extern "C" { fn exported(); }` in one crate, `#[no_mangle] pub extern "C" fn exported()` in another.
//
// Edges are made where control leaves the function: at the call for everything that a call does. `cast` edges are the
// difference between what a linker keeps and what can run.

/// Makes the edges of all reached instances.
///
/// Works through the queue of instances; trait objects and function pointers are answered once the queue is empty, and
/// again while answers bring new instances.
final class EdgeBuilder {
  let program: Program
  let lowering: TypeLowering
  let types: TypeTable
  let selector: TraitSelector
  let callbacks: StandardCallbacks
  let drops: DropGlueExpander
  /// Trait objects and pointers of each world.
  private var targets: [DynamicTargets]
  let instances = InstanceTable()
  let standardNames: StandardNames
  /// Definitions by exported symbol.
  let exports: [NameID: [UInt32]]

  var edges: [PendingEdge] = []
  var deferred: [DeferredSite] = []
  var coverage = GraphCoverage()
  /// std's bodies, where calls are followed through them.
  let standard: StandardBodies?
  /// What dropping any of a list of arguments runs.
  var dropsOfArguments = WordMap<TermID, Set<DropTarget>>()
  /// Which of them lead back to the crates.
  private(set) var reach: StandardReach?
  /// Whether std's code is followed where nothing that counts can come of it.
  var followsAllOfStandard = false
  var standardCoverage = StandardCoverage()
  /// See `GraphInput.progress`.
  var progress: @Sendable (_ done: Int, _ known: Int) -> Void = { _, _ in }
  private var visitedCount = 0
  /// Calls in std's bodies whose target is not known, on somebody's account.
  var unresolvedInStandard: [(node: UInt32, callee: String)] = []
  /// Per unit: calls on types that the caller chooses.
  var callerSupplied: [Set<NameID>]
  /// Calls of operands whose type is not known.
  var unresolvedOperands: [(node: UInt32, place: SiteReference)] = []
  /// Sites that this build does not use, for later.
  var setAside: [BodyView] = []
  /// Whether the site at hand is one of those.
  var isConstantFalse = false
  /// What is asked of trait objects and pointers, and the sites that ask it.
  var questions: [OpenQuestion] = []
  var questionNumbers: [QuestionKey: UInt32] = [:]
  var deferredSeen: Set<DeferredKey> = []
  /// The sites before this one have their edges.
  var answeredSites: UInt32 = 0
  /// See `openArguments(of:)`.
  var openArguments = WordMap<UInt32, TermID>()
  /// The closures that bodies of std make.
  var closuresOfBody = WordMap<UInt32, [UInt32]>()
  /// What functions of std drop, see `addStandardDrops`.
  var droppedByStandard = WordMap<UInt32, [TermID]>()
  var droppingInPlace = WordMap<UInt32, Bool>()
  /// Instances whose arguments nest deeper than this are looked at with unknown arguments.
  static let depthLimit = 40
  /// Bodies at which that limit was met.
  var deepBodies: Set<UInt32> = []

  init(
    program: Program, lowering: TypeLowering, selector: TraitSelector, standardNames: StandardNames,
    demands: StandardDemands, exports: [NameID: [UInt32]], standard: StandardBodies?,
    classify: @escaping @Sendable (_ path: String) -> StandardClass
  ) {
    self.standard = standard
    self.program = program
    self.lowering = lowering
    self.selector = selector
    self.standardNames = standardNames
    self.exports = exports
    types = lowering.types
    callbacks = StandardCallbacks(program, lowering, selector, StandardDemandIndex(demands, standardNames)) {
      classify(program.string(standardNames.name(ofFunction: $0))) == .sink
    }
    drops = DropGlueExpander(program, lowering, selector, callbacks, standard)
    targets = World.allCases.map { _ in DynamicTargets(lowering.types) }
    callerSupplied = Array(repeating: [], count: program.units.count)
    reach = standard.map { standard in
      StandardReach(standard, lowering, selector) { [unowned self] term, body in
        nestedBody(term, BodyView(of: body, program, lowering))
      }
    }
  }

  /// Trait objects and pointers of the world at hand.
  var objects: DynamicTargets {
    _read { yield targets[Int(instances.world.rawValue)] }
    _modify { yield &targets[Int(instances.world.rawValue)] }
  }

  // MARK: Work

  /// Looks at everything in the queue and at what that brings.
  func run() {
    repeat {
      while let node = instances.popWork() { visit(node) }
    } while answerQuestions()
  }

  private func visit(_ node: UInt32) {
    visitedCount += 1
    if visitedCount & 0x3FF == 0 { progress(visitedCount, instances.instances.count) }
    let instance = instances.instances[Int(node)]
    instances.world = instance.world
    let unit = program.unit(ofBody: instance.body)
    let view = BodyView(
      node: node, body: instance.body, unit: unit, context: lowering.context(ofBody: instance.body),
      arguments: instance.arguments, storesCallables: storesCallables(instance.body), account: instance.account)
    visitSites(of: instance.body, view)
    addParts(view)
  }

  private func visitSites(of body: UInt32, _ view: BodyView) {
    var view = view
    let record = program.body(body)
    for index in record.sitesStart..<(record.sitesStart + record.sitesCount) {
      view.place = SiteReference(unit: UInt32(view.unit), site: index)
      let site = program.units[view.unit].facts.bodies.sites[Int(index)]
      if setsAside(site, view) {
        setAside.append(view)
      } else if view.account == .caller {
        visitMeanings(site, view)
      } else {
        visitStandard(site, view)
      }
    }
  }

  /// Whether a body computes a constant or static that keeps functions for later: `LazyLock::new(|| ..)`, the accessor of
  /// a thread-local. What it is given runs for whoever uses the static. A table of functions calls nothing: control
  /// comes to its entries by the calls of pointers.
  func storesCallables(_ body: UInt32) -> Bool {
    let record = program.body(body)
    switch record.bodyKind {
    case .function, .promoted: return false
    case .anonymousConstant: return true
    case .constant, .staticItem:
      // What stands in a section of its own, such as `.init_array`, is run by the loader.
      if let item = program.item(ofBody: body), program.hasAttribute(item, .linkSection) { return true }
      return hasCall(record, program.unit(ofBody: body))
    case .staticMemory:
      guard let item = program.item(ofBody: body), let initialiser = program.bodyOfItem[item] else { return true }
      return storesCallables(initialiser)
    }
  }

  private func hasCall(_ body: BodyRecord, _ unit: Int) -> Bool {
    let sites = program.units[unit].facts.bodies.sites
    return (body.sitesStart..<(body.sitesStart + body.sitesCount)).contains { index in
      let kind = sites[Int(index)].siteKind
      return kind == .call || kind == .callOperand || kind == .callConstant
    }
  }

  /// A static's memory is part of the static.
  private func addParts(_ view: BodyView) {
    guard program.body(view.body).bodyKind == .staticItem, let item = program.item(ofBody: view.body) else { return }
    for memory in staticMemory[item] ?? [] { visitSites(of: memory, view) }
  }

  private lazy var staticMemory: [UInt32: [UInt32]] = {
    var table: [UInt32: [UInt32]] = [:]
    for body in UInt32(0)..<UInt32(program.unitOfBody.count) where program.body(body).bodyKind == .staticMemory {
      if let item = program.item(ofBody: body) { table[item, default: []].append(body) }
    }
    return table
  }()

  func visit(_ site: SiteRecord, _ view: BodyView) {
    guard view.account == .caller else { return visitStandard(site, view) }
    switch site.siteKind {
    case .call: visitCall(site, view)
    case .callOperand: visitOperandCall(type(site.a, view), view)
    case .callConstant: visitConstantCall(site, view)
    case .drop: addDrop(type(site.a, view), view)
    case .reify, .functionInMemory: addAddress(site, view)
    case .closurePointer: addClosureAddress(site, view)
    case .unsize: addUnsizing(type(site.a, view), type(site.b, view), view)
    case .vtableInMemory: addVtableInMemory(site, view)
    case .mention, .assemblySymbol: addMention(site, view)
    case .closure: addClosure(site, view)
    case .constantUse, .staticUse: addUse(site, view)
    case .threadLocalUse:
      addUse(site, view)
      addThreadLocalDrop(site, view)
    case .forgottenPointer: addForgottenPointer(type(site.a, view), view)
    case .transmute:
      if types.kind(type(site.b, view)) != .functionPointer { addForgottenPointer(type(site.a, view), view) }
    case .assembly, .rawDereference, .unsafeStaticUse, .literal, .unionField, .numberArgument: break
    }
  }

  /// The type of a term in an instance.
  func type(_ term: UInt32, _ view: BodyView) -> TermID {
    guard term != 0 else { return types.make(.inferred) }
    var type = lowered(term, view, view.firstType) ?? lowering.lower(TermID(term), view.context)
    if types.hasChoice(type) { type = meaning(of: type, term, view) }
    return selector.normalise(types.substitute(type, view.arguments))
  }

  /// What the site's first term is, if it has been looked at.
  private func lowered(_ term: UInt32, _ view: BodyView, _ known: TermID) -> TermID? {
    term == view.firstTerm && !known.isNone ? known : nil
  }

  /// The callee of a term in an instance.
  func callee(_ term: UInt32, _ view: BodyView) -> TermID {
    guard term != 0 else { return types.make(.inferred) }
    var callee = lowered(term, view, view.firstCallee) ?? lowering.lowerCallee(TermID(term), view.context)
    if types.hasChoice(callee) { callee = meaning(of: callee, term, view) }
    return selector.completed(selector.normalise(types.substitute(callee, view.arguments)))
  }

  // MARK: Edges

  func addEdge(_ view: BodyView, _ target: UInt32, _ kind: EdgeKind, candidates: Int = 1) {
    edges.append(
      PendingEdge(
        source: view.node, target: target, kind: kind, candidates: UInt32(candidates), unit: view.place.unit,
        site: view.place.site, isConstantFalse: isConstantFalse))
  }

  /// The node of a target; of code of std the one on an account.
  func node(_ target: CallTarget, _ account: StandardAccount = .given) -> UInt32 {
    switch target {
    case .closure(let body, let arguments): return bodyNode(body, bounded(arguments, body), account)
    case .function(let function): return node(ofFunction: function, account)
    }
  }

  private func node(ofFunction function: TermID, _ account: StandardAccount) -> UInt32 {
    let item = types.item(function)
    if let body = program.bodyOfItem[item] {
      return bodyNode(body, bounded(types.argumentList(of: function), body), account)
    }
    switch program.kind(item) {
    case .foreignFunction, .foreignStatic: return instances.foreign(item)
    default: break
    }
    if program.isStandard(item) {
      return instances.named(standardNames.name(ofFunction: function), .standard, item: item)
    }
    return instances.named(standardNames.name(ofFunction: function), .unresolved, item: item)
  }

  /// Arguments with what nests too deeply made unknown: recursion that grows its own types ends there.
  private func bounded(_ arguments: TermID, _ body: UInt32) -> TermID {
    guard types.depth(arguments) > EdgeBuilder.depthLimit else { return arguments }
    deepBodies.insert(body)
    return types.list(
      types.children(arguments).map { types.depth($0) >= EdgeBuilder.depthLimit ? types.make(.inferred) : $0 })
  }

  // MARK: Vtables

  /// The methods of a trait (a reference with its arguments) that a type's vtable holds: the crates' own, and those of
  /// std that call something back or count by themselves.
  func vtableMethods(_ type: TermID, _ reference: TermID) -> [CallTarget] {
    let trait = types.item(reference)
    let key = UInt64(type.raw) << 32 | UInt64(reference.raw)
    if let known = vtableMemo[key] { return known }
    vtableMemo[key] = []
    var list: [CallTarget] = []
    let arguments = types.list(lowering.traitArguments(reference, selfType: type))
    program.childrenOf.forEach(trait) { item in
      guard program.kind(item) == .function, lowering.isDispatchable(item) else { return true }
      let method = types.make(
        .traitMethod, a: trait, b: program.name(item).raw, [type, arguments, types.list([])])
      if case .targets(let targets) = selector.select(method) {
        list += targets.filter { hasBody($0) || callsBack($0) || callbacks.isSink($0) }
      }
      return true
    }
    vtableMemo[key] = list
    return list
  }
  private var vtableMemo = WordMap<UInt64, [CallTarget]>()

  private func callsBack(_ target: CallTarget) -> Bool {
    guard case .function(let function) = target, program.isStandard(types.item(function)) else { return false }
    return !callbacks.callbacks(of: function).isEmpty
  }

  func hasBody(_ target: CallTarget) -> Bool {
    switch target {
    case .closure: true
    case .function(let function): program.bodyOfItem[types.item(function)] != nil
    }
  }
}

/// The instance whose sites are looked at.
struct BodyView {
  var node: UInt32
  var body: UInt32
  var unit: Int
  var context: LoweringContext
  var arguments: TermID
  /// See `EdgeBuilder.storesCallables`.
  var storesCallables: Bool
  var place = SiteReference(unit: 0, site: SiteReference.none)
  /// How many functions of std stand between the body and what it calls back.
  var nesting = 0
  /// Whether what is called back is only kept in a vtable, not called.
  var isCast = false
  /// On whose account the code runs.
  var account = StandardAccount.caller
  /// Which of the site's meanings is looked at, of how many; see `visitMeanings`. Those of the site's first term count
  /// fastest.
  var meaning = 0
  var meanings = 1
  var firstTerm: UInt32 = 0
  var firstMeanings = 1
  /// The site's first term lowered, as a type or a callee; none if that was not needed yet.
  var firstType = TermID.none
  var firstCallee = TermID.none
}
