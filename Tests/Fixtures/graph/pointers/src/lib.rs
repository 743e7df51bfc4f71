//! Function pointers: tables, fields, consts, arguments; only addresses that are taken with the signature are targets.
use std::fs;

fn read(path: &str) -> bool {
    fs::read(path).is_ok()
}
fn pure(path: &str) -> bool {
    path.is_empty()
}
fn other_signature(_number: u32) -> bool {
    fs::remove_file("other").is_ok()
}
fn never_taken(path: &str) -> bool {
    fs::remove_dir(path).is_ok()
}

static TABLE: [fn(&str) -> bool; 2] = [read, pure];
pub fn from_table(index: usize) -> bool {
    TABLE[index]("a")
}
const CHOSEN: fn(u32) -> bool = other_signature;
pub fn from_const() -> bool {
    CHOSEN(1)
}
pub struct Handler {
    pub name: &'static str,
    pub run: fn(u8) -> u8,
}
fn increment(value: u8) -> u8 {
    step();
    value
}
fn step() {}
pub fn from_field() -> u8 {
    let handler = Handler { name: "increment", run: increment };
    (handler.run)(1)
}
pub static HANDLERS: &[Handler] = &[Handler { name: "a", run: increment }, Handler { name: "b", run: |value| double(value) }];
fn double(value: u8) -> u8 {
    value * 2
}
pub fn from_handlers() -> u8 {
    HANDLERS.iter().map(|handler| (handler.run)(1)).sum()
}
pub fn argument(action: fn(i64) -> i64) -> i64 {
    action(1)
}
pub fn closure_as_pointer() -> i64 {
    argument(|x| negate(x))
}
fn negate(x: i64) -> i64 {
    -x
}
pub fn direct_only() -> bool {
    never_taken("direct")
}
pub fn generic_pointer() -> i32 {
    let action: fn(i32) -> i32 = identity::<i32>;
    action(1)
}
fn identity<T>(value: T) -> T {
    step();
    value
}
pub struct Point(pub u16);
pub fn constructor_as_pointer() -> Point {
    let make: fn(u16) -> Point = Point;
    make(1)
}
pub fn method_as_pointer() -> usize {
    let length: fn(&Named) -> usize = Named::length;
    length(&Named)
}
pub struct Named;
impl Named {
    fn length(&self) -> usize {
        step();
        1
    }
}
pub fn unsafe_pointer(action: unsafe extern "C" fn(i16) -> i16) -> i16 {
    unsafe { action(1) }
}
extern "C" fn c_callback(value: i16) -> i16 {
    step();
    value
}
pub fn pass_c_callback() -> i16 {
    unsafe_pointer(c_callback)
}
pub fn optional(action: Option<fn(char)>) {
    if let Some(action) = action {
        action('a')
    }
}
fn take_char(_letter: char) {
    let _ = fs::read("char");
}
pub fn pass_optional() {
    optional(Some(take_char))
}
