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
        self()
    }
}
pub fn route<H: Handle>(handler: H) -> u32 {
    handler.handle()
}
pub fn function_handler() -> u32 {
    route(read)
}
pub fn closure_handler() -> u32 {
    route(|| 1)
}
pub fn boxed_handlers() -> u32 {
    let handlers: Vec<Box<dyn Handle>> = vec![Box::new(read)];
    handlers.iter().map(|handler| handler.handle()).sum()
}

pub trait Speak {
    fn speak(&self);
    fn generic<T: Speak>(&self, other: T)
    where
        Self: Sized,
    {
        other.speak()
    }
}
pub struct Loud;
pub struct Quiet;
impl Speak for Loud {
    fn speak(&self) {
        read();
    }
}
impl Speak for Quiet {
    fn speak(&self) {
        leaf()
    }
}
impl<T: Speak + ?Sized> Speak for Box<T> {
    fn speak(&self) {
        (**self).speak()
    }
}
fn speak_any(speaker: impl Speak) {
    speaker.speak()
}
pub fn box_of_quiet() {
    speak_any(Box::new(Quiet))
}
pub fn box_of_dyn() {
    let boxed: Box<dyn Speak0> = Box::new(Loud);
    boxed.speak0()
}
pub trait Speak0 {
    fn speak0(&self);
}
impl<T: Speak> Speak0 for T {
    fn speak0(&self) {
        self.speak()
    }
}
pub fn rc_of_dyn() {
    let shared: Rc<dyn Speak0> = Rc::new(Quiet);
    shared.speak0()
}
pub fn generic_method() {
    Loud.generic(Quiet)
}

pub struct Number(pub u32);
impl Add for Number {
    type Output = Number;
    fn add(self, other: Number) -> Number {
        adding();
        Number(self.0 + other.0)
    }
}
fn adding() {}
impl Index<usize> for Number {
    type Output = u32;
    fn index(&self, _index: usize) -> &u32 {
        indexing();
        &self.0
    }
}
fn indexing() {}
pub fn operators() -> u32 {
    let sum = Number(1) + Number(2);
    sum[0]
}
pub struct Guard(Quiet);
impl Deref for Guard {
    type Target = Quiet;
    fn deref(&self) -> &Quiet {
        dereferencing();
        &self.0
    }
}
fn dereferencing() {}
pub fn through_deref() {
    Guard(Quiet).speak()
}

pub struct Wrong;
impl From<std::num::ParseIntError> for Wrong {
    fn from(_error: std::num::ParseIntError) -> Wrong {
        converting();
        Wrong
    }
}
fn converting() {}
pub fn question_mark(text: &str) -> Result<u32, Wrong> {
    Ok(text.parse::<u32>()?)
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Clone)]
pub struct Outer {
    pub inner: Inner,
}
#[derive(Eq, PartialOrd, Ord, Clone)]
pub struct Inner(pub u32);
impl PartialEq for Inner {
    fn eq(&self, other: &Inner) -> bool {
        comparing();
        self.0 == other.0
    }
}
impl std::hash::Hash for Inner {
    fn hash<H: std::hash::Hasher>(&self, _state: &mut H) {
        hashing()
    }
}
impl fmt::Debug for Inner {
    fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        debugging();
        Ok(())
    }
}
fn comparing() {}
fn hashing() {}
fn debugging() {}
pub fn vectors_equal(left: &Vec<Outer>, right: &Vec<Outer>) -> bool {
    left == right
}
pub fn set(outer: Outer) -> HashSet<Outer> {
    HashSet::from([outer])
}
pub fn debug_nested(outer: &Option<Vec<Outer>>) -> String {
    format!("{outer:?}")
}
pub fn contains(list: &[Outer], outer: &Outer) -> bool {
    list.contains(outer)
}
pub fn assert_equal(left: &Inner, right: &Inner) {
    assert_eq!(left, right)
}
pub struct Ranked(pub u32);
impl PartialEq for Ranked {
    fn eq(&self, _other: &Ranked) -> bool {
        true
    }
}
impl Eq for Ranked {}
impl PartialOrd for Ranked {
    fn partial_cmp(&self, _other: &Ranked) -> Option<std::cmp::Ordering> {
        ranking();
        None
    }
}
impl Ord for Ranked {
    fn cmp(&self, _other: &Ranked) -> std::cmp::Ordering {
        ordering();
        std::cmp::Ordering::Equal
    }
}
fn ranking() {}
fn ordering() {}
pub fn less(left: &Ranked, right: &Ranked) -> bool {
    left < right
}
pub fn sorted(list: &mut Vec<Ranked>) {
    list.sort()
}
pub fn heap(heap: &mut BinaryHeap<Ranked>) {
    heap.push(Ranked(1))
}
pub fn largest(list: &[Ranked]) -> Option<&Ranked> {
    list.iter().max()
}

