//! Uses what others return.
use facade::futures::{deferred, load};
use facade::{Guard, Visitor, adder, boxed_adder, lowest, mapped, numbers, traverse, visitor};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

struct Local;
impl Visitor for Local {
    fn visit(&self, _depth: u32) {
        touch() //~ call touch
    }
}
fn touch() {
    let _ = std::fs::write("a", "b");
}
pub fn renamed() {
    traverse(&Local, 1) //~ call base::walk<Local>
}
pub fn behind_alias() {
    lowest::walk(&Local, 1) //~ call base::walk<Local>
}
pub fn iterate() -> u32 {
    let mut sum = 0;
    for number in numbers() { //~ call base::numbers
    //~| callback base::numbers::{closure#0}
        sum += number;
    }
    sum
}
pub fn add() -> u32 {
    adder(1)(2) //~ call base::adder
    //~| dispatch base::adder::{closure#0}
}
pub fn add_boxed() -> u32 {
    boxed_adder(1)(2) //~ call base::boxed_adder
    //~| dyn base::boxed_adder::{closure#0}
}
pub fn map() {
    mapped(1u8, |_value| touch())() //~ call base::mapped<u8, (), map::{closure#0}>
    //~| call touch
    //~| dispatch base::mapped<u8, (), map::{closure#0}>::{closure#0}
}
pub fn map_pure() -> u8 {
    mapped(1u8, |value| value)() //~ call base::mapped<u8, u8, map_pure::{closure#0}>
    //~| dispatch base::mapped<u8, u8, map_pure::{closure#0}>::{closure#0}
}
pub fn show() -> String {
    format!("{:?}", visitor()) //~ call base::visitor
    //~| callback <base::Hidden as std::fmt::Debug>::fmt
}
pub fn visit_hidden() {
    visitor().visit(1) //~ call base::visitor
    //~| dispatch <base::Hidden as base::Visit>::visit
}
fn block_on<F: Future>(future: F) -> Option<F::Output> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
    //~^ block_on<base::later::{closure#0}>: dispatch base::later::{closure#0}
    //~| block_on<base::load::{closure#0}>: dispatch base::load::{closure#0}
    //~| block_on<run_both::{closure#0}>: dispatch run_both::{closure#0}
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}
pub fn run_loaded() -> Option<u32> {
    block_on(load()) //~ call base::load
    //~| call block_on<base::load::{closure#0}>
}
pub fn run_deferred() -> Option<u32> {
    block_on(deferred(1)) //~ call base::later
    //~| call block_on<base::later::{closure#0}>
}
pub fn run_both() -> Option<u32> {
    block_on(async { load().await + deferred(1).await }) //~ call base::later
    //~| call base::load
    //~| call block_on<run_both::{closure#0}>
    //~| dispatch base::later::{closure#0}
    //~| dispatch base::load::{closure#0}
}
facade::counted!(count_touch, {
    touch();
    1
});
facade::counted!(count_pure, 2);
pub fn guarded() {
    let _guard = Guard(|| touch()); //~ call touch
} //~ drop <base::Guard<guarded::{closure#0}> as std::ops::Drop>::drop
pub fn guarded_pure() {
    let _guard = Guard(|| ());
} //~ drop <base::Guard<guarded_pure::{closure#0}> as std::ops::Drop>::drop
fn handle(_value: u8) {
    touch() //~ call touch
}
pub fn registered() {
    facade::register(handle); //~ call base::register
    //~| cast handle
    middle::walk_folder(); //~ call middle::walk_folder
}
