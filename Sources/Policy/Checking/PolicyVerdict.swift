import CallGraph
import Capabilities
import Project
import Settings

/// What proves a violation.
public struct PolicyEvidence: Sendable {
  /// The function where the path starts; `nil` if there is only a place, or not even that.
  public var start: UInt32?
  /// What `start` is, if it is an entry point: an index into `CallGraph.entryPoints`.
  public var entry: Int?
  public var path: FoundPath?
  /// For code that nothing reaches: the function, its use of a sink (an index into `SinkSites.sites`), and where.
  public var containing: UInt32?
  public var site: UInt32?
  /// A use of `unsafe`.
  public var use: UnsafeUse?
  /// For what stands in no function: what it is, as `links z`.
  public var statement = ""

  public init() {}
}

/// Something that a policy does not allow.
public struct PolicyViolation: Sendable {
  /// What kind of rule is broken.
  public enum Kind: String, Sendable, CaseIterable {
    /// A crate does what it has no grant for.
    case capability
    /// A crate depends on one that is not in its list.
    case dependency
    /// A claim about a function does not hold.
    case requirement
    /// A use of `unsafe` has no label.
    case unsafeUse = "unsafe"
  }

  public var kind: Kind
  /// Whose code it is. Of a claim about a function: the function's.
  public var subject: Subject?
  /// What is done, by its name.
  public var capability: String
  /// In whose use, for a rule `USER>NAME`.
  public var user: String
  /// The rule that says no, as it is written: `[crate.demo]`, `[default]`, `[[require]] app::main`; empty if nothing is said.
  public var rule: String
  /// Where it is written; 0 if nowhere.
  public var line: Int
  /// What is wrong, in a sentence.
  public var message: String
  public var evidence: PolicyEvidence
}

/// Something in a policy that nothing needs.
public struct UnusedRule: Sendable, Equatable {
  /// As written: `[crate.demo]`, `[[allowlist]]`.
  public var rule: String
  /// What of it; empty for all of it.
  public var grant: String
  public var line: Int
  public var why: String
}

/// What checking a result against a policy says.
public struct PolicyVerdict: Sendable {
  /// In the order of reports.
  public var violations: [PolicyViolation] = []
  /// In the order of the file.
  public var unused: [UnusedRule] = []
  /// How many subjects were looked at, and how many grants there are.
  public var subjectCount = 0
  public var grantCount = 0

  public init() {}

  public var passes: Bool { violations.isEmpty }
}

extension Policy.Section {
  /// As it stands in the file.
  public var title: String {
    guard key != nil else { return name.isEmpty ? "[default]" : "[default.\(name)]" }
    return "[crate.\(TOMLKey.written(name))]"
  }
}

/// Keys of TOML.
enum TOMLKey {
  /// A key as it is written: bare where that can be.
  static func written(_ name: String) -> String {
    let isBare =
      !name.isEmpty
      && name.utf8.allSatisfy { byte in
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
          || byte < 0x80
            && (Unicode.Scalar(byte).properties.isAlphabetic
              || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte))
      }
    return isBare ? name : BasicString.quoted(name)
  }
}
