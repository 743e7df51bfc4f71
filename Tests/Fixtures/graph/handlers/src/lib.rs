//! Code handed over in more roundabout ways: operators, boxes that are what they hold, handlers, derived impls, readers.
use std::borrow::Cow;
use std::collections::{BinaryHeap, HashSet};
use std::fmt;
use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::{Add, Deref, Index};
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::{panic, thread};

fn read() -> u32 {
    let _ = fs::read("a");
    1
}
fn leaf() {}

pub trait Handle {
    fn handle(&self) -> u32;
}
impl<F: Fn() -> u32> Handle for F {
    fn handle(&self) -> u32 {
        self() //~ <closure_handler::{closure#0} as Handle>::handle: dispatch closure_handler::{closure#0}
        //~| <read as Handle>::handle: dispatch read
    }
}
pub fn route<H: Handle>(handler: H) -> u32 {
    handler.handle()
    //~^ route<closure_handler::{closure#0}>: dispatch <closure_handler::{closure#0} as Handle>::handle
    //~| route<read>: dispatch <read as Handle>::handle
}
pub fn function_handler() -> u32 {
    route(read) //~ call route<read>
}
pub fn closure_handler() -> u32 {
    route(|| 1) //~ call route<closure_handler::{closure#0}>
}
pub fn boxed_handlers() -> u32 {
    let handlers: Vec<Box<dyn Handle>> = vec![Box::new(read)]; //~ cast <read as Handle>::handle
    handlers.iter().map(|handler| handler.handle()).sum() //~ callback boxed_handlers::{closure#0}
    //~| dyn <read as Handle>::handle
}

pub trait Speak {
    fn speak(&self);
    fn generic<T: Speak>(&self, other: T)
    where
        Self: Sized,
    {
        other.speak() //~ <Loud as Speak>::generic<Quiet>: dispatch <Quiet as Speak>::speak
    }
}
pub struct Loud;
pub struct Quiet;
impl Speak for Loud {
    fn speak(&self) {
        read(); //~ call read
    }
}
impl Speak for Quiet {
    fn speak(&self) {
        leaf() //~ call leaf
    }
}
impl<T: Speak + ?Sized> Speak for Box<T> {
    fn speak(&self) {
        (**self).speak()
        //~^ <std::boxed::Box<Quiet, std::alloc::Global> as Speak>::speak: dispatch <Quiet as Speak>::speak
    }
}
fn speak_any(speaker: impl Speak) {
    speaker.speak() //~ dispatch <std::boxed::Box<Quiet, std::alloc::Global> as Speak>::speak
}
pub fn box_of_quiet() {
    speak_any(Box::new(Quiet)) //~ call speak_any<std::boxed::Box<Quiet, std::alloc::Global>>
}
pub fn box_of_dyn() {
    let boxed: Box<dyn Speak0> = Box::new(Loud); //~ cast <Loud as Speak0>::speak0
    boxed.speak0() //~ dyn/2 <Loud as Speak0>::speak0
    //~| dyn/2 <Quiet as Speak0>::speak0
}
pub trait Speak0 {
    fn speak0(&self);
}
impl<T: Speak> Speak0 for T {
    fn speak0(&self) {
        self.speak() //~ <Loud as Speak0>::speak0: dispatch <Loud as Speak>::speak
        //~| <Quiet as Speak0>::speak0: dispatch <Quiet as Speak>::speak
    }
}
pub fn rc_of_dyn() {
    let shared: Rc<dyn Speak0> = Rc::new(Quiet); //~ cast <Quiet as Speak0>::speak0
    shared.speak0() //~ dyn/2 <Loud as Speak0>::speak0
    //~| dyn/2 <Quiet as Speak0>::speak0
}
pub fn generic_method() {
    Loud.generic(Quiet) //~ dispatch <Loud as Speak>::generic<Quiet>
}

pub struct Number(pub u32);
impl Add for Number {
    type Output = Number;
    fn add(self, other: Number) -> Number {
        adding(); //~ call adding
        Number(self.0 + other.0)
    }
}
fn adding() {}
impl Index<usize> for Number {
    type Output = u32;
    fn index(&self, _index: usize) -> &u32 {
        indexing(); //~ call indexing
        &self.0
    }
}
fn indexing() {}
pub fn operators() -> u32 {
    let sum = Number(1) + Number(2); //~ dispatch <Number as std::ops::Add>::add
    sum[0] //~ dispatch <Number as std::ops::Index<usize>>::index
}
pub struct Guard(Quiet);
impl Deref for Guard {
    type Target = Quiet;
    fn deref(&self) -> &Quiet {
        dereferencing(); //~ call dereferencing
        &self.0
    }
}
fn dereferencing() {}
pub fn through_deref() {
    Guard(Quiet).speak() //~ dispatch <Guard as std::ops::Deref>::deref
    //~| dispatch <Quiet as Speak>::speak
}

