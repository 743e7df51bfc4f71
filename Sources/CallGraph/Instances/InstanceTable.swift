import RustDump

/// What a node of the graph under construction stands for.
enum InstanceKind: UInt8 {
  /// A body with the arguments of the definition around it.
  case body
  /// A foreign function or static.
  case foreign
  /// A function of std, by its public path.
  case standard
  /// A callee that could not be resolved, by its text.
  case unresolved
  /// The call of any of very many targets.
  case shared
}

/// Code that runs in one program or another sees other trait objects and pointers: what a library's public function could
/// make a trait object of, if somebody called it, a binary that does not call it never meets.
///
/// The same body with the same arguments is one instance a world. Nodes without a body belong to no world.
enum World: UInt8, CaseIterable {
  /// Libraries: anybody may call any public function. Code that nothing reaches counts here too.
  case open
  case binaries
  case buildScripts
  case procMacros
}

/// One node of the graph under construction.
struct Instance {
  var kind: InstanceKind
  var world: World
  /// On whose account code of std runs; `.caller` for everything else.
  var account = StandardAccount.caller
  var body: UInt32
  var item: UInt32
  var arguments: TermID
  /// The name of nodes without a body.
  var name: NameID

  static let none = UInt32.max
}

/// All nodes, each (definition, argument list) once, with a queue of those whose sites were not looked at yet.
final class InstanceTable {
  private(set) var instances: [Instance] = []
  private var bodies = WordMap<UInt64, UInt32>()
  private var items = WordMap<UInt32, UInt32>()
  private var names = WordMap<UInt64, UInt32>()
  private(set) var queue: [UInt32] = []
  private var instantiated = NumberMap<UInt32, Bool>()

  /// Whether a body has any node.
  func isInstantiated(_ body: UInt32) -> Bool { instantiated[body] == true }

  func popWork() -> UInt32? { queue.popLast() }

  /// The world of the instances that are asked for.
  var world = World.open

  /// The node of a body with arguments in the world at hand.
  func body(_ body: UInt32, _ arguments: TermID, _ account: StandardAccount = .caller) -> UInt32 {
    let key =
      UInt64(world.rawValue) << 62 | UInt64(account.rawValue) << 60 | UInt64(body) << 32 | UInt64(arguments.raw)
    if let known = bodies[key] { return known }
    let node = add(
      Instance(
        kind: .body, world: world, account: account, body: body, item: Instance.none, arguments: arguments,
        name: .none))
    bodies[key] = node
    instantiated[body] = true
    queue.append(node)
    return node
  }

  func foreign(_ item: UInt32) -> UInt32 {
    if let known = items[item] { return known }
    let node = add(
      Instance(
        kind: .foreign, world: .open, body: Instance.none, item: item, arguments: .none, name: .none))
    items[item] = node
    return node
  }

  /// The node of a function of std or of a callee that is only known by name.
  func named(_ name: NameID, _ kind: InstanceKind, item: UInt32 = Instance.none) -> UInt32 {
    let key = UInt64(name.raw) << 8 | UInt64(kind.rawValue)
    if let known = names[key] { return known }
    let node = add(Instance(kind: kind, world: .open, body: Instance.none, item: item, arguments: .none, name: name))
    names[key] = node
    return node
  }

  /// A new node for the call of any of some targets.
  func shared(_ name: NameID) -> UInt32 {
    add(
      Instance(
        kind: .shared, world: world, body: Instance.none, item: Instance.none, arguments: .none, name: name))
  }

  private func add(_ instance: Instance) -> UInt32 {
    instances.append(instance)
    return UInt32(instances.count - 1)
  }
}
