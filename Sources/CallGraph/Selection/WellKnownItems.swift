import RustDump

/// Items of std that the language itself gives a meaning.
struct WellKnownItems {
  var fn: UInt32?
  var fnMut: UInt32?
  var fnOnce: UInt32?
  var asyncFn: [UInt32] = []
  var future: UInt32?
  var iterator: UInt32?
  var drop: UInt32?
  var deref: UInt32?
  var manuallyDrop: UInt32?
  var clone: UInt32?
  var eq: UInt32?
  var sized: UInt32?
  var any: UInt32?
  /// Traits by which loops and `.await` ask for what they run.
  var conversions: Set<UInt32> = []
  var termination: UInt32?
  /// `std::mem::drop` and `std::mem::forget`.
  var dropFunction: UInt32?
  var forget: UInt32?
  /// `std::mem::needs_drop`.
  var needsDrop: UInt32?
  /// `std::marker::Copy`: values are copied without a call.
  var copy: UInt32?
  /// `std::task::Poll`.
  var poll: UInt32?
  /// `std::marker::FnPtr`, which only function pointers have.
  var fnPtr: UInt32?
  /// `std::ptr::DynMetadata`.
  var dynMetadata: UInt32?
  /// `std::ptr::Pointee`.
  var pointee: UInt32?
  /// Types of std that do not drop what they are given as arguments.
  var nonOwning: Set<UInt32> = []
  /// Traits that the compiler implements without an impl.
  var builtin: Set<UInt32> = []

  init(_ program: Program, _ resolver: NameResolver) {
    func find(_ path: String, _ space: Namespace = .type) -> UInt32? {
      let names = path.split(separator: "::").map { program.names.intern(String($0)) }
      guard let unit = program.standardUnits["std"] ?? program.standardUnits["core"] else { return nil }
      var current = [program.root(unit)]
      for name in names.dropFirst().dropLast() { current = current.flatMap { resolver.lookup($0, name, .type) } }
      return current.flatMap { resolver.lookup($0, names[names.count - 1], space) }.first
    }
    fn = find("std::ops::Fn")
    fnMut = find("std::ops::FnMut")
    fnOnce = find("std::ops::FnOnce")
    asyncFn = ["std::ops::AsyncFn", "std::ops::AsyncFnMut", "std::ops::AsyncFnOnce"].compactMap { find($0) }
    future = find("std::future::Future")
    iterator = find("std::iter::Iterator")
    drop = find("std::ops::Drop")
    deref = find("std::ops::Deref")
    manuallyDrop = find("std::mem::ManuallyDrop")
    clone = find("std::clone::Clone")
    eq = find("std::cmp::Eq")
    sized = find("std::marker::Sized")
    any = find("std::any::Any")
    conversions = Set(["std::iter::IntoIterator", "std::future::IntoFuture"].compactMap { find($0) })
    termination = find("std::process::Termination")
    dropFunction = find("std::mem::drop", .value)
    forget = find("std::mem::forget", .value)
    needsDrop = find("std::mem::needs_drop", .value)
    copy = find("std::marker::Copy")
    poll = find("std::task::Poll")
    fnPtr = find("std::marker::FnPtr")
    pointee = find("std::ptr::Pointee")
    dynMetadata = find("std::ptr::DynMetadata")
    let silent = [
      "std::mem::ManuallyDrop", "std::mem::MaybeUninit", "std::ptr::NonNull", "std::marker::PhantomData",
      "std::rc::Weak", "std::sync::Weak", "std::slice::Iter", "std::slice::IterMut", "std::cell::Ref",
      "std::cell::RefMut", "std::sync::MutexGuard", "std::sync::RwLockReadGuard", "std::sync::RwLockWriteGuard",
      "std::thread::LocalKey", "std::sync::atomic::AtomicPtr", "std::task::Context",
    ]
    nonOwning = Set(silent.compactMap { find($0) })
    let marks = [
      "std::marker::Send", "std::marker::Sync", "std::marker::Sized", "std::marker::Unpin", "std::marker::Copy",
      "std::clone::Clone", "std::panic::UnwindSafe", "std::panic::RefUnwindSafe", "std::marker::Tuple",
      "std::marker::Freeze", "std::any::Any", "std::marker::PointeeSized", "std::marker::MetaSized",
    ]
    builtin = Set(marks.compactMap { find($0) })
  }

  /// Whether a trait is one of those by which values are called.
  func isCallable(_ trait: UInt32) -> Bool {
    trait == fn || trait == fnMut || trait == fnOnce || asyncFn.contains(trait)
  }
}
