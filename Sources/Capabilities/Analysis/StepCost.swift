/// What a path costs: uncertain steps first, then length, so that the smaller number is the better path.
struct StepCost: Comparable, Sendable, BitwiseCopyable {
  var raw: UInt64

  static let unreachable = StepCost(raw: UInt64.max)

  /// The cost of one step.
  @inline(__always)
  static func step(isUncertain: Bool) -> StepCost { StepCost(raw: (isUncertain ? 1 << 32 : 0) | 1) }

  var uncertainSteps: UInt32 { UInt32(raw >> 32) }
  var length: UInt32 { UInt32(truncatingIfNeeded: raw) }

  @inline(__always)
  static func < (left: StepCost, right: StepCost) -> Bool { left.raw < right.raw }
  @inline(__always)
  static func + (left: StepCost, right: StepCost) -> StepCost { StepCost(raw: left.raw &+ right.raw) }
}
