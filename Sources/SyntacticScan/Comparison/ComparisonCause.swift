/// Why a scanner says something that evidence does not, or the other way round.
public enum ComparisonCause: String, Sendable, CaseIterable {
  // Only the scanner says it.

  /// The code does it, its address is taken or it stands in a vtable that is made, but control never comes there; or it
  /// stands behind a condition that is never true in this build.
  case notReached = "not-reached"
  /// The code does it, and nothing leads to the code.
  case deadCode = "dead-code"
  /// A type, a constant, a description, a declaration, or another thing of the same name: nothing is done there.
  case nameOnly = "name-only"
  /// It holds in another phase of the package only: its build script does it, the library does not.
  case otherPhase = "other-phase"
  /// The build leaves the code out: another system, a feature that is off, tests.
  case otherCfg = "other-cfg"
  /// It stands in a comment or a string.
  case commentOrString = "comment-or-string"
  /// The scanner names no place, or one that is not known: why cannot be told.
  case noPlace = "no-place"

  // Only mircap says it.

  /// An import gives the function or its module another name.
  case renamedImport = "renamed-import"
  /// The path leads through another module or crate that hands it on.
  case reExport = "re-export"
  /// A method of a trait, whose implementation follows from types.
  case traitDispatch = "trait-dispatch"
  /// A call through a trait object.
  case dyn
  /// A call through a function pointer.
  case functionPointer = "function-pointer"
  /// Something handed to code without a body here, or to std, calls it.
  case callback
  /// A macro makes the call.
  case macro
  /// A value is dropped.
  case drop
  /// Foreign code, called as such.
  case ffi
  /// The initialiser of a static or constant.
  case staticInitialiser = "static"
  /// What std does on behalf of a call that names no such function: `collect` into a `HashMap`, formatting a file.
  case standard = "through-std"
  /// A method on a value whose type the file does not name.
  case method
  /// Code that a build script has written.
  case generated
  /// Another crate does it.
  case dependency
  /// The text names it, and the scanner does not know or report it.
  case notListed = "not-listed"

  /// Causes of what only the scanner says.
  public static let ofFalsePositives: [ComparisonCause] = [
    .notReached, .deadCode, .nameOnly, .otherPhase, .otherCfg, .commentOrString, .noPlace,
  ]
  /// Causes of what only mircap says.
  public static let ofFalseNegatives = allCases.filter { !ofFalsePositives.contains($0) }
}
