import Foundation
import GRDB

/// A folder that vanishes with its last user.
final class NightlyTestFolder: Sendable {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("mircap-test-" + UUID().uuidString).path
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

extension Database {
  /// How many states of units there are.
  func contents() throws -> Int { try Int.fetchOne(self, sql: "SELECT count(*) FROM content") ?? 0 }
}
