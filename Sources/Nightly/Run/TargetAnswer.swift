import NightlyStore
import Project

/// What the process that analyses one target says at its end, as a file.
public struct TargetAnswer: Sendable {
  public var status: TargetOutcome.Status
  public var reason = ""
  /// The name of the result.
  public var key = ""
  /// Whether the result was there before.
  public var wasKnown = false
  public var timing = TargetOutcome.Timing()

  public init(status: TargetOutcome.Status) { self.status = status }

  func write(to file: String) throws {
    let json = JSONValue.object([
      JSONField("status", .string(status.rawValue)), JSONField("reason", .string(reason)),
      JSONField("key", .string(key)), JSONField("known", .boolean(wasKnown)),
      JSONField("analysisSeconds", .number(timing.analysisSeconds)), JSONField("dump", .number(timing.dump)),
      JSONField("parse", .number(timing.parse)),
      JSONField("graph", .number(timing.graph)), JSONField("propagate", .number(timing.propagate)),
    ])
    try AtomicFile.write(json.serialized(), to: file)
  }

  /// - Throws: a `Failure` if there is no such file or it is none.
  init(file: String) throws {
    let json = try JSONReader().read(file: file)
    guard let status = json["status"]?.string.flatMap({ TargetOutcome.Status(rawValue: $0) }) else {
      throw Failure("has no status", file: file)
    }
    self.status = status
    reason = json["reason"]?.string ?? ""
    key = json["key"]?.string ?? ""
    wasKnown = json["known"]?.boolean ?? false
    timing.analysisSeconds = json["analysisSeconds"]?.seconds ?? 0
    timing.dump = json["dump"]?.seconds ?? 0
    timing.parse = json["parse"]?.seconds ?? 0
    timing.graph = json["graph"]?.seconds ?? 0
    timing.propagate = json["propagate"]?.seconds ?? 0
  }
}

extension JSONValue {
  /// A number, whole or not.
  var seconds: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}

/// The record of a target in a run: written when the target is done, which makes it done.
enum TargetRecord {
  static func write(_ outcome: TargetOutcome, to file: String) throws {
    let timing = outcome.timing
    let json = JSONValue.object([
      JSONField("schema", "mircap-target/1"), JSONField("target", .string(outcome.target)),
      JSONField("description", .string(outcome.description)), JSONField("status", .string(outcome.status.rawValue)),
      JSONField("reason", .string(outcome.reason)), JSONField("result", .string(outcome.key)),
      JSONField("way", .string(outcome.way.rawValue)), JSONField("seconds", .number(timing.seconds)),
      JSONField("cpuSeconds", .number(timing.cpuSeconds)),
      JSONField("analysisSeconds", .number(timing.analysisSeconds)),
      JSONField("peakMemory", .integer(Int64(timing.peakMemory))), JSONField("dump", .number(timing.dump)),
      JSONField("parse", .number(timing.parse)), JSONField("graph", .number(timing.graph)),
      JSONField("propagate", .number(timing.propagate)),
    ])
    try AtomicFile.write(json.serialized(), to: file)
  }

  /// The record in a file; `nil` if there is none.
  static func read(_ file: String) -> TargetOutcome? {
    guard FileSystem.isFile(file), let json = try? JSONReader().read(file: file), json["schema"] == "mircap-target/1",
      let target = json["target"]?.string,
      let status = json["status"]?.string.flatMap({ TargetOutcome.Status(rawValue: $0) })
    else { return nil }
    var timing = TargetOutcome.Timing()
    timing.seconds = json["seconds"]?.seconds ?? 0
    timing.cpuSeconds = json["cpuSeconds"]?.seconds ?? 0
    timing.peakMemory = Int(json["peakMemory"]?.integer ?? 0)
    timing.analysisSeconds = json["analysisSeconds"]?.seconds ?? 0
    timing.dump = json["dump"]?.seconds ?? 0
    timing.parse = json["parse"]?.seconds ?? 0
    timing.graph = json["graph"]?.seconds ?? 0
    timing.propagate = json["propagate"]?.seconds ?? 0
    return TargetOutcome(
      target: target, description: json["description"]?.string ?? "", status: status,
      reason: json["reason"]?.string ?? "", key: json["result"]?.string ?? "",
      way: json["way"]?.string.flatMap { TargetOutcome.Way(rawValue: $0) } ?? .analysed, timing: timing)
  }
}
