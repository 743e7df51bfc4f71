//! What the runtime calls: `main`'s result, the allocator, panic hooks, threads, thread-locals that are dropped.
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::{Cell, LazyCell, RefCell};
use std::env;
use std::fmt;
use std::fs;
use std::panic;
use std::process::{ExitCode, Termination};
use std::sync::mpsc;
use std::sync::{Barrier, Condvar, LazyLock, Mutex, Once, OnceLock, RwLock};
use std::thread;

struct Counting;
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(); //~ call count
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}
#[global_allocator]
static ALLOCATOR: Counting = Counting; //~ callback <Counting as std::alloc::GlobalAlloc>::alloc
//~| callback <Counting as std::alloc::GlobalAlloc>::dealloc
//~| dispatch <Counting as std::alloc::GlobalAlloc>::alloc
//~| dispatch <Counting as std::alloc::GlobalAlloc>::dealloc
//~| static ALLOCATOR
fn count() {}
fn leaf() {}
fn touch() {
    let _ = fs::read("a");
}

struct Outcome(u8);
impl Termination for Outcome {
    fn report(self) -> ExitCode {
        leaf(); //~ call leaf
        ExitCode::from(self.0)
    }
}
struct Failure;
impl fmt::Debug for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        touch(); //~ call touch
        formatter.write_str("failure")
    }
}
fn main() -> Result<Outcome, Failure> { //~ callback <Failure as std::fmt::Debug>::fmt
//~| callback <Outcome as std::process::Termination>::report
    hooks(); //~ call hooks
    threads(); //~ call threads
    locals(); //~ call locals
    lazy(); //~ call lazy
    channels(); //~ call channels
    locks(); //~ call locks
    caught(); //~ call caught
    if env::args().count() > 9 {
        return Err(Failure);
    }
    Ok(Outcome(0))
}

// Panics.
fn hooks() {
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |information| { //~ callback hooks::{closure#0}
    //~| cast hooks::{closure#0}
        hooked(); //~ call hooked
        previous(information) //~ dyn hooks::{closure#0}
    }));
}
fn hooked() {}
fn caught() {
    let result = panic::catch_unwind(|| risky()); //~ call risky
    //~| callback caught::{closure#0}
    if let Err(payload) = result {
        panic::resume_unwind(payload)
    }
    let _ = panic::catch_unwind(panic::AssertUnwindSafe(risky)); //~ callback risky
    //~| drop <Payload as std::ops::Drop>::drop
}
fn risky() {
    panic::panic_any(Payload) //~ cast <Payload as std::ops::Drop>::drop
    //~| drop/2 <Payload as std::ops::Drop>::drop
}
struct Payload;
impl Drop for Payload {
    fn drop(&mut self) {
        leaf() //~ call leaf
    }
}

// Threads.
fn threads() {
    let handle = thread::spawn(|| in_thread(1)); //~ call in_thread
    //~| callback threads::{closure#0}
    let _ = handle.join(); //~ drop <Payload as std::ops::Drop>::drop
    let _ = thread::Builder::new().name("named".into()).spawn(named_thread).map(|handle| handle.join());
    //~^ callback named_thread
    //~| callback threads::{closure#1}
    //~| drop <Payload as std::ops::Drop>::drop
    let mut total = 0;
    thread::scope(|scope| { //~ callback threads::{closure#2}
        scope.spawn(|| in_scope()); //~ call in_scope
        //~| callback threads::{closure#2}::{closure#0}
        let counted = scope.spawn(|| in_thread(2)); //~ call in_thread
        //~| callback threads::{closure#2}::{closure#1}
        total += counted.join().unwrap_or(0);
    });
}
fn in_thread(number: u8) -> u8 {
    touch(); //~ call touch
    number
}
fn named_thread() {}
fn in_scope() {}

