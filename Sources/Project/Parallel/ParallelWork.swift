import Glibc
import Synchronization

/// Runs independent work on several threads with stacks large enough for readers that recurse.
public enum ParallelWork {
  /// The number of processors that this process may use.
  public static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Applies `body` to each item, heaviest first, and gives the results in the order of the items: they do not depend on
  /// the number of threads.
  ///
  /// - Parameters:
  ///   - jobs: the number of threads; with one, the calling thread is not used either, so that stacks are the same.
  ///   - weight: how long an item takes, in any measure.
  /// - Throws: the error of the first item, in their order, that failed; all others are still run.
  public static func map<Item: Sendable, Output: Sendable>(
    _ items: [Item], jobs: Int, weight: (Item) -> Int, _ body: @escaping @Sendable (Item) throws -> Output
  ) throws -> [Output] {
    guard !items.isEmpty else { return [] }
    let weights = items.map(weight)
    let order = items.indices.sorted { weights[$0] == weights[$1] ? $0 < $1 : weights[$0] > weights[$1] }
    let work = Work(items: items, order: order, body: body)
    let threads = (0..<max(1, min(jobs, items.count))).compactMap { _ in WorkThread.start { work.run() } }
    // Where the system gives no thread, this one does the work.
    if threads.isEmpty { work.run() }
    for thread in threads { pthread_join(thread, nil) }
    return try work.results.withLock { results in try results.map { try $0!.get() } }
  }

  /// Items that several threads take one by one.
  private final class Work<Item: Sendable, Output: Sendable>: Sendable {
    let items: [Item]
    let order: [Int]
    let body: @Sendable (Item) throws -> Output
    let next = Atomic<Int>(0)
    let results: Mutex<[Result<Output, any Error>?]>

    init(items: [Item], order: [Int], body: @escaping @Sendable (Item) throws -> Output) {
      self.items = items
      self.order = order
      self.body = body
      results = Mutex(Array(repeating: nil, count: items.count))
    }

    func run() {
      while true {
        let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard place < order.count else { return }
        let index = order[place]
        let result = Result { try body(items[index]) }
        results.withLock { $0[index] = result }
      }
    }
  }
}

/// Threads with stacks large enough for readers that recurse.
enum WorkThread {
  private final class Start: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, 64 << 20)
    let start = Unmanaged.passRetained(Start(body))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, &attributes,
      { context in
        Unmanaged<Start>.fromOpaque(context!).takeRetainedValue().body()
        return nil
      }, start.toOpaque())
    guard status == 0 else {
      start.release()
      return nil
    }
    return thread
  }
}
