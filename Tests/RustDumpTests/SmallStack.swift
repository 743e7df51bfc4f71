#if canImport(Glibc)
  import Glibc
#endif

/// Unoptimised code takes several times the stack.
#if DEBUG
  private let stackSize = 4 << 20
#else
  private let stackSize = 512 << 10
#endif

/// Runs work on a thread with a stack of 512 kB, as threads of a pool may have. Overflow ends the test process.
func onSmallStack(_ work: @escaping @Sendable () -> Void) {
  final class Box {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
  }
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  pthread_attr_setstacksize(&attributes, stackSize)
  var thread = pthread_t()
  let box = Unmanaged.passRetained(Box(work))
  let status = pthread_create(
    &thread, &attributes,
    { argument in
      guard let argument else { return nil }
      Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().work()
      return nil
    }, box.toOpaque())
  precondition(status == 0)
  pthread_join(thread, nil)
}
