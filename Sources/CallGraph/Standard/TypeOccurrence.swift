import RustDump

extension EdgeBuilder {
  /// Whether a type is one of a list of arguments or stands within one of them.
  func occurs(_ type: TermID, in arguments: TermID) -> Bool {
    var seen: Set<TermID> = [arguments]
    var work = [arguments]
    while let next = work.popLast() {
      if next == type { return true }
      for child in types.children(next) where seen.insert(child).inserted { work.append(child) }
    }
    return false
  }
}
