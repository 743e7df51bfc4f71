import CrateFacts
import RustDump

/// Turns the terms of a unit, as written in source or printed in MIR, into linked types.
///
/// Generic parameters become positions in the argument list of the item at hand; elided default arguments are filled in;
/// aliases are expanded; `Self` of impls becomes the self type. Names that cannot be resolved become `unknown` types.
final class TypeLowering {
  let program: Program
  let resolver: NameResolver
  let mirPaths: MirPathResolver
  let generics: GenericsTable
  let types: TypeTable
  /// Finds the closure that a type text stands for.
  var closures: ClosureIndex!
  /// Finds what the opaque results of trait methods are.
  var opaques: OpaqueResults?
  /// All impls, for methods.
  var impls: ImplIndex!
  /// Selects the function that a trait method of a known type is, as far as that is possible.
  var resolved: (TermID) -> TermID = { $0 }
  var calleeMemo = WordMap<UInt64, TermID>()
  /// Callees that are being lowered: whoever asks for one of them meanwhile does not learn it.
  var calleesInProgress: Set<UInt64> = []
  private var memo = WordMap<UInt64, TermID>()
  var closed: ClosedTerms
  var boundMemo = WordMap<UInt32, [Bound]>()
  var supertraitMemo = WordMap<UInt32, [TermID]>()
  var dispatchable = WordMap<UInt32, Bool>()
  var associatedTypeBoundMemo = WordMap<UInt32, [Bound]>()
  var depth = 0
  static let depthLimit = 64
  /// Per unit: names of crates of which its MIR does not tell which one it means.
  private(set) var cratesAlike: [Int: Set<String>] = [:]

  init(_ program: Program, _ resolver: NameResolver, _ mirPaths: MirPathResolver, _ types: TypeTable) {
    self.program = program
    self.resolver = resolver
    self.mirPaths = mirPaths
    self.types = types
    generics = GenericsTable(program)
    closed = ClosedTerms(program, selfName: generics.selfName)
  }

  // MARK: Contexts

  /// The context of an item's own header: its parameters are in scope, names are looked up where it stands.
  func context(ofItem item: UInt32) -> LoweringContext {
    LoweringContext(unit: program.unit(ofItem: item), item: item, scope: item, body: nil, key: item)
  }

  /// The context of a MIR body: the parameters of the item around it are in scope.
  func context(ofBody body: UInt32) -> LoweringContext {
    let root = rootBody(body)
    return LoweringContext(
      unit: program.unit(ofBody: body), item: program.item(ofBody: root), scope: nil, body: root,
      key: 0x8000_0000 | root)
  }

  /// The outermost body around a body that shares its generic parameters: items nested in functions do not.
  func rootBody(_ body: UInt32) -> UInt32 {
    var current = body
    while program.item(ofBody: current) == nil, let owner = program.owner(ofBody: current) { current = owner }
    return current
  }

  // MARK: Types

  /// The linked type of a term.
  func lower(_ term: TermID, _ context: LoweringContext) -> TermID {
    guard !term.isNone else { return .none }
    let fixed = context.scope == nil ? closed.type(term, context.unit) : nil
    if let fixed, !fixed.isNone { return fixed }
    let key = UInt64(context.key) << 32 | UInt64(term.raw)
    if fixed == nil, let known = memo[key] { return known }
    depth += 1
    defer { depth -= 1 }
    guard depth < TypeLowering.depthLimit else { return types.make(.inferred) }
    let type = lowerUncached(term, context)
    if fixed != nil {
      closed.setType(term, context.unit, type)
    } else if isSettled(context) {
      memo[key] = type
    }
    return type
  }

  /// Whether what is lowered in a context will be the same later on.
  func isSettled(_ context: LoweringContext) -> Bool {
    guard let closures, !closures.lost.inProgress.isEmpty, let body = context.body else { return true }
    return !closures.lost.inProgress.contains(body)
  }

