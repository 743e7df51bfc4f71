/// Amounts as people write them.
enum Amounts {
  /// Bytes: `512 MB`, `3 GB`, `1.5 GiB`. A kilobyte has 1024 bytes in either spelling.
  static func bytes(_ text: String) -> Int? {
    amount(
      text,
      units: [
        "b": 1, "kb": 1 << 10, "kib": 1 << 10, "mb": 1 << 20, "mib": 1 << 20, "gb": 1 << 30, "gib": 1 << 30,
        "tb": 1 << 40, "tib": 1 << 40,
      ])
  }

  /// Seconds: `90 s`, `15 min`, `2 h`, `30 days`.
  static func seconds(_ text: String) -> Int? {
    amount(
      text,
      units: [
        "s": 1, "second": 1, "seconds": 1, "m": 60, "min": 60, "minute": 60, "minutes": 60, "h": 3600, "hour": 3600,
        "hours": 3600, "d": 86_400, "day": 86_400, "days": 86_400,
      ])
  }

  private static func amount(_ text: String, units: [String: Int]) -> Int? {
    let digits = text.prefix { $0.isNumber || $0 == "." }
    let unit = text.dropFirst(digits.count).filter { $0 != " " }.lowercased()
    guard let number = Double(digits), let factor = units[unit], number > 0 else { return nil }
    let product = number * Double(factor)
    return product < Double(1 << 52) ? Int(product) : nil
  }

  /// Bytes for people: `1.5 GB`.
  static func text(bytes: Int) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"]
    var value = Double(bytes)
    var unit = 0
    while value >= 1024, unit + 1 < units.count {
      value /= 1024
      unit += 1
    }
    let rounded = (value * 10).rounded() / 10
    return rounded == rounded.rounded() ? "\(Int(rounded)) \(units[unit])" : "\(rounded) \(units[unit])"
  }

  /// Seconds for people: `2 min 5 s`.
  static func text(seconds: Int) -> String {
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3600 { return seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds / 60) min \(seconds % 60) s" }
    let minutes = seconds % 3600 / 60
    return minutes == 0 ? "\(seconds / 3600) h" : "\(seconds / 3600) h \(minutes) min"
  }
}
