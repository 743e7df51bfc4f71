import Project

/// A crate as a policy names it: by its name in paths or its package's name, at any version or at one.
public struct CrateName: Hashable, Sendable {
  /// With `_` for `-`, so that both spellings mean the same.
  public var name: String
  /// After `@`; `nil` for all versions.
  public var version: String?

  public init(name: String, version: String? = nil) {
    self.name = CrateName.normalised(name)
    self.version = version
  }

  /// `serde`, `serde-json`, `serde@1.0.152`.
  ///
  /// - Returns: `nil` for what cannot be a crate.
  init?(_ text: Substring) {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = parts.first, !name.isEmpty,
      name.unicodeScalars.allSatisfy({ $0 == "_" || $0 == "-" || $0.properties.isXIDContinue })
    else { return nil }
    if parts.count > 1, parts[1].isEmpty || parts[1].contains(where: \.isWhitespace) { return nil }
    self.init(name: String(name), version: parts.count > 1 ? String(parts[1]) : nil)
  }

  /// As crates are named in paths.
  static func normalised(_ name: String) -> String { name.replacing("-", with: "_") }
}

/// What a section of a policy is about: a crate in a phase, or what a crate does where another one uses it.
public struct CrateKey: Hashable, Sendable {
  /// `foo` in `foo>bar`.
  public var user: CrateName?
  public var crate: CrateName
  /// The phase in which the code runs.
  public var phase: Phase

  /// `NAME`, `NAME:PHASE`, `USER>NAME`, `USER>NAME:PHASE`; without a phase it is `run`.
  ///
  /// - Returns: `nil` for what has another form.
  init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let crates = parts.first, parts.count <= 2 else { return nil }
    phase = .run
    if parts.count == 2 {
      guard let phase = Phase(rawValue: String(parts[1])) else { return nil }
      self.phase = phase
    }
    let names = crates.split(separator: ">", omittingEmptySubsequences: false).map { name in
      CrateName(name.drop { $0 == " " }.droppingTrailingBlanks)
    }
    guard names.count <= 2, let last = names.last, let crate = last else { return nil }
    self.crate = crate
    guard names.count == 2 else { return }
    guard let user = names[0] else { return nil }
    self.user = user
  }
}

extension Substring {
  fileprivate var droppingTrailingBlanks: Substring {
    var rest = self
    while rest.last == " " { rest.removeLast() }
    return rest
  }
}
