import RustDump

extension EdgeBuilder {
  /// Whether a type is one of a list of arguments or stands within one of them.
  func occurs(_ type: TermID, in arguments: TermID) -> Bool {
    var seen: Set<TermID> = []
    var work = [arguments]
    while let next = work.popLast() {
      if next == type { return true }
      // What a type is made of has smaller numbers than the type.
      for index in 0..<types.childCount(next) {
        let child = types.child(next, index)
        if child >= type, seen.insert(child).inserted { work.append(child) }
      }
    }
    return false
  }
}
