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