pub struct Source;
impl Read for Source {
    fn read(&mut self, _bytes: &mut [u8]) -> io::Result<usize> {
        sourcing();
        Ok(0)
    }
}
fn sourcing() {}
pub fn lines() -> usize {
    BufReader::new(Source).lines().count()
}
pub fn read_to_end() -> usize {
    let mut bytes = Vec::new();
    Source.read_to_end(&mut bytes).unwrap_or(0)
}
pub fn copy() -> u64 {
    io::copy(&mut Source, &mut io::sink()).unwrap_or(0)
}

pub fn scoped() {
    thread::scope(|scope| {
        scope.spawn(|| leaf());
    })
}
pub fn caught() {
    let _ = panic::catch_unwind(|| leaf());
}
pub fn hooked() {
    panic::set_hook(Box::new(|_information| leaf()))
}
pub fn locked(shared: Arc<Mutex<Box<dyn FnMut() + Send>>>) {
    if let Ok(mut action) = shared.lock() {
        action()
    }
}
pub fn make_locked() {
    locked(Arc::new(Mutex::new(Box::new(|| leaf()))))
}
pub fn boxed_once(action: Box<dyn FnOnce()>) {
    action()
}
pub fn make_once() {
    boxed_once(Box::new(|| leaf()))
}

pub struct Bag(Vec<u32>);
impl FromIterator<u32> for Bag {
    fn from_iter<I: IntoIterator<Item = u32>>(items: I) -> Bag {
        collecting();
        Bag(items.into_iter().collect())
    }
}
fn collecting() {}
pub fn into_bag() -> Bag {
    [1, 2].into_iter().collect()
}
impl<'a> IntoIterator for &'a Bag {
    type Item = &'a u32;
    type IntoIter = std::slice::Iter<'a, u32>;
    fn into_iter(self) -> std::slice::Iter<'a, u32> {
        iterating();
        self.0.iter()
    }
}
fn iterating() {}
pub fn loop_over(bag: &Bag) -> u32 {
    let mut sum = 0;
    for value in bag {
        sum += value;
    }
    sum
}
fn numbers() -> impl Iterator<Item = u32> {
    (0..3).map(|value| value + read())
}
pub fn consume_numbers() -> u32 {
    let mut sum = 0;
    for value in numbers() {
        sum += value;
    }
    sum
}
pub fn polymorphic<T>(depth: u32, value: T) {
    if depth > 0 {
        polymorphic(depth - 1, Some(value))
    }
}
pub fn cow(text: &str) -> Cow<'_, str> {
    if text.is_empty() { Cow::Owned(owned()) } else { Cow::Borrowed(text) }
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
            super::read();
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
            M::run()
        }
    }
    pub fn off() {
        Machine::<Off>::new().step()
    }
    pub fn on() {
        Machine::<On>::new().step()
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
        leaf();
        self.last()
    }
}
pub fn lend(list: &mut Vec<Quiet>) {
    if let Some(quiet) = list.lend() {
        quiet.speak()
    }
}
unsafe extern "C" {
    fn atexit(action: extern "C" fn()) -> i32;
}
extern "C" fn at_exit() {
    read();
}
pub fn register() -> i32 {
    unsafe { atexit(at_exit) }
}
