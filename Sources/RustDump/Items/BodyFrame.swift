/// A block that is open while a body is searched.
struct BodyFrame {
  enum State { case unknown, plain, item }
  /// The index of its `{`.
  var open: Int
  var state: State
  /// The item that stands for it, or of `plain` blocks the one around it.
  var item: Int
}
