//! Closures: called, returned, boxed, nested, captured by others, made twice by one macro arm.
use std::fs;

fn apply<F: Fn() -> u32>(action: F) -> u32 {
    action() //~ apply<captured::{closure#1}>: dispatch captured::{closure#1}
    //~| apply<handed::{closure#0}>: dispatch handed::{closure#0}
    //~| apply<leaf>: dispatch leaf
    //~| apply<one_arm_twice::{closure#0}>: dispatch/2 one_arm_twice::{closure#0}
    //~| apply<one_arm_twice::{closure#0}>: dispatch/2 one_arm_twice::{closure#1}
    //~| apply<same_pure::{closure#0}>: dispatch same_pure::{closure#0}
    //~| apply<same_reading::{closure#0}>: dispatch same_reading::{closure#0}
}
pub fn direct() -> u32 {
    let local = || leaf(); //~ call leaf
    local() //~ dispatch direct::{closure#0}
}
pub fn handed() -> u32 {
    apply(|| leaf()) //~ call apply<handed::{closure#0}>
    //~| call leaf
}
fn leaf() -> u32 {
    1
}

pub fn returned() -> impl Fn() -> u32 {
    || leaf() //~ call leaf
}
pub fn call_returned() -> u32 {
    returned()() //~ call returned
    //~| dispatch returned::{closure#0}
}
fn boxed() -> Box<dyn Fn() -> u32> {
    Box::new(|| leaf()) //~ call leaf
    //~| cast boxed::{closure#0}
}
pub fn call_boxed() -> u32 {
    boxed()() //~ call boxed
    //~| dyn/2 boxed::{closure#0}
    //~| dyn/2 taken_by_reference::{closure#0}
}

pub fn nested() -> u32 {
    let outer = || {
        let inner = || leaf(); //~ call leaf
        inner() //~ dispatch nested::{closure#0}::{closure#0}
    };
    outer() //~ dispatch nested::{closure#0}
}
pub fn captured() -> u32 {
    let first = || leaf(); //~ call leaf
    let second = move || first(); //~ dispatch captured::{closure#0}
    apply(second) //~ call apply<captured::{closure#1}>
}

