import Project

/// The state of everything that went into a target's result. As long as it is the same, so is the result, and cargo need
/// not be asked.
///
/// A text file of lines: what decides besides files, the result's name, then each file with size and time, each file that
/// is not there, each folder with a hash of its names, each environment variable.
enum InputStamp {
  private static let head = "mircap-inputs/1"

  /// The text for a target whose result has just been made.
  ///
  /// - Parameters:
  ///   - start: when its compilation began, in nanoseconds since 1970. A file that was changed since may have been
  ///     compiled before or after the change.
  ///   - madeFiles: files that the compilation may have made itself.
  /// - Returns: `nil` if there can be no certainty: the target is then compiled again the next time.
  static func make(
    _ inputs: InputList, identity: String, key: String, start: Int, madeFiles: Set<String>
  ) -> [UInt8]? {
    guard !inputs.isOpen else { return nil }
    var lines = [
      head, "identity " + hash(of: identity), "result " + key, "variables " + variablesHash(inputs.variables),
    ]
    for name in inputs.variables.sorted() { lines.append("variable " + name) }
    for file in inputs.files.sorted() {
      guard !file.contains("\n"), let state = FileSystem.state(of: file) else { return nil }
      // The times of files lag behind the clock by a tick.
      guard state.modified < start - 20_000_000 || madeFiles.contains(file) else { return nil }
      lines.append("file \(state.size) \(state.modified) \(file)")
    }
    for file in inputs.absent.sorted() { lines.append("absent " + file) }
    for folder in inputs.folders.sorted() { lines.append("folder \(FolderListing.signature(of: folder)) \(folder)") }
    return Array((lines + ["end", ""]).joined(separator: "\n").utf8)
  }

  /// The values of the variables that steer cargo and of those that crates asked for, as a hash: they may be secret.
  private static func variablesHash(_ names: Set<String>) -> String {
    var hash = SHA256()
    for variable in SteeringVariables.current() { hash.add(variable) }
    for name in names.sorted() { hash.add(name + (Environment[name].map { "=" + $0 } ?? "")) }
    return hash.finishAsText()
  }

  static func hash(of text: String) -> String { SHA256.text(SHA256.hash(Array(text.utf8))) }

  /// Asks whether stamps still hold. Files and folders that several targets share are looked at once.
  struct Checker {
    private var states: [Substring: FileState?] = [:]
    private var signatures: [Substring: String] = [:]

    /// The name of the result if everything is as it was; else `nil`.
    mutating func result(ofStamp file: String, identity: String) -> String? {
      guard let bytes = FileSystem.contents(of: file, limit: 256 << 20),
        let text = String(validating: bytes, as: UTF8.self), text.hasSuffix("\nend\n"), text.hasPrefix(head + "\n")
      else { return nil }
      var key: String?
      var variables = ""
      var names: Set<String> = []
      for line in text.utf8.split(separator: UInt8(ascii: "\n")).dropFirst() {
        guard let blank = line.firstIndex(of: UInt8(ascii: " ")) else { continue }
        let rest = Substring(line[line.index(after: blank)...])
        switch Substring(line[..<blank]) {
        case "file": guard isSame(file: rest) else { return nil }
        case "absent": guard state(of: rest) == nil else { return nil }
        case "folder": guard isSame(folder: rest) else { return nil }
        case "identity": guard rest == InputStamp.hash(of: identity) else { return nil }
        case "result": key = String(rest)
        case "variables": variables = String(rest)
        case "variable": names.insert(String(rest))
        default: return nil
        }
      }
      return variables == InputStamp.variablesHash(names) ? key : nil
    }

    /// `SIZE TIME PATH`
    private mutating func isSame(file text: Substring) -> Bool {
      let parts = text.utf8.split(separator: UInt8(ascii: " "), maxSplits: 2)
      guard parts.count == 3, let size = Int(Substring(parts[0])), let time = Int(Substring(parts[1])) else {
        return false
      }
      return state(of: Substring(parts[2])) == FileState(size: size, modified: time)
    }

    /// `HASH PATH`
    private mutating func isSame(folder text: Substring) -> Bool {
      let parts = text.utf8.split(separator: UInt8(ascii: " "), maxSplits: 1)
      guard parts.count == 2 else { return false }
      let path = Substring(parts[1])
      let signature = signatures[path] ?? FolderListing.signature(of: String(path))
      signatures[path] = signature
      return signature == Substring(parts[0])
    }

    private mutating func state(of path: Substring) -> FileState? {
      if let known = states[path] { return known }
      let state = FileSystem.state(of: String(path))
      states[path] = .some(state)
      return state
    }
  }
}