  private func lowerUncached(_ term: TermID, _ context: LoweringContext) -> TermID {
    let terms = program.terms(context.unit)
    let record = terms.record(term)
    switch terms.kind(term) {
    case .segment: return lowerPath(term, context)
    case .closureAt: return closures.type(at: NameID(record.b), context)
    case .closureOf: return closures.type(ofPath: terms.child(term, 0), context)
    case .bodyOf: return closures.type(ofBodyOf: terms.child(term, 0), context)
    case .functionItem: return lowerCallee(terms.child(term, 0), context)
    case .functionPointer:
      let abi = program.globalName(context.unit, record.b)
      // Whether a pointer is unsafe does not decide what it may point to.
      return types.make(.functionPointer, a: record.a & 2, b: abi.raw, lowerAll(term, context))
    case .dynamic: return lowerDynamic(term, context)
    case .opaque: return lowerOpaque(term, context)
    case .constant: return constant(program.globalName(context.unit, record.b))
    case .binding, .bound:
      return types.make(terms.kind(term), b: program.globalName(context.unit, record.b).raw, lowerAll(term, context))
    case .reference, .pointer, .slice, .array, .tuple, .never, .inferred:
      return types.make(terms.kind(term), a: record.a, lowerAll(term, context))
    case .qualified: return lower(terms.child(term, 0), context)
    default: return types.make(.inferred)
    }
  }

  /// A constant of a text. What is no value, such as `{ SIZE + 1 }`, may be any.
  private func constant(_ name: NameID) -> TermID {
    let text = program.string(name)
    if let value = ConstantText.value(text) { return types.make(.constant, b: program.names.intern(String(value)).raw) }
    return types.make(ConstantText.isLiteral(text) ? .constant : .unknown, b: name.raw)
  }

  private func lowerAll(_ term: TermID, _ context: LoweringContext) -> [TermID] {
    program.terms(context.unit).childList(term).map { lower($0, context) }
  }

  private func lowerDynamic(_ term: TermID, _ context: LoweringContext) -> TermID {
    let terms = program.terms(context.unit).childList(term)
    let others = terms.dropFirst().compactMap { traitReference($0, context) }
    guard let first = terms.first else { return types.make(.dynamic) }
    // Auto traits are printed in an order of their own.
    let meanings = traitReferences(first, context).map { types.make(.dynamic, [$0] + others.sorted()) }
    return meanings.isEmpty ? types.make(.dynamic, others.sorted()) : types.oneOf(meanings)
  }

  private func lowerOpaque(_ term: TermID, _ context: LoweringContext) -> TermID {
    let text = program.globalName(context.unit, program.terms(context.unit).name(term).raw)
    let positions = context.item.map { generics.scope(of: $0).positions(ofOpaque: text) } ?? []
    if !positions.isEmpty { return types.oneOf(positions.map { types.make(.parameter, a: UInt32($0)) }) }
    return opaques?.meaning(of: term, context) ?? types.make(.unknown, b: text.raw)
  }

  // MARK: Paths

  private func lowerPath(_ term: TermID, _ context: LoweringContext) -> TermID {
    let terms = program.terms(context.unit)
    let name = program.globalName(context.unit, terms.name(term).raw)
    let parent = terms.parent(term)
    if parent.isNone {
      if let special = lowerSingleName(name, context) { return special }
    } else if terms.kind(parent) == .qualified {
      return lowerProjection(parent, name, lowerArguments(term, context), context)
    } else if context.scope != nil, let projection = lowerShorthand(term, parent, name, context) {
      return projection
    }
    let items = namesakes(typeItems(term, context).filter { isType($0) }, context)
    guard !items.isEmpty else { return namedConstant(term, context) ?? unresolvedType(term, context) }
    let arguments = lowerArguments(term, context)
    return types.oneOf(items.map { nominal($0, arguments) })
  }

  /// The first of the items that a path of MIR leads to, with its namesakes in other crates of one name.
  func namesakes(_ items: [UInt32], _ context: LoweringContext) -> [UInt32] {
    guard items.count > 1 else { return items }
    guard context.scope == nil else { return [items[0]] }
    let unit = program.unit(ofItem: items[0])
    let crate = program.units[unit].crateName
    let others = items.filter {
      program.unit(ofItem: $0) != unit && program.units[program.unit(ofItem: $0)].crateName == crate
    }
    if !others.isEmpty { cratesAlike[context.unit, default: []].insert(crate) }
    return [items[0]] + others
  }

  /// `{ SIZE }` as an argument or length: the value of the constant, where MIR tells it.
  private func namedConstant(_ term: TermID, _ context: LoweringContext) -> TermID? {
    literal(ofConstant: term, context).map { constant($0) }
  }

