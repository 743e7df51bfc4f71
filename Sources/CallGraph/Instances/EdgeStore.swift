import RustDump

/// One edge of the graph under construction.
struct PendingEdge {
  var source: UInt32
  var target: UInt32
  var kind: EdgeKind
  var candidates: UInt32
  /// The unit and the site (for the position), or no site.
  var unit: UInt32
  var site: UInt32
  /// See `GraphEdge.isConstantFalse`.
  var isConstantFalse = false
}

/// Where an edge is made: a site of a unit.
struct SiteReference: Hashable {
  var unit: UInt32
  /// The index of the site in the unit's facts; `none` for edges without one.
  var site: UInt32
  static let none = UInt32.max
}

/// A place whose targets are known only when everything reached has been looked at.
struct DeferredSite {
  enum Question: Hashable {
    /// A method (a `traitMethod` term whose self type is replaced) of a trait object with this bound.
    case method(bound: TermID, method: TermID)
    /// Any method of a trait in the vtable of a trait object.
    case anyMethod(bound: TermID, trait: TermID)
    /// Drop glue of a trait object.
    case drop(bound: TermID)
    /// A function pointer of this type.
    case pointer(TermID)
    /// A closure whose arguments (a list) are not all known.
    case closure(UInt32, TermID)
  }
  var node: UInt32
  var question: Question
  var kind: EdgeKind
  var place: SiteReference
  /// Whether the site is a call, which coverage counts by the number of its targets.
  var isCall: Bool
  /// How many candidates the targets have at least: the site itself may have several meanings.
  var leastCandidates: Int
  /// See `GraphEdge.isConstantFalse`.
  var isConstantFalse = false
}
