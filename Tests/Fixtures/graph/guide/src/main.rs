//! A program: the examples of docs/call-graph.md.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;
use store::{Disk, Memory, Named, Store, fill, in_memory};

fn helper() -> u8 {
    1
}

fn calls() -> u8 {
    helper()
}

fn dispatches(disk: &mut Disk, memory: &mut Memory) {
    fill(disk);
    memory.put(2);
    memory.twice(3);
}

fn chooses(store: &mut dyn Store) {
    store.put(1);
}

fn makes() {
    let mut memory = Memory(Vec::new());
    chooses(&mut memory);
}

fn names(store: &dyn Named) -> &'static str {
    store.name()
}

fn upcasts(store: &dyn Store) -> &'static str {
    names(store)
}

type Hook = fn(u8) -> u8;

fn increment(value: u8) -> u8 {
    value + 1
}

fn decrement(value: u8) -> u8 {
    value - 1
}

fn never_taken(value: u8) -> u8 {
    value
}

fn picks(up: bool) -> Hook {
    if up { increment } else { decrement }
}

fn runs_hook(hook: Hook) -> u8 {
    hook(1)
}

fn maps(numbers: &[u8]) -> Vec<u8> {
    numbers.iter().map(|number| increment(*number)).collect()
}

#[derive(PartialEq, Eq)]
struct Key(u8);

impl std::hash::Hash for Key {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        state.write_u8(self.0);
    }
}

fn inserts(table: &mut HashMap<Key, u8>) {
    table.insert(Key(1), 1);
}

struct Shown;

impl fmt::Display for Shown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("shown")
    }
}

fn prints() {
    println!("{}", Shown);
}

fn spawns() {
    let _ = std::thread::spawn(|| helper()).join();
}

struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {
        helper();
    }
}

fn drops() {
    let _guards = vec![Some(Guard)];
}

fn forgets() {
    std::mem::forget(Guard);
}

struct Labelled(Guard);

impl fmt::Display for Labelled {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("labelled")
    }
}

fn drops_any(_value: Box<dyn fmt::Display>) {}

static LIMITS: [Hook; 2] = [increment, increment];

fn reads_table() -> u8 {
    LIMITS[0](1)
}

static LAZY: LazyLock<u8> = LazyLock::new(|| helper());

fn uses_lazy() -> u8 {
    *LAZY
}

const SIZE: usize = size();

const fn size() -> usize {
    2
}

fn uses_constant() -> [u8; 2] {
    [0; SIZE]
}

thread_local! {
    static LOCAL: RefCell<u8> = RefCell::new(helper());
}

fn uses_local() -> u8 {
    LOCAL.with(|local| *local.borrow())
}

mod native {
    unsafe extern "C" {
        pub fn exported();
        pub fn getpid() -> i32;
    }
}

fn calls_symbol() -> i32 {
    unsafe {
        native::exported();
        native::getpid()
    }
}

fn on_other_systems() {
    if cfg!(windows) {
        helper();
    }
}

async fn later() -> u8 {
    helper()
}

async fn awaits() -> u8 {
    later().await
}

struct Unused;

impl Named for Unused {
    fn name(&self) -> &'static str {
        "unused"
    }
}

impl Store for Unused {
    fn put(&mut self, _value: u8) {
        helper();
    }
}

fn only_names() -> &'static str {
    let object: &dyn Store = &Unused;
    object.name()
}

fn main() {
    calls();
    dispatches(&mut Disk, &mut Memory(Vec::new()));
    makes();
    upcasts(&Memory(Vec::new()));
    in_memory();
    runs_hook(picks(true));
    maps(&[1]);
    inserts(&mut HashMap::new());
    prints();
    spawns();
    drops();
    forgets();
    drops_any(Box::new(Labelled(Guard)));
    reads_table();
    uses_lazy();
    uses_constant();
    uses_local();
    calls_symbol();
    on_other_systems();
    let _ = std::pin::pin!(awaits()).as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop()));
    only_names();
}

use std::future::Future;
