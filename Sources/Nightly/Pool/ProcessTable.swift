import Glibc
import Project

/// The processes of the machine at one moment, as far as supervision needs them.
struct ProcessTable {
  /// One process.
  struct Entry {
    var process: pid_t
    var parent: pid_t
    var session: pid_t
    var isDead: Bool
    /// Processor time of it and of those below it that were waited for, in ticks of the system.
    var ticks: Int
  }

  private let entries: [Entry]
  private let children: [pid_t: [Int]]

  /// Reads `/proc`. A process that ends meanwhile is left out.
  init() {
    var entries: [Entry] = []
    for name in (try? FileSystem.names(in: "/proc")) ?? [] {
      guard let process = pid_t(name), let entry = Self.read(process) else { continue }
      entries.append(entry)
    }
    self.entries = entries
    children = Dictionary(grouping: entries.indices) { entries[$0].parent }
  }

  /// The processes below one, itself not included.
  func descendants(of process: pid_t) -> [pid_t] {
    var found: [pid_t] = []
    var waiting = [process]
    var seen: Set<pid_t> = [process]
    while let next = waiting.popLast() {
      for index in children[next] ?? [] where seen.insert(entries[index].process).inserted {
        waiting.append(entries[index].process)
        if !entries[index].isDead { found.append(entries[index].process) }
      }
    }
    return found
  }

  /// Processor time of some processes and of those below them that were waited for, in seconds.
  func processorTime(of processes: [pid_t]) -> Double {
    let wanted = Set(processes)
    let ticks = entries.reduce(0) { wanted.contains($1.process) ? $0 + $1.ticks : $0 }
    return Double(ticks) / Self.ticksOfSecond
  }

  private static let ticksOfSecond = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))

  /// The processes that one has started or adopted; those that have ended and were not waited for too.
  func children(of process: pid_t) -> [pid_t] { (children[process] ?? []).map { entries[$0].process } }

  /// The processes of a session.
  func members(ofSession session: pid_t) -> [pid_t] {
    entries.filter { $0.session == session && !$0.isDead }.map(\.process)
  }

  /// Bytes of memory that processes have for themselves. What they share with files, such as the compiler's libraries,
  /// does not count: it would count once for each process.
  static func memory(of processes: [pid_t]) -> Int {
    processes.reduce(0) { sum, process in
      guard let text = text("/proc/\(process)/statm") else { return sum }
      let pages = text.split(separator: " ").prefix(3).compactMap { Int($0) }
      return pages.count == 3 ? sum + max(0, pages[1] - pages[2]) * pageSize : sum
    }
  }

  private static let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))

  /// `PID (NAME) STATE PARENT GROUP SESSION ..`; the name may hold anything.
  private static func read(_ process: pid_t) -> Entry? {
    guard let text = text("/proc/\(process)/stat"), let end = text.lastIndex(of: ")") else { return nil }
    let words = text[end...].dropFirst().split(separator: " ")
    guard words.count > 3, let parent = pid_t(words[1]), let session = pid_t(words[3]) else { return nil }
    let ticks = words.count > 14 ? words[11...14].reduce(0) { $0 + (Int($1) ?? 0) } : 0
    return Entry(
      process: process, parent: parent, session: session, isDead: words[0] == "Z" || words[0] == "X", ticks: ticks)
  }

  /// The contents of a file of `/proc`, whose size is unknown.
  static func text(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }

  /// Bytes that programs can still have without the machine swapping; `nil` if the system does not say.
  static func availableMemory() -> Int? {
    for line in (text("/proc/meminfo") ?? "").split(separator: "\n") where line.hasPrefix("MemAvailable:") {
      return line.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
    }
    return nil
  }
}
