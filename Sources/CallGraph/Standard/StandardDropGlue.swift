import CrateFacts
import RustDump

/// Drop glue of std's types where std has bodies: as the compiler makes it, from their own `Drop` and their fields.
extension DropGlueExpander {
  /// The glue of a type of std.
  func standardGlue(_ type: TermID, _ standard: StandardBodies) -> Glue {
    let item = types.item(type)
    if item == standard.language.manuallyDrop { return Glue() }
    var glue = Glue(targets: ownDrop(type))
    glue.parts = fieldTypes(item, types.argumentList(of: type), 0).filter { !isOwnObject($0, type) }
    // What is in a box is dropped by the compiler, before the box's own `Drop` gives the memory back.
    if item == standard.language.ownedBox, types.childCount(type) > 0 {
      glue.parts.insert(types.child(type, 0), at: 0)
    }
    return glue
  }

  /// Whether a field holds trait objects that std itself names, as `io::Error` holds a `Box<dyn Error>`: those are dropped
  /// where they were handed over. Objects among the type's arguments (`Vec<Box<dyn Draw>>`) are dropped here.
  private func isOwnObject(_ field: TermID, _ type: TermID) -> Bool {
    guard let crates else { return false }
    let objects = crates.targets(field).filter { if case .dynamic = $0 { true } else { false } }
    return objects.contains { object in !types.children(type).contains { crates.targets($0).contains(object) } }
  }
}