macro_rules! twin {
    ($call:expr) => {
        (|| $call)() //~ call pure_twin
        //~| call read_twin
    };
}
pub fn twins() { //~ dispatch/2 twins::{closure#0}
//~| dispatch/2 twins::{closure#1}
    twin!(read_twin());
    twin!(pure_twin());
}
fn read_twin() {
    let _ = fs::read("twin");
}
fn pure_twin() {}
pub fn one_twin_each() {
    only_pure() //~ call only_pure
}
macro_rules! same {
    ($name:ident, $call:expr) => {
        pub fn $name() -> u32 {
            apply(|| $call) //~ call apply<same_pure::{closure#0}>
            //~| call apply<same_reading::{closure#0}>
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
    consume(|| { //~ call consume<once::{closure#0}>
        let _ = fs::remove_file("once");
    })
}
fn consume<F: FnOnce()>(action: F) {
    action() //~ dispatch once::{closure#0}
}
pub fn mutable() -> u32 {
    let mut count = 0;
    let mut step = || count += leaf(); //~ call leaf
    repeat(&mut step); //~ call repeat<mutable::{closure#0}>
    count
}
fn repeat(action: &mut impl FnMut()) {
    action(); //~ dispatch mutable::{closure#0}
    action() //~ dispatch mutable::{closure#0}
}
pub fn function_item() -> u32 {
    apply(leaf) //~ call apply<leaf>
}
pub struct Holder<F> {
    action: F,
}
impl<F: Fn() -> u32> Holder<F> {
    pub fn run(&self) -> u32 {
        (self.action)() //~ <Holder<held::{closure#0}>>::run: dispatch held::{closure#0}
    }
}
pub fn held() -> u32 {
    Holder { action: || leaf() }.run() //~ call <Holder<held::{closure#0}>>::run
    //~| call leaf
}
pub fn made_but_not_called() {
    let _unused = || { //~ unused made_but_not_called::{closure#0}
        let _ = fs::remove_dir("unused");
    };
}
pub fn array_of_closures() -> u32 {
    [|| leaf(), || 2].iter().map(|f| f()).sum() //~ call leaf
    //~| callback array_of_closures::{closure#2}
    //~| cast array_of_closures::{closure#0}
    //~| cast array_of_closures::{closure#1}
    //~| pointer/2 array_of_closures::{closure#0}
    //~| pointer/2 array_of_closures::{closure#1}
}

pub struct Several<A, B> {
    first: A,
    second: B,
}
pub fn two_in_one_structure() -> u32 {
    let both = Several { first: || leaf(), second: || 2 }; //~ call leaf
    (both.first)() + (both.second)() //~ dispatch two_in_one_structure::{closure#0}
    //~| dispatch two_in_one_structure::{closure#1}
}
pub struct Registry {
    actions: Vec<Box<dyn Fn(u8) -> u8>>,
}
impl Registry {
    pub fn add<F: Fn(u8) -> u8 + 'static>(&mut self, action: F) -> &mut Registry {
        self.actions.push(Box::new(action));
        //~^ <Registry>::add<stored_in_list::{closure#0}>: cast stored_in_list::{closure#0}
        //~| <Registry>::add<stored_in_list::{closure#1}>: cast stored_in_list::{closure#1}
        self
    }
    pub fn run(&self) -> u8 {
        self.actions.iter().map(|action| action(1)).sum() //~ callback <Registry>::run::{closure#0}
        //~| dyn/3 stored_in_list::{closure#0}
        //~| dyn/3 stored_in_list::{closure#1}
    }
}
pub fn stored_in_list() -> u8 {
    let mut registry = Registry { actions: Vec::new() };
    registry.add(|value| value + 1).add(|value| byte(value)); //~ call <Registry>::add<stored_in_list::{closure#0}>
    //~| call <Registry>::add<stored_in_list::{closure#1}>
    //~| call byte
    registry.run() //~ call <Registry>::run
}
fn byte(value: u8) -> u8 {
    value
}
fn compose<A, B, C>(first: impl Fn(A) -> B, second: impl Fn(B) -> C) -> impl Fn(A) -> C {
    move |value| second(first(value))
    //~^ compose<u8, u16, u16, compose<u8, u16, u16, composed_twice::{closure#0}, composed_twice::{closure#1}>::{closure#0}, double_word>::{closure#0}: dispatch compose<u8, u16, u16, composed_twice::{closure#0}, composed_twice::{closure#1}>::{closure#0}
    //~| compose<u8, u16, u16, compose<u8, u16, u16, composed_twice::{closure#0}, composed_twice::{closure#1}>::{closure#0}, double_word>::{closure#0}: dispatch double_word
    //~| compose<u8, u16, u16, composed::{closure#0}, composed::{closure#1}>::{closure#0}: dispatch composed::{closure#0}
    //~| compose<u8, u16, u16, composed::{closure#0}, composed::{closure#1}>::{closure#0}: dispatch composed::{closure#1}
    //~| compose<u8, u16, u16, composed_twice::{closure#0}, composed_twice::{closure#1}>::{closure#0}: dispatch composed_twice::{closure#0}
    //~| compose<u8, u16, u16, composed_twice::{closure#0}, composed_twice::{closure#1}>::{closure#0}: dispatch composed_twice::{closure#1}
}
pub fn composed() -> u16 {
    compose(|value: u8| widen(value), |value: u16| value + 1)(1)
    //~^ call compose<u8, u16, u16, composed::{closure#0}, composed::{closure#1}>
    //~| call widen
    //~| dispatch compose<u8, u16, u16, composed::{closure#0}, composed::{closure#1}>::{closure#0}
}
pub fn composed_twice() -> u16 {
    compose(compose(|value: u8| widen(value), |value: u16| value), double_word)(1)
    //~^ call compose<u8, u16, u16, compose<u8, u16, u16, composed_twice::{closure#0}, composed_twice::{closure#1}>::{closure#0}, double_word>
    //~| call compose<u8, u16, u16, composed_twice::{closure#0}, composed_twice::{closure#1}>
    //~| call widen
    //~| dispatch/2 compose<u8, u16, u16, compose<u8, u16, u16, composed_twice::{closure#0}, composed_twice::{closure#1}>::{closure#0}, double_word>::{closure#0}
    //~|! dispatch/2 compose<u8, u16, u16, composed_twice::{closure#0}, composed_twice::{closure#1}>::{closure#0}
}
fn widen(value: u8) -> u16 {
    value as u16
}
fn double_word(value: u16) -> u16 {
    value * 2
}
pub fn closure_of_closure() -> u32 {
    let make = |base: u32| move |value: u32| base + value + leaf(); //~ call leaf
    make(1)(2) //~ dispatch closure_of_closure::{closure#0}
    //~| dispatch closure_of_closure::{closure#0}::{closure#0}
}
fn curried(base: u32) -> impl Fn(u32) -> Box<dyn Fn(u32) -> u32> {
    move |second| Box::new(move |third| base + second + third + leaf()) //~ call leaf
    //~| cast curried::{closure#0}::{closure#0}
}
pub fn call_curried() -> u32 {
    curried(1)(2)(3) //~ call curried
    //~| dispatch curried::{closure#0}
    //~| dyn curried::{closure#0}::{closure#0}
}
macro_rules! call_with {
    ($function:ident, $value:expr) => {
        $function(move || $value) //~ call leaf
    };
}
pub fn one_arm_twice(flag: bool) -> u32 {
    if flag { call_with!(apply, leaf()) } else { call_with!(apply, 3) } //~ call apply<one_arm_twice::{closure#0}>
}
pub fn generic_owner<T: Clone>(value: T) -> impl Fn() -> T {
    move || value.clone() //~ generic_owner<Counted>::{closure#0}: dispatch <Counted as std::clone::Clone>::clone
}
pub struct Counted;
impl Clone for Counted {
    fn clone(&self) -> Counted {
        leaf(); //~ call leaf
        Counted
    }
}
pub fn call_generic_owner() -> (Counted, u8) {
    (generic_owner(Counted)(), generic_owner(1u8)()) //~ call generic_owner<Counted>
    //~| call generic_owner<u8>
    //~| dispatch/2 generic_owner<Counted>::{closure#0}
    //~| dispatch/2 generic_owner<u8>::{closure#0}
}
pub fn taken_by_reference() -> u32 {
    let action = || leaf(); //~ call leaf
    by_reference(&action) + by_object(&action) //~ call by_object
    //~| call by_reference<taken_by_reference::{closure#0}>
    //~| cast taken_by_reference::{closure#0}
}
fn by_reference<F: Fn() -> u32>(action: &F) -> u32 {
    action() //~ dispatch taken_by_reference::{closure#0}
}
fn by_object(action: &dyn Fn() -> u32) -> u32 {
    action() //~ dyn/2 boxed::{closure#0}
    //~| dyn/2 taken_by_reference::{closure#0}
}
pub fn optional(action: Option<impl FnOnce()>) {
    if let Some(action) = action {
        action() //~ optional<with_option::{closure#0}>: dispatch with_option::{closure#0}
    }
}
pub fn with_option() {
    optional(Some(|| { //~ call optional<with_option::{closure#0}>
        let _ = fs::read("option");
    }));
    optional(None::<fn()>) //~ call optional<fn()>
}
