//! What a library gives its callers to run: futures, closures, iterators, pointers, and objects of types that they cannot
//! name.
use std::env;
use std::fs;
use std::future::Future;
use std::pin::Pin;
use std::sync::LazyLock;

fn read() -> usize {
    fs::read("a").map_or(0, |bytes| bytes.len()) //~ callback read::{closure#0}
}
fn touch() {
    let _ = fs::write("a", "b");
}
fn removed() {
    let _ = fs::remove_file("a");
}

pub async fn download() -> usize {
    read() //~ call read
}
pub fn later() -> impl Future<Output = usize> {
    async { read() } //~ call read
}
pub fn closure() -> impl Fn() -> usize {
    || read() //~ call read
}
pub fn boxed() -> Box<dyn Fn() -> usize> {
    Box::new(|| read()) //~ call read
    //~| cast boxed::{closure#0}
}
pub fn boxed_future() -> Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(async { touch() }) //~ call touch
    //~| cast boxed_future::{closure#0}
}
pub fn numbers() -> impl Iterator<Item = usize> {
    (0..3).map(|value| value + read()) //~ call read
    //~| callback numbers::{closure#0}
}
pub fn optional(flag: bool) -> Result<Option<impl Fn()>, ()> {
    if flag { Ok(Some(|| touch())) } else { Err(()) } //~ call touch
}
pub fn curried() -> impl Fn(usize) -> Box<dyn Fn(usize) -> usize> {
    |first| Box::new(move |second| first + second + read()) //~ call read
    //~| cast curried::{closure#0}::{closure#0}
}
pub async fn promised() -> impl Fn() {
    || touch() //~ call touch
}
pub fn pointer() -> fn() {
    touch //~ cast touch
}
pub fn pointer_of_closure() -> fn() -> usize {
    || read() //~ call read
    //~| cast pointer_of_closure::{closure#0}
}

pub trait Run {
    fn run(&self);
    fn kept(&self) {} //~ kept <Boxed as Run>::kept
}
struct Hidden;
impl Run for Hidden {
    fn run(&self) {
        touch() //~ call touch
    }
}
pub fn hidden() -> impl Run {
    Hidden
}
struct Boxed;
impl Run for Boxed {
    fn run(&self) {
        touch() //~ call touch
    }
}
pub fn object() -> Box<dyn Run> {
    Box::new(Boxed) //~ cast <Boxed as Run>::kept
    //~| cast <Boxed as Run>::run
}
struct Own(usize);
impl Iterator for Own {
    type Item = Inner;
    fn next(&mut self) -> Option<Inner> {
        read(); //~ call read
        None
    }
}
pub struct Public(pub usize);
struct Inner;
impl Run for Inner {
    fn run(&self) {
        removed() //~ call removed
    }
}
pub fn own() -> impl Iterator<Item = impl Run> {
    Own(1)
}
struct Guard;
impl Drop for Guard {
    fn drop(&mut self) {
        touch() //~ call touch
    }
}
pub fn guard() -> impl Sized {
    Guard
}
/// Nobody outside gets one.
struct Never;
impl Run for Never {
    fn run(&self) { //~ unused <Never as Run>::run
        removed() //~ call removed
    }
}
pub fn internal() -> usize {
    let never = Never;
    let unused = || removed(); //~ call removed
    //~| unused internal::{closure#0}
    std::mem::size_of_val(&never) + std::mem::size_of_val(&unused)
}
fn private() -> impl Fn() {
    || removed() //~ call removed
    //~| unused private::{closure#0}
}
pub fn sized() -> usize {
    std::mem::size_of_val(&private()) //~ call private
}
impl Run for Public {
    fn run(&self) {
        touch() //~ call touch
    }
}
pub trait Start {
    fn start(&self) -> impl Future<Output = ()>;
}
impl Start for Public {
    async fn start(&self) {
        touch() //~ call touch
    }
}

pub static CONFIGURATION: LazyLock<String> = LazyLock::new(|| env::var("CONFIGURATION").unwrap_or_default());
//~^ cast CONFIGURATION::{closure#0}
//~| static CONFIGURATION::{closure#0}
pub static TABLE: [fn(); 2] = [touch, untouched]; //~ cast touch
//~| cast untouched
pub const CHOSEN: fn() = chosen; //~ cast chosen
//~| unused CHOSEN
static PRIVATE: LazyLock<usize> = LazyLock::new(|| read()); //~ call read
//~| cast PRIVATE::{closure#0}
//~| static PRIVATE::{closure#0}
//~| unused PRIVATE
//~| unused PRIVATE::{closure#0}
fn untouched() {}
fn chosen() {
    touch() //~ call touch
}
