/// The words that have a meaning between items, contextual ones included.
enum RustKeyword: UInt8 {
  case none = 0
  case asWord, asyncWord, autoWord, constWord, crateWord, defaultWord, dynWord, enumWord, externWord
  case fnWord, forWord, genWord, globalAssembly, implWord, inWord, macroRules, macroWord, modWord, moveWord, mutWord
  case pubWord, refWord, safeWord, selfType, selfValue, staticWord, structWord, superWord, traitWord, typeWord
  case underscore, unionWord, unsafeWord, useWord, whereWord

  /// The keyword of a word of at most eight bytes.
  ///
  /// - Parameter word: the word's bytes, the first one lowest, filled up with zeros. One comparison of integers for
  ///   each word is what keeps the lexer fast.
  @inline(__always)
  static func ofShortWord(_ word: UInt64) -> RustKeyword {
    switch word {
    case 0x7361: .asWord  // as
    case 0x636e797361: .asyncWord  // async
    case 0x6f747561: .autoWord  // auto
    case 0x74736e6f63: .constWord  // const
    case 0x6574617263: .crateWord  // crate
    case 0x746c7561666564: .defaultWord  // default
    case 0x6e7964: .dynWord  // dyn
    case 0x6d756e65: .enumWord  // enum
    case 0x6e7265747865: .externWord  // extern
    case 0x6e66: .fnWord  // fn
    case 0x726f66: .forWord  // for
    case 0x6e6567: .genWord  // gen
    case 0x6c706d69: .implWord  // impl
    case 0x6e69: .inWord  // in
    case 0x6f7263616d: .macroWord  // macro
    case 0x646f6d: .modWord  // mod
    case 0x65766f6d: .moveWord  // move
    case 0x74756d: .mutWord  // mut
    case 0x627570: .pubWord  // pub
    case 0x666572: .refWord  // ref
    case 0x65666173: .safeWord  // safe
    case 0x666c6553: .selfType  // Self
    case 0x666c6573: .selfValue  // self
    case 0x636974617473: .staticWord  // static
    case 0x746375727473: .structWord  // struct
    case 0x7265707573: .superWord  // super
    case 0x7469617274: .traitWord  // trait
    case 0x65707974: .typeWord  // type
    case 0x5f: .underscore  // _
    case 0x6e6f696e75: .unionWord  // union
    case 0x656661736e75: .unsafeWord  // unsafe
    case 0x657375: .useWord  // use
    case 0x6572656877: .whereWord  // where
    default: .none
    }
  }
}
