import Capabilities
import Foundation
import Project

/// The tables of this repository.
public enum TestTables {
  /// The folder of the repository.
  public static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  /// Where they are.
  public static let folder = repository.appendingPathComponent("Sources/Capabilities/Data")

  /// All of them.
  public static let all: CapabilityTables = {
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
