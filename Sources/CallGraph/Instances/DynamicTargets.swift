import RustDump

/// What trait objects, function pointers and closures of one world may be, as far as reached code has shown.
///
/// A trait object with some first bound holds the types that an unsizing cast (or a vtable in memory) turned into one with
/// an equal bound; a function pointer the functions and closures whose address was taken with an equal signature. Bounds
/// and signatures that are not fully known match all of their trait or number of parameters. A closure of another function
/// is every instance of it that reached code makes with such arguments.
struct DynamicTargets {
  private let types: TypeTable
  private var objects = CandidateTable<TermID>()
  private var pointers = CandidateTable<CallTarget>()
  private var closures = CandidateTable<TermID>()
  private var seenObjects: Set<UInt64> = []
  private var seenPointers: Set<PointerKey> = []
  private var seenClosures: Set<UInt64> = []

  private struct PointerKey: Hashable {
    var type: TermID
    var target: CallTarget
  }

  /// Something that a question is about, and how much of the answer is known to whoever asks.
  struct Reader {
    fileprivate enum Subject {
      case objects, pointers, closures
    }
    fileprivate var subject: Subject
    fileprivate var type: TermID
    /// The body of a closure.
    fileprivate var body: UInt32 = 0
    fileprivate var objectCursor = CandidateTable<TermID>.Cursor()
    fileprivate var pointerCursor = CandidateTable<CallTarget>.Cursor()
  }

  /// New answers to a question.
  enum Found {
    /// Types that a trait object may hold.
    case types([TermID])
    /// Functions and closures that a pointer may be.
    case targets([CallTarget])
    /// Argument lists with which a closure is made.
    case arguments([TermID])
  }

  init(_ types: TypeTable) { self.types = types }

  // MARK: What code shows

  /// States that a type becomes a trait object with a first bound.
  mutating func addObject(_ type: TermID, _ bound: TermID) {
    guard seenObjects.insert(UInt64(type.raw) << 32 | UInt64(bound.raw)).inserted else { return }
    objects.add(type, for: key(ofBound: bound))
  }

  /// States that a function's address is taken with a signature.
  mutating func addPointer(_ target: CallTarget, _ type: TermID) {
    guard seenPointers.insert(PointerKey(type: type, target: target)).inserted else { return }
    pointers.add(target, for: key(ofPointer: type))
  }

  /// States that a closure is made with the arguments of the definition around it.
  mutating func addClosure(_ body: UInt32, _ arguments: TermID) {
    guard seenClosures.insert(UInt64(body) << 32 | UInt64(arguments.raw)).inserted else { return }
    closures.add(arguments, for: key(ofClosure: body, arguments))
  }

  // MARK: What is asked

  /// Starts to read what trait objects with a first bound may hold, as the reader of a number.
  mutating func readObjects(_ bound: TermID, _ number: UInt32) -> Reader {
    objects.addReader(number, of: key(ofBound: bound))
    return Reader(subject: .objects, type: bound)
  }

  mutating func readPointers(_ type: TermID, _ number: UInt32) -> Reader {
    pointers.addReader(number, of: key(ofPointer: type))
    return Reader(subject: .pointers, type: type)
  }

  mutating func readClosures(_ body: UInt32, _ arguments: TermID, _ number: UInt32) -> Reader {
    closures.addReader(number, of: key(ofClosure: body, arguments))
    return Reader(subject: .closures, type: arguments, body: body)
  }

  /// The numbers of the readers for which there may be something new, in ascending order.
  mutating func takeAwake() -> [UInt32] {
    let all = objects.takeAwake() + pointers.takeAwake() + closures.takeAwake()
    return Array(Set(all)).sorted()
  }

  /// What a reader has not been given yet.
  func next(_ reader: inout Reader) -> Found {
    switch reader.subject {
    case .objects:
      return .types(objects.next(for: key(ofBound: reader.type), &reader.objectCursor) { agrees($0, $1) })
    case .pointers:
      return .targets(pointers.next(for: key(ofPointer: reader.type), &reader.pointerCursor) { agrees($0, $1) })
    case .closures:
      let key = key(ofClosure: reader.body, reader.type)
      return .arguments(closures.next(for: key, &reader.objectCursor) { agrees($0, $1) })
    }
  }

  // MARK: Keys

  private func key(ofBound bound: TermID) -> CandidateTable<TermID>.Key {
    CandidateTable.Key(type: bound, group: types.item(bound), isVague: types.isVague(bound))
  }

  private func key(ofPointer type: TermID) -> CandidateTable<CallTarget>.Key {
    CandidateTable.Key(type: type, group: UInt32(types.childCount(type)), isVague: types.isVague(type))
  }

  private func key(ofClosure body: UInt32, _ arguments: TermID) -> CandidateTable<TermID>.Key {
    CandidateTable.Key(type: arguments, group: body, isVague: types.isVague(arguments))
  }

  /// Whether two bounds or signatures may be the same.
  func agrees(_ left: TermID, _ right: TermID) -> Bool {
    if left == right { return true }
    guard types.isVague(left) || types.isVague(right) else { return false }
    if isPlaceholder(types.kind(left)) || isPlaceholder(types.kind(right)) { return true }
    let first = types.terms.record(left)
    let second = types.terms.record(right)
    guard first.kind == second.kind, first.a == second.a, first.b == second.b, first.childCount == second.childCount
    else { return false }
    return (0..<Int(first.childCount)).allSatisfy { agrees(types.child(left, $0), types.child(right, $0)) }
  }

  private func isPlaceholder(_ kind: TermKind) -> Bool {
    switch kind {
    case .open, .inferred, .unknown, .projection, .oneOf: true
    default: false
    }
  }
}