// Thread-locals.
struct Logged;
impl Drop for Logged {
    fn drop(&mut self) {
        logged() //~ call logged
    }
}
fn logged() {
    let _ = fs::remove_file("log");
}
struct Unused;
impl Drop for Unused {
    fn drop(&mut self) { //~ unused <Unused as std::ops::Drop>::drop
        unused() //~ call unused
    }
}
fn unused() {} //~ unused unused
thread_local! {
    static LOGGED: RefCell<Option<Logged>> = RefCell::new(initial()); //~ call initial
    //~| callback LOGGED::__rust_std_internal_init_fn
    //~| cast LOGGED::{constant#0}::{closure#0}
    //~| cast LOGGED::{constant#0}::{closure#1}
    //~| drop <Logged as std::ops::Drop>::drop
    //~| pointer LOGGED::{constant#0}::{closure#0}
    //~| static LOGGED::__RUST_STD_INTERNAL_VAL
    //~| static LOGGED::{constant#0}::{closure#0}
    //~| static LOGGED::{constant#0}::{closure#1}
    static CONSTANT: Cell<u8> = const { Cell::new(1) }; //~ cast CONSTANT::{constant#0}::{closure#0}
    //~| cast CONSTANT::{constant#0}::{closure#1}
    //~| pointer CONSTANT::{constant#0}::{closure#1}
    //~| static CONSTANT::__RUST_STD_INTERNAL_INIT
    //~| static CONSTANT::__RUST_STD_INTERNAL_VAL
    //~| static CONSTANT::{constant#0}::{closure#0}
    //~| static CONSTANT::{constant#0}::{closure#1}
    static CONSTANT_LOGGED: RefCell<Vec<Logged>> = const { RefCell::new(Vec::new()) };
    //~^ cast CONSTANT_LOGGED::{constant#0}::{closure#0}
    //~| cast CONSTANT_LOGGED::{constant#0}::{closure#1}
    //~| drop <Logged as std::ops::Drop>::drop
    //~| pointer CONSTANT_LOGGED::{constant#0}::{closure#0}
    //~| static CONSTANT_LOGGED::__RUST_STD_INTERNAL_INIT
    //~| static CONSTANT_LOGGED::__RUST_STD_INTERNAL_VAL
    //~| static CONSTANT_LOGGED::{constant#0}::{closure#0}
    //~| static CONSTANT_LOGGED::{constant#0}::{closure#1}
    static NEVER_USED: RefCell<Option<Unused>> = RefCell::new(None);
    //~^ callback NEVER_USED::__rust_std_internal_init_fn
    //~| cast NEVER_USED::{constant#0}::{closure#0}
    //~| cast NEVER_USED::{constant#0}::{closure#1}
    //~| drop <Unused as std::ops::Drop>::drop
    //~| pointer/2 NEVER_USED::{constant#0}::{closure#0}
    //~| pointer/2 NEVER_USED::{constant#0}::{closure#1}
    //~| static NEVER_USED::__RUST_STD_INTERNAL_VAL
    //~| static NEVER_USED::{constant#0}::{closure#0}
    //~| static NEVER_USED::{constant#0}::{closure#1}
    //~| unused NEVER_USED
    //~| unused NEVER_USED::__RUST_STD_INTERNAL_VAL
    //~| unused NEVER_USED::__rust_std_internal_init_fn
    //~| unused NEVER_USED::{constant#0}::{closure#0}
    //~| unused NEVER_USED::{constant#0}::{closure#1}
}
fn initial() -> Option<Logged> {
    None
}
fn locals() {
    LOGGED.with(|logged| *logged.borrow_mut() = Some(Logged)); //~ callback locals::{closure#0}
    //~| drop <Logged as std::ops::Drop>::drop
    //~| static LOGGED
    CONSTANT.set(2); //~ static CONSTANT
    CONSTANT_LOGGED.with_borrow_mut(|list| list.push(Logged)); //~ callback locals::{closure#1}
    //~| static CONSTANT_LOGGED
}

// Values made at first use.
static LAZY: LazyLock<String> = LazyLock::new(|| home()); //~ call home
//~| cast LAZY::{closure#0}
//~| static LAZY::{closure#0}
static NESTED: LazyLock<usize> = LazyLock::new(|| LAZY.len() + derived()); //~ call derived
//~| cast NESTED::{closure#0}
//~| static LAZY
//~| static NESTED::{closure#0}
static ONCE: Once = Once::new();
static CELL: OnceLock<Vec<u8>> = OnceLock::new();
static NEVER: LazyLock<()> = LazyLock::new(|| never()); //~ call never
//~| cast NEVER::{closure#0}
//~| static NEVER::{closure#0}
//~| unused NEVER
//~| unused NEVER::{closure#0}
static GUARDED: Mutex<Option<Box<dyn Fn() + Send>>> = Mutex::new(None);
fn home() -> String {
    env::var("HOME").unwrap_or_default()
}
fn derived() -> usize {
    1
}
fn never() { //~ unused never
    let _ = fs::remove_dir("never");
}
fn lazy() {
    let _ = *NESTED; //~ static NESTED
    ONCE.call_once(|| once()); //~ call once
    //~| callback lazy::{closure#0}
    //~| static ONCE
    let _ = CELL.get_or_init(first_value).len(); //~ callback first_value
    //~| static CELL
    let cell = LazyCell::new(|| leaf()); //~ call leaf
    //~| callback lazy::{closure#1}
    LazyCell::force(&cell); //~ callback lazy::{closure#1}
    if let Ok(mut guarded) = GUARDED.lock() { //~ static GUARDED
        *guarded = Some(Box::new(|| stored())); //~ call stored
        //~| cast lazy::{closure#2}
    }
    if let Ok(guarded) = GUARDED.lock() //~ static GUARDED
        && let Some(action) = &*guarded
    {
        action() //~ dyn lazy::{closure#2}
    }
}
fn once() {}
fn first_value() -> Vec<u8> {
    Vec::new()
}
fn stored() {}

// Channels and locks.
enum Command {
    Run(Box<dyn FnOnce() + Send>),
    Stop,
}
fn channels() {
    let (sender, receiver) = mpsc::channel::<Command>();
    let worker = thread::spawn(move || { //~ callback channels::{closure#0}
        while let Ok(command) = receiver.recv() {
            match command {
                Command::Run(action) => action(), //~ dyn channels::{closure#1}
                Command::Stop => break,
            }
        }
    });
    let _ = sender.send(Command::Run(Box::new(|| commanded()))); //~ call commanded
    //~| cast channels::{closure#1}
    let _ = sender.send(Command::Stop);
    let _ = worker.join(); //~ drop <Payload as std::ops::Drop>::drop
}
fn commanded() {
    touch() //~ call touch
}
fn locks() {
    let lock = RwLock::new(Mutex::new(Payload));
    if let Ok(outer) = lock.read() {
        let _ = outer.lock();
    }
    let condition = Condvar::new();
    let mutex = Mutex::new(false);
    if let Ok(guard) = mutex.lock() {
        let _ = condition.wait_while(guard, |ready| waiting(ready)); //~ call waiting
        //~| callback locks::{closure#0}
    }
    let _ = Barrier::new(1).wait();
} //~ drop <Payload as std::ops::Drop>::drop
fn waiting(ready: &mut bool) -> bool {
    !*ready
}