  /// The literal that a named constant stands for, as written without its type; `nil` where its value is worked out.
  func literal(ofConstant term: TermID, _ context: LoweringContext) -> NameID? {
    let items: [UInt32]
    if let scope = context.scope {
      items = resolver.items(ofPath: term, unit: context.unit, scope: scope, .value)
    } else {
      items = mirPaths.items(context.unit, term, .value)
    }
    guard let item = items.first(where: { program.kind($0) == .constant }), let body = program.bodyOfItem[item] else {
      return nil
    }
    let unit = program.unit(ofBody: body)
    let record = program.body(body)
    guard record.sitesCount == 1 else { return nil }
    let site = program.units[unit].facts.bodies.sites[Int(record.sitesStart)]
    guard site.siteKind == .literal else { return nil }
    return program.globalName(unit, program.terms(unit).record(TermID(site.a)).b)
  }

  private func isType(_ item: UInt32) -> Bool {
    switch program.kind(item) {
    case .structure, .enumeration, .union, .foreignType, .typeAlias, .trait, .traitAlias: true
    default: false
    }
  }

  func typeItems(_ term: TermID, _ context: LoweringContext) -> [UInt32] {
    guard let scope = context.scope else { return mirPaths.items(context.unit, term, .type) }
    return resolver.items(ofPath: term, unit: context.unit, scope: scope, .type)
  }

  private func lowerSingleName(_ name: NameID, _ context: LoweringContext) -> TermID? {
    if let item = context.item, let position = generics.scope(of: item).position(of: name) {
      return types.make(.parameter, a: UInt32(position))
    }
    if name == generics.selfName, let item = context.item { return selfType(around: item) }
    let text = program.string(name)
    if Primitives.isPrimitive(text), !isShadowed(name, context) { return types.make(.primitive, b: name.raw) }
    if text == "true" || text == "false" { return types.make(.constant, b: name.raw) }
    return nil
  }

  private func isShadowed(_ name: NameID, _ context: LoweringContext) -> Bool {
    guard let scope = context.scope else { return false }
    return resolver.lookupLexically(scope, name, .type).contains { isType($0) }
  }

  /// The self type of the impl (or type definition) around an item.
  func selfType(around item: UInt32) -> TermID? {
    var current = item
    while true {
      switch program.kind(current) {
      case .implementation:
        return lower(TermID(program.item(current).type), context(ofItem: current))
      case .structure, .enumeration, .union:
        let count = generics.scope(of: current).names.count
        return types.make(.nominal, a: current, (0..<count).map { types.make(.parameter, a: UInt32($0)) })
      case .trait: return types.make(.parameter, a: 0)
      case .module: return nil
      default: current = program.parent(current)
      }
    }
  }

  private func unresolvedType(_ term: TermID, _ context: LoweringContext) -> TermID {
    let text = PathPrinter.text(of: term, program.units[context.unit].facts.store)
    return types.make(.unknown, b: program.names.intern(text).raw, lowerArguments(term, context))
  }

  /// The generic arguments of the last segment.
  func lowerArguments(_ term: TermID, _ context: LoweringContext) -> [TermID] {
    program.terms(context.unit).childList(term).map { lower($0, context) }
  }

  /// A nominal type with elided defaults filled in, an alias expanded, a bare trait as trait object.
  func nominal(_ item: UInt32, _ arguments: [TermID]) -> TermID {
    switch program.kind(item) {
    case .typeAlias:
      let target = lower(TermID(program.item(item).type), context(ofItem: item))
      return types.substitute(target, types.list(filled(item, arguments, skip: 0)))
    case .trait, .traitAlias:
      return types.make(.dynamic, [types.make(.traitReference, a: item, arguments)])
    default:
      return types.make(.nominal, a: item, filled(item, arguments, skip: 0))
    }
  }

  /// Completes an argument list by the defaults of the item's parameters; what is still missing is inferred.
  func filled(_ item: UInt32, _ arguments: [TermID], skip: Int) -> [TermID] {
    let record = program.item(item)
    let unit = program.unit(ofItem: item)
    let own = Int(record.genericsCount)
    var list = arguments.filter { types.kind($0) != .binding && types.kind($0) != .bound }
    let bindings = arguments.filter { types.kind($0) == .binding || types.kind($0) == .bound }
    if list.count > own { list.removeLast(list.count - own) }
    while list.count < own {
      let parameter = program.units[unit].facts.items.generics[Int(record.genericsStart) + list.count]
      let term = TermID(parameter.isConstant == 1 ? parameter.constantDefault : parameter.type)
      guard !term.isNone else {
        list.append(types.make(.inferred))
        continue
      }
      let defaultType = lower(term, context(ofItem: item))
      let prefix = (0..<skip).map { _ in types.make(.inferred) } + list
      list.append(types.substitute(defaultType, types.list(prefix)))
    }
    return list + bindings
  }
}
