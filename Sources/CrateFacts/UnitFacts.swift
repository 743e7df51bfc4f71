import RustDump

/// What one unit contributes: the facts of its dumps, with the bodies of MIR matched to the items of `expanded`.
///
/// Facts are a pure function of the dump's text and, for `sourceMarks`, of the sources. Names and terms are numbers in `store`, which all parts share.
public struct UnitFacts: Sendable {
  /// No item or body.
  public static let none = UInt32.max

  public var store = TermStore()
  public var bodies = BodyFacts()
  /// The items as `expanded` gives them.
  public var items = ItemTree()
  /// For each body: the item it is the body of, or `none` for closures, promoteds and anonymous constants.
  public var itemOfBody: [UInt32] = []
  /// For each body: the body in whose text it stands (closures, promoteds, items in functions), or `none`.
  public var ownerOfBody: [UInt32] = []
  /// Impl members of MIR for which no impl was found.
  public var membersWithoutImpl: UInt32 = 0
  public var gaps: [DumpGap] = []
  /// What the unit's sources declare `unsafe`, in the order of the files and their text; empty where they were not at hand.
  public var sourceMarks: [SourceMark] = []

  public init() {}
}
