/// What attributes mean, by their names.
enum AttributeMeaning {
  case flag(ItemFlags)
  case plain(AttributeKind)
  /// With the first string among the arguments as value.
  case text(AttributeKind)
  case doc, inline, link, derive, features, lang
}

enum AttributeNames {
  /// The meaning of an attribute, or `nil` if it does not matter.
  ///
  /// - Parameter isParsed: whether the name is the one that HIR gives to parsed attributes.
  static func meaning(of name: UnsafeRawBufferPointer, isParsed: Bool) -> AttributeMeaning? {
    let table = isParsed ? parsed : source
    for (known, meaning) in table where equal(name, known) { return meaning }
    return nil
  }

  private static func equal(_ name: UnsafeRawBufferPointer, _ known: StaticString) -> Bool {
    guard name.count == known.utf8CodeUnitCount else { return false }
    for index in 0..<name.count where name[index] != known.utf8Start[index] { return false }
    return true
  }

  // The frequent ones come first.
  private static let source: [(StaticString, AttributeMeaning)] = [
    ("inline", .inline), ("doc", .doc), ("automatically_derived", .flag(.automaticallyDerived)),
    ("macro_export", .flag(.macroExported)), ("feature", .features), ("no_std", .plain(.noStd)),
    ("track_caller", .plain(.trackCaller)), ("link_name", .text(.linkName)), ("link", .link),
    ("no_mangle", .plain(.noMangle)), ("export_name", .text(.exportName)), ("link_section", .text(.linkSection)),
    ("used", .plain(.used)), ("global_allocator", .plain(.globalAllocator)), ("panic_handler", .plain(.panicHandler)),
    ("proc_macro", .plain(.procMacro)), ("proc_macro_derive", .derive),
    ("proc_macro_attribute", .plain(.procMacroAttribute)), ("lang", .lang),
    ("rustc_std_internal_symbol", .plain(.standardInternalSymbol)),
  ]

  private static let parsed: [(StaticString, AttributeMeaning)] = [
    ("Inline", .inline), ("AutomaticallyDerived", .flag(.automaticallyDerived)), ("Doc", .doc),
    ("MacroExport", .flag(.macroExported)), ("TrackCaller", .plain(.trackCaller)), ("LinkName", .text(.linkName)),
    ("Link", .link), ("NoStd", .plain(.noStd)), ("Feature", .features), ("NoMangle", .plain(.noMangle)),
    ("ExportName", .text(.exportName)), ("LinkSection", .text(.linkSection)), ("Used", .plain(.used)),
    ("GlobalAllocator", .plain(.globalAllocator)), ("PanicHandler", .plain(.panicHandler)),
    ("ProcMacro", .plain(.procMacro)), ("ProcMacroDerive", .derive),
    ("ProcMacroAttribute", .plain(.procMacroAttribute)), ("Lang", .lang),
    ("RustcStdInternalSymbol", .plain(.standardInternalSymbol)),
  ]
}
