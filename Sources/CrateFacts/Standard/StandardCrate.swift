import RustDump

/// One of the crates that the standard library consists of.
public struct StandardCrate: Sendable {
  /// The crate's own name.
  public var crate: String
  /// 2015, 2018, 2021 or 2024.
  public var edition: Int
  /// The names of its dependencies and the crates that they stand for.
  public var externs: [Extern]
  /// Programs cannot name it: a copy that only std uses.
  public var isPrivate: Bool
  /// Without bodies where only the items were asked for.
  public var facts: UnitFacts

  /// A dependency.
  public struct Extern: Sendable, Equatable {
    public var name: String
    public var crate: String

    public init(name: String, crate: String) {
      self.name = name
      self.crate = crate
    }
  }

  public init(crate: String, edition: Int = 2024, externs: [Extern] = [], isPrivate: Bool = false, facts: UnitFacts) {
    self.crate = crate
    self.edition = edition
    self.externs = externs
    self.isPrivate = isPrivate
    self.facts = facts
  }
}

/// How many names and terms a crate's items need. Those of its bodies come behind them: items are read first.
public struct ItemShare: Sendable {
  var names: Int
  var terms: Int
  var children: Int

  /// - Parameter items: the facts of the same crate's items alone.
  public init(_ items: UnitFacts) {
    names = items.store.names.ends.count
    terms = items.store.terms.records.count
    children = items.store.terms.children.count
  }
}
