import RustDump

/// What can be answered only when everything reached has been looked at.
enum Question: Hashable {
  /// A method (a `traitMethod` term whose self type is replaced) of a trait object with this bound.
  case method(bound: TermID, method: TermID)
  /// Any method of a trait (a reference with its arguments) in the vtable of a trait object.
  case anyMethod(bound: TermID, trait: TermID)
  /// Drop glue of a trait object.
  case drop(bound: TermID)
  /// A function pointer of this type.
  case pointer(TermID)
  /// A closure whose arguments (a list) are not all known.
  case closure(UInt32, TermID)
  /// Trait objects with one bound become trait objects with another: no site asks, what is found is carried over.
  case upcast(from: TermID, to: TermID)

  var isDrop: Bool { if case .drop = self { true } else { false } }
}

/// A question in one world, with what is known of its answer and the sites that ask it.
struct OpenQuestion {
  var question: Question
  var world: World
  var reader: DynamicTargets.Reader
  /// On whose account the sites are.
  var account: StandardAccount
  /// The targets' nodes, each once.
  var nodes: [UInt32] = []
  var seenNodes: Set<UInt32> = []
  var seenTargets: Set<CallTarget> = []
  /// The nodes of what functions of std among the targets do of themselves.
  var sinks: [UInt32] = []
  /// Targets without a body here, which call something back.
  var standardTargets: [CallTarget] = []
  /// The types that a trait object may hold.
  var heldTypes: Set<TermID> = []
  /// Indices into `EdgeBuilder.deferred`.
  var sites: [UInt32] = []
}

/// A place that asks a question.
struct DeferredSite {
  var node: UInt32
  /// An index into `EdgeBuilder.questions`.
  var question: UInt32
  var kind: EdgeKind
  var place: SiteReference
  /// Whether the site is a call, which coverage counts by the number of its targets.
  var isCall: Bool
  /// How many candidates the targets have at least: the site itself may have several meanings.
  var leastCandidates: Int
  /// See `GraphEdge.isConstantFalse`.
  var isConstantFalse = false
}

/// One site asks one question once.
struct DeferredKey: Hashable {
  var node: UInt32
  var question: UInt32
  var place: SiteReference
}

struct QuestionKey: Hashable {
  var question: Question
  var world: World
  var account: StandardAccount
}