pub struct Wrong;
impl From<std::num::ParseIntError> for Wrong {
    fn from(_error: std::num::ParseIntError) -> Wrong {
        converting(); //~ call converting
        Wrong
    }
}
fn converting() {}
pub fn question_mark(text: &str) -> Result<u32, Wrong> {
    Ok(text.parse::<u32>()?) //~ callback <Wrong as std::convert::From<std::num::ParseIntError>>::from
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Clone)] //~ callback <Inner as std::fmt::Debug>::fmt
//~| cast <Inner as std::fmt::Debug>::fmt
//~| dispatch <Inner as std::clone::Clone>::clone
//~| dispatch <Inner as std::cmp::Ord>::cmp
//~| dispatch <Inner as std::cmp::PartialEq>::eq
//~| dispatch <Inner as std::cmp::PartialOrd>::partial_cmp
//~| dispatch <Inner as std::hash::Hash>::hash<__H>
pub struct Outer {
    pub inner: Inner,
}
#[derive(Eq, PartialOrd, Ord, Clone)]
pub struct Inner(pub u32);
impl PartialEq for Inner {
    fn eq(&self, other: &Inner) -> bool {
        comparing(); //~ call comparing
        self.0 == other.0
    }
}
impl std::hash::Hash for Inner {
    fn hash<H: std::hash::Hasher>(&self, _state: &mut H) {
        hashing() //~ <Inner as std::hash::Hash>::hash<H>: call hashing
        //~| <Inner as std::hash::Hash>::hash<__H>: call hashing
    }
}
impl fmt::Debug for Inner {
    fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        debugging(); //~ call debugging
        Ok(())
    }
}
fn comparing() {}
fn hashing() {}
fn debugging() {}
pub fn vectors_equal(left: &Vec<Outer>, right: &Vec<Outer>) -> bool {
    left == right //~ callback <Outer as std::cmp::PartialEq>::eq
}
pub fn set(outer: Outer) -> HashSet<Outer> {
    HashSet::from([outer]) //~ callback <Outer as std::cmp::PartialEq>::eq
    //~| callback <Outer as std::hash::Hash>::hash<__H>
}
pub fn debug_nested(outer: &Option<Vec<Outer>>) -> String {
    format!("{outer:?}") //~ callback <Outer as std::fmt::Debug>::fmt
}
pub fn contains(list: &[Outer], outer: &Outer) -> bool {
    list.contains(outer) //~ callback <Outer as std::cmp::PartialEq>::eq
}
pub fn assert_equal(left: &Inner, right: &Inner) {
    assert_eq!(left, right)
} //~ callback <Inner as std::cmp::PartialEq>::eq
//~| callback <Inner as std::fmt::Debug>::fmt
pub struct Ranked(pub u32);
impl PartialEq for Ranked {
    fn eq(&self, _other: &Ranked) -> bool {
        true
    }
}
impl Eq for Ranked {}
impl PartialOrd for Ranked {
    fn partial_cmp(&self, _other: &Ranked) -> Option<std::cmp::Ordering> {
        ranking(); //~ call ranking
        None
    }
}
impl Ord for Ranked {
    fn cmp(&self, _other: &Ranked) -> std::cmp::Ordering {
        ordering(); //~ call ordering
        std::cmp::Ordering::Equal
    }
}
fn ranking() {}
fn ordering() {}
pub fn less(left: &Ranked, right: &Ranked) -> bool {
    left < right //~ callback <Ranked as std::cmp::PartialOrd>::partial_cmp
}
pub fn sorted(list: &mut Vec<Ranked>) {
    list.sort() //~ callback <Ranked as std::cmp::PartialOrd>::partial_cmp
}
pub fn heap(heap: &mut BinaryHeap<Ranked>) {
    heap.push(Ranked(1)) //~ callback <Ranked as std::cmp::PartialOrd>::partial_cmp
}
pub fn largest(list: &[Ranked]) -> Option<&Ranked> {
    list.iter().max() //~ callback <Ranked as std::cmp::Ord>::cmp
}

pub struct Source;
impl Read for Source {
    fn read(&mut self, _bytes: &mut [u8]) -> io::Result<usize> {
        sourcing(); //~ call sourcing
        Ok(0)
    }
}
fn sourcing() {}
pub fn lines() -> usize {
    BufReader::new(Source).lines().count() //~ callback <Source as std::io::Read>::read
}
pub fn read_to_end() -> usize {
    let mut bytes = Vec::new();
    Source.read_to_end(&mut bytes).unwrap_or(0) //~ callback <Source as std::io::Read>::read
}
pub fn copy() -> u64 {
    io::copy(&mut Source, &mut io::sink()).unwrap_or(0) //~ callback <Source as std::io::Read>::read
}

