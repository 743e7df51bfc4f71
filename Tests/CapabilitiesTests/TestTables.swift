import Capabilities
import Foundation
import Project

/// The tables of this repository.
enum TestTables {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Sources/Capabilities/Data")

  static let all: CapabilityTables = {
    do {
      return try CapabilityTables { name in
        guard let data = try? Data(contentsOf: folder.appendingPathComponent(name)) else { return nil }
        return (bytes: Array(data), file: name)
      }
    } catch {
      fatalError("\(error)")
    }
  }()
}
