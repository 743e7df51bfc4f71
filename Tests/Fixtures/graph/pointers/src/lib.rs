//! Function pointers: tables, fields, consts, arguments; only addresses that are taken with the signature are targets.
use std::collections::HashMap;
use std::fs;
use std::sync::Mutex;

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

static TABLE: [fn(&str) -> bool; 2] = [read, pure]; //~ cast pure
//~| cast read
pub fn from_table(index: usize) -> bool {
    TABLE[index]("a") //~ pointer/2 pure
    //~| pointer/2 read
    //~| static TABLE
}
const CHOSEN: fn(u32) -> bool = other_signature; //~ cast other_signature
pub fn from_const() -> bool {
    CHOSEN(1) //~ pointer other_signature
    //~| static CHOSEN
}
pub struct Handler {
    pub name: &'static str,
    pub run: fn(u8) -> u8,
}
fn increment(value: u8) -> u8 {
    step(); //~ call step
    value
}
fn step() {}
pub fn from_field() -> u8 {
    let handler = Handler { name: "increment", run: increment }; //~ cast increment
    (handler.run)(1) //~ pointer/2 HANDLERS::{closure#0}
    //~| pointer/2 increment
}
pub static HANDLERS: &[Handler] = &[Handler { name: "a", run: increment }, Handler { name: "b", run: |value| double(value) }];
//~^ call double
//~| cast HANDLERS::{closure#0}
//~| cast increment
fn double(value: u8) -> u8 {
    value * 2
}
pub fn from_handlers() -> u8 {
    HANDLERS.iter().map(|handler| (handler.run)(1)).sum() //~ callback from_handlers::{closure#0}
    //~| pointer/2 HANDLERS::{closure#0}
    //~| pointer/2 increment
    //~| static HANDLERS
}
pub fn argument(action: fn(i64) -> i64) -> i64 {
    action(1) //~ pointer closure_as_pointer::{closure#0}
}
pub fn closure_as_pointer() -> i64 {
    argument(|x| negate(x)) //~ call argument
    //~| call negate
    //~| cast closure_as_pointer::{closure#0}
}
fn negate(x: i64) -> i64 {
    -x
}
pub fn direct_only() -> bool {
    never_taken("direct") //~ call never_taken
}
pub fn generic_pointer() -> i32 {
    let action: fn(i32) -> i32 = identity::<i32>; //~ cast identity<i32>
    action(1) //~ pointer identity<i32>
}
fn identity<T>(value: T) -> T {
    step(); //~ identity<i32>: call step
    //~| identity<u128>: call step
    value
}
pub struct Point(pub u16);
pub fn constructor_as_pointer() -> Point {
    let make: fn(u16) -> Point = Point; //~ cast Point
    make(1) //~ pointer Point
}
pub fn method_as_pointer() -> usize {
    let length: fn(&Named) -> usize = Named::length; //~ cast <Named>::length
    length(&Named) //~ pointer <Named>::length
}
pub struct Named;
impl Named {
    fn length(&self) -> usize {
        step(); //~ call step
        1
    }
}
pub fn unsafe_pointer(action: unsafe extern "C" fn(i16) -> i16) -> i16 {
    unsafe { action(1) } //~ pointer c_callback
}
extern "C" fn c_callback(value: i16) -> i16 {
    step(); //~ call step
    value
}
pub fn pass_c_callback() -> i16 {
    unsafe_pointer(c_callback) //~ call unsafe_pointer
    //~| cast c_callback
}
pub fn optional(action: Option<fn(char)>) {
    if let Some(action) = action {
        action('a') //~ pointer take_char
    }
}
fn take_char(_letter: char) {
    let _ = fs::read("char");
}
pub fn pass_optional() {
    optional(Some(take_char)) //~ call optional
    //~| cast take_char
}