pub fn scoped() {
    thread::scope(|scope| { //~ callback scoped::{closure#0}
        scope.spawn(|| leaf()); //~ call leaf
        //~| callback scoped::{closure#0}::{closure#0}
    })
}
pub fn caught() {
    let _ = panic::catch_unwind(|| leaf()); //~ call leaf
    //~| callback caught::{closure#0}
}
pub fn hooked() {
    panic::set_hook(Box::new(|_information| leaf())) //~ call leaf
    //~| callback hooked::{closure#0}
    //~| cast hooked::{closure#0}
}
pub fn locked(shared: Arc<Mutex<Box<dyn FnMut() + Send>>>) {
    if let Ok(mut action) = shared.lock() {
        action() //~ dyn make_locked::{closure#0}
    }
}
pub fn make_locked() {
    locked(Arc::new(Mutex::new(Box::new(|| leaf())))) //~ call leaf
    //~| call locked
    //~| cast make_locked::{closure#0}
}
pub fn boxed_once(action: Box<dyn FnOnce()>) {
    action() //~ dyn make_once::{closure#0}
}
pub fn make_once() {
    boxed_once(Box::new(|| leaf())) //~ call boxed_once
    //~| call leaf
    //~| cast make_once::{closure#0}
}

pub struct Bag(Vec<u32>);
impl FromIterator<u32> for Bag {
    fn from_iter<I: IntoIterator<Item = u32>>(items: I) -> Bag {
        collecting(); //~ call collecting
        Bag(items.into_iter().collect())
    }
}
fn collecting() {}
pub fn into_bag() -> Bag {
    [1, 2].into_iter().collect() //~ callback <Bag as std::iter::FromIterator<u32>>::from_iter<I>
}
impl<'a> IntoIterator for &'a Bag {
    type Item = &'a u32;
    type IntoIter = std::slice::Iter<'a, u32>;
    fn into_iter(self) -> std::slice::Iter<'a, u32> {
        iterating(); //~ call iterating
        self.0.iter()
    }
}
fn iterating() {}
pub fn loop_over(bag: &Bag) -> u32 {
    let mut sum = 0;
    for value in bag { //~ dispatch <&Bag as std::iter::IntoIterator>::into_iter
        sum += value;
    }
    sum
}
fn numbers() -> impl Iterator<Item = u32> {
    (0..3).map(|value| value + read()) //~ call read
    //~| callback numbers::{closure#0}
}
pub fn consume_numbers() -> u32 {
    let mut sum = 0;
    for value in numbers() { //~ call numbers
    //~| callback numbers::{closure#0}
        sum += value;
    }
    sum
}
pub fn cow(text: &str) -> Cow<'_, str> {
    if text.is_empty() { Cow::Owned(owned()) } else { Cow::Borrowed(text) } //~ call owned
}
fn owned() -> String {
    String::new()
}

pub mod state {
    //! A type parameter that only names behaviour.
    use std::marker::PhantomData;

    pub trait Mode {
        const READS: bool;
        fn run();
    }
    pub struct On;
    pub struct Off;
    impl Mode for On {
        const READS: bool = true;
        fn run() {
            super::read(); //~ call read
        }
    }
    impl Mode for Off {
        const READS: bool = false;
        fn run() {}
    }
    pub struct Machine<M>(PhantomData<M>);
    impl<M: Mode> Machine<M> {
        pub fn new() -> Self {
            Machine(PhantomData)
        }
        pub fn step(&self) {
            M::run() //~ <state::Machine<state::Off>>::step: dispatch <state::Off as state::Mode>::run
            //~| <state::Machine<state::On>>::step: dispatch <state::On as state::Mode>::run
        }
    }
    pub fn off() {
        Machine::<Off>::new().step() //~ call <state::Machine<state::Off>>::new
        //~| call <state::Machine<state::Off>>::step
    }
    pub fn on() {
        Machine::<On>::new().step() //~ call <state::Machine<state::On>>::new
        //~| call <state::Machine<state::On>>::step
    }
}
pub trait Lend {
    type Item<'a>
    where
        Self: 'a;
    fn lend<'a>(&'a mut self) -> Option<Self::Item<'a>>;
}
impl Lend for Vec<Quiet> {
    type Item<'a> = &'a Quiet;
    fn lend<'a>(&'a mut self) -> Option<&'a Quiet> {
        leaf(); //~ call leaf
        self.last()
    }
}
pub fn lend(list: &mut Vec<Quiet>) {
    if let Some(quiet) = list.lend() { //~ dispatch <std::vec::Vec<Quiet, std::alloc::Global> as Lend>::lend
        quiet.speak() //~ dispatch <Quiet as Speak>::speak
    }
}
unsafe extern "C" {
    fn atexit(action: extern "C" fn()) -> i32;
}
extern "C" fn at_exit() {
    read(); //~ call read
}
pub fn register() -> i32 {
    unsafe { atexit(at_exit) } //~ cast at_exit
    //~| pointer at_exit
}
