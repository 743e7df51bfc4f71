import Glibc

/// What the last failed call of the system said.
enum SystemError {
  /// The text for `errno`, such as `No such file or directory`.
  static func lastMessage() -> String { message(errno) }

  static func message(_ code: Int32) -> String { String(cString: strerror(code)) }
}
