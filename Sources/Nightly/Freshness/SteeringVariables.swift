import Glibc

/// The environment variables that steer cargo, compilers and build scripts: those that `scripts/dump` lets through.
enum SteeringVariables {
  private static let names: Set<String> = [
    "PATH", "HOME", "CARGO", "CC", "CXX", "AR", "LD", "NM", "RANLIB", "LIBRARY_PATH", "LD_LIBRARY_PATH", "LD_RUN_PATH",
    "CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "CMAKE", "LIBCLANG_PATH", "PROTOC", "PYTHON", "PERL",
    "SOURCE_DATE_EPOCH",
  ]
  private static let beginnings = [
    "CARGO_", "RUST", "CC_", "CXX_", "AR_", "HOST_", "TARGET_", "PKG_CONFIG", "CMAKE_", "LLVM_", "PROTOC_",
  ]
  private static let endings = ["FLAGS", "_DIR", "_STATIC", "_NO_VENDOR", "_NO_PKG_CONFIG"]

  /// Those that are set, as `NAME=VALUE`, sorted.
  static func current() -> [String] {
    var variables: [String] = []
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      if isSteering(String(text.prefix { $0 != "=" })) { variables.append(text) }
      next += 1
    }
    return variables.sorted()
  }

  private static func isSteering(_ name: String) -> Bool {
    // Set anew for each session by the system, and no business of compilers.
    if name.hasPrefix("XDG_") { return false }
    return names.contains(name) || beginnings.contains(where: name.hasPrefix) || endings.contains(where: name.hasSuffix)
  }
}