pub struct Commands {
    table: HashMap<&'static str, fn(&mut u64)>,
}
impl Commands {
    pub fn new() -> Commands {
        let mut table: HashMap<&'static str, fn(&mut u64)> = HashMap::new();
        table.insert("add", add); //~ cast add
        table.insert("reset", reset); //~ cast reset
        Commands { table }
    }
    pub fn run(&self, name: &str, state: &mut u64) {
        if let Some(command) = self.table.get(name) {
            command(state) //~ pointer/2 add
            //~| pointer/2 reset
        }
    }
}
fn add(state: &mut u64) {
    *state += 1;
    step() //~ call step
}
fn reset(_state: &mut u64) {
    let _ = fs::remove_file("state");
}
pub fn in_array(index: usize) -> f32 {
    let actions: [fn(f32) -> f32; 2] = [half, negative]; //~ cast half
    //~| cast negative
    actions[index](1.0) //~ pointer/2 half
    //~| pointer/2 negative
}
fn half(value: f32) -> f32 {
    step(); //~ call step
    value / 2.0
}
fn negative(value: f32) -> f32 {
    -value
}
pub fn chosen(flag: bool) -> f64 {
    let action: fn(f64) -> f64 = if flag { twice } else { |value| value }; //~ cast chosen::{closure#0}
    //~| cast twice
    action(1.0) //~ pointer/2 chosen::{closure#0}
    //~| pointer/2 twice
}
fn twice(value: f64) -> f64 {
    step(); //~ call step
    value * 2.0
}
pub fn returned() -> fn(u128) -> u128 {
    identity::<u128> //~ cast identity<u128>
}
pub fn call_returned() -> u128 {
    returned()(1) //~ call returned
    //~| pointer identity<u128>
}
pub fn handed_to_std(list: &[isize]) -> isize {
    let action: fn(&isize) -> isize = absolute; //~ cast absolute
    list.iter().map(action).sum() //~ pointer absolute
}
fn absolute(value: &isize) -> isize {
    step(); //~ call step
    value.abs()
}
static HOOK: Mutex<Option<fn(usize)>> = Mutex::new(None);
pub fn set_hook(hook: fn(usize)) {
    if let Ok(mut slot) = HOOK.lock() { //~ static HOOK
        *slot = Some(hook)
    }
}
pub fn run_hook() {
    if let Ok(slot) = HOOK.lock() //~ static HOOK
        && let Some(hook) = *slot
    {
        hook(1) //~ pointer hooked
    }
}
pub fn install() {
    set_hook(hooked) //~ call set_hook
    //~| cast hooked
}
fn hooked(_value: usize) {
    step() //~ call step
}
pub fn transmuted(address: usize) {
    let action: fn(i128) = unsafe { std::mem::transmute(address) };
    action(1)
}
pub struct Operations {
    pub open: fn(&str, u8) -> bool,
    pub close: Option<fn(&str, u16) -> bool>,
}
impl Operations {
    const READING: Operations = Operations { open: open_file, close: Some(close_file) }; //~ cast close_file
    //~| cast open_file
}
fn open_file(path: &str, _mode: u8) -> bool {
    fs::read(path).is_ok()
}
fn close_file(_path: &str, _mode: u16) -> bool {
    step(); //~ call step
    true
}
fn open_nothing(_path: &str, _mode: u8) -> bool {
    false
}
pub fn from_const_structure() -> bool {
    let operations = Operations::READING; //~ static <Operations>::READING
    (operations.open)("a", 1) && operations.close.is_some_and(|close| close("a", 1))
    //~^ callback from_const_structure::{closure#0}
    //~| pointer close_file
    //~| pointer/2 open_file
    //~| pointer/2 open_nothing
}
pub fn from_literal() -> bool {
    let operations = Operations { open: open_nothing, close: None }; //~ cast open_nothing
    (operations.open)("a", 1) //~ pointer/2 open_file
    //~| pointer/2 open_nothing
}
pub fn higher_ranked<'a>(text: &'a str) -> &'a str {
    let action: for<'b> fn(&'b str) -> &'b str = str::trim;
    let own: for<'b> fn(&'b str) -> &'b str = first_word; //~ cast first_word
    action(own(text)) //~ pointer/2 first_word
}
fn first_word(text: &str) -> &str {
    step(); //~ call step
    text
}
