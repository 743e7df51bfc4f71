import RustDump

/// Whether a type has drop glue at all, as `std::mem::needs_drop` says.
extension DropGlueExpander {
  /// Whether dropping a value of a type runs anything, std's own code included; `nil` if that cannot be told.
  func needsDrop(_ type: TermID) -> Bool? { needsDrop(type, 0) }

  private func needsDrop(_ type: TermID, _ level: Int) -> Bool? {
    guard level < 24 else { return nil }
    switch types.kind(type) {
    case .primitive, .reference, .pointer, .never, .functionDefinition, .functionPointer, .traitMethod: return false
    case .dynamic: return true
    case .tuple: return anyNeedsDrop(types.children(type), level)
    case .slice, .array: return needsDrop(types.child(type, 0), level + 1)
    case .closureType:
      guard let captures = lowering.closures.captures[types.item(type)] else { return false }
      let arguments = types.argumentList(of: type)
      return anyNeedsDrop(captures.map { selector.normalise(types.substitute($0, arguments)) }, level)
    case .nominal: return nominalNeedsDrop(type, level)
    default: return nil
    }
  }

  private func anyNeedsDrop(_ list: [TermID], _ level: Int) -> Bool? {
    var answer: Bool? = false
    for type in list {
      switch needsDrop(type, level + 1) {
      case true: return true
      case nil: answer = nil
      case false: break
      }
    }
    return answer
  }

  private func nominalNeedsDrop(_ type: TermID, _ level: Int) -> Bool? {
    let item = types.item(type)
    if item == selector.known.manuallyDrop || program.kind(item) == .union { return false }
    if let trait = selector.known.drop, !selector.impls(of: trait, for: type, []).isEmpty { return true }
    return anyNeedsDrop(fieldTypes(item, types.argumentList(of: type), 0), level)
  }
}
