//! Closures: called, returned, boxed, nested, captured by others, made twice by one macro arm.
use std::fs;

fn apply<F: Fn() -> u32>(action: F) -> u32 {
    action()
}
pub fn direct() -> u32 {
    let local = || leaf();
    local()
}
pub fn handed() -> u32 {
    apply(|| leaf())
}
fn leaf() -> u32 {
    1
}

pub fn returned() -> impl Fn() -> u32 {
    || leaf()
}
pub fn call_returned() -> u32 {
    returned()()
}
fn boxed() -> Box<dyn Fn() -> u32> {
    Box::new(|| leaf())
}
pub fn call_boxed() -> u32 {
    boxed()()
}

pub fn nested() -> u32 {
    let outer = || {
        let inner = || leaf();
        inner()
    };
    outer()
}
pub fn captured() -> u32 {
    let first = || leaf();
    let second = move || first();
    apply(second)
}

macro_rules! twin {
    ($call:expr) => {
        (|| $call)()
    };
}
pub fn twins() {
    twin!(read_twin());
    twin!(pure_twin());
}
fn read_twin() {
    let _ = fs::read("twin");
}
fn pure_twin() {}
pub fn one_twin_each() {
    only_pure()
}
macro_rules! same {
    ($name:ident, $call:expr) => {
        pub fn $name() -> u32 {
            apply(|| $call)
        }
    };
}
same!(same_reading, {
    let _ = fs::read("same");
    1
});
same!(same_pure, 2);
fn only_pure() {}

pub fn once() {
    consume(|| {
        let _ = fs::remove_file("once");
    })
}
fn consume<F: FnOnce()>(action: F) {
    action()
}
pub fn mutable() -> u32 {
    let mut count = 0;
    let mut step = || count += leaf();
    repeat(&mut step);
    count
}
fn repeat(action: &mut impl FnMut()) {
    action();
    action()
}
pub fn function_item() -> u32 {
    apply(leaf)
}
pub struct Holder<F> {
    action: F,
}
impl<F: Fn() -> u32> Holder<F> {
    pub fn run(&self) -> u32 {
        (self.action)()
    }
}
pub fn held() -> u32 {
    Holder { action: || leaf() }.run()
}
pub fn made_but_not_called() {
    let _unused = || {
        let _ = fs::remove_dir("unused");
    };
}
pub fn array_of_closures() -> u32 {
    [|| leaf(), || 2].iter().map(|f| f()).sum()
}
