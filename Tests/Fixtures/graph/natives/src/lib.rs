//! Callbacks given to foreign functions, symbols of other crates, function pointers in foreign structs.
use std::ffi::{c_int, c_void};
use std::fs;

type Compare = unsafe extern "C" fn(*const c_void, *const c_void) -> c_int;
unsafe extern "C" {
    fn qsort(base: *mut c_void, count: usize, size: usize, compare: Compare);
    fn atexit(action: extern "C" fn()) -> c_int;
    fn signal(number: c_int, action: Option<extern "C" fn(c_int)>) -> usize;
    fn pthread_create(
        thread: *mut u64, attributes: *const c_void, start: extern "C" fn(*mut c_void) -> *mut c_void, data: *mut c_void,
    ) -> c_int;
    fn provided_call(action: Option<extern "C" fn(i32)>, value: i32);
    #[link_name = "provided_under_another_name"]
    fn other(data: *mut u8);
    fn configure(options: *const Options);
    safe fn abs(value: c_int) -> c_int;
    fn printf(format: *const i8, ...) -> c_int;
}
fn touch() {
    let _ = fs::read("a");
}
fn leaf() {}

unsafe extern "C" fn ascending(_left: *const c_void, _right: *const c_void) -> c_int {
    leaf(); //~ call leaf
    0
}
pub fn sort(list: &mut [u32]) {
    unsafe { qsort(list.as_mut_ptr().cast(), list.len(), 4, ascending) } //~ cast ascending
    //~| pointer ascending
}
extern "C" fn at_exit() {
    touch() //~ call touch
}
pub fn register() -> c_int {
    unsafe { atexit(at_exit) } //~ cast at_exit
    //~| pointer/2 at_exit
    //~|! pointer/2 natives_provider::in_table
}
extern "C" fn on_signal(_number: c_int) {
    leaf() //~ call leaf
}
pub fn handle_signal() {
    unsafe {
        signal(2, Some(on_signal)); //~ cast on_signal
        //~| pointer/2 on_signal
        //~|! pointer/2 provided
        signal(3, None); //~! pointer/2 on_signal
        //~|! pointer/2 provided
    }
}
/// A closure behind a data pointer: the trampoline is chosen by the closure's type.
extern "C" fn trampoline<F: FnMut()>(data: *mut c_void) -> *mut c_void {
    let action = unsafe { &mut *data.cast::<F>() };
    action(); //~ trampoline<start_quietly::{closure#0}>: dispatch start_quietly::{closure#0}
    //~| trampoline<start_touching::{closure#0}>: dispatch start_touching::{closure#0}
    data
}
fn start<F: FnMut()>(mut action: F) {
    let mut thread = 0;
    unsafe { pthread_create(&mut thread, std::ptr::null(), trampoline::<F>, (&raw mut action).cast()) };
    //~^ start<start_quietly::{closure#0}>: cast trampoline<start_quietly::{closure#0}>
    //~|! start<start_quietly::{closure#0}>: pointer/3 call_boxed
    //~| start<start_quietly::{closure#0}>: pointer/3 trampoline<start_quietly::{closure#0}>
    //~|! start<start_quietly::{closure#0}>: pointer/3 trampoline<start_touching::{closure#0}>
    //~| start<start_touching::{closure#0}>: cast trampoline<start_touching::{closure#0}>
    //~|! start<start_touching::{closure#0}>: pointer/3 call_boxed
    //~|! start<start_touching::{closure#0}>: pointer/3 trampoline<start_quietly::{closure#0}>
    //~| start<start_touching::{closure#0}>: pointer/3 trampoline<start_touching::{closure#0}>
}
pub fn start_touching() {
    start(|| touch()) //~ call start<start_touching::{closure#0}>
    //~| call touch
}
pub fn start_quietly() {
    start(|| leaf()) //~ call leaf
    //~| call start<start_quietly::{closure#0}>
}
/// Boxed twice, as bindings often do it.
extern "C" fn call_boxed(data: *mut c_void) -> *mut c_void {
    let action = unsafe { Box::from_raw(data.cast::<Box<dyn FnOnce()>>()) };
    action(); //~ dyn start_boxed::{closure#0}
    std::ptr::null_mut()
}
pub fn start_boxed() {
    let action: Box<Box<dyn FnOnce()>> = Box::new(Box::new(|| leaf())); //~ call leaf
    //~| cast start_boxed::{closure#0}
    let mut thread = 0;
    unsafe { pthread_create(&mut thread, std::ptr::null(), call_boxed, Box::into_raw(action).cast()) };
    //~^ cast call_boxed
    //~| pointer/3 call_boxed
    //~|! pointer/3 trampoline<start_quietly::{closure#0}>
    //~|! pointer/3 trampoline<start_touching::{closure#0}>
}
extern "C" fn provided(_value: i32) {
    touch() //~ call touch
}
pub fn call_provided() {
    unsafe { provided_call(Some(provided), 1) } //~ cast provided
    //~|! pointer/2 on_signal
    //~| pointer/2 provided
    //~| symbol natives_provider::provided_call
}
pub fn call_renamed() {
    unsafe { other(std::ptr::null_mut()) } //~ symbol natives_provider::renamed
}
#[repr(C)]
pub struct Options {
    open: Option<unsafe extern "C" fn(u8) -> u8>,
    close: unsafe extern "C" fn(u8),
}
unsafe extern "C" fn open(value: u8) -> u8 {
    leaf(); //~ call leaf
    value
}
unsafe extern "C" fn close(_value: u8) {
    touch() //~ call touch
}
pub fn configured() {
    let options = Options { open: Some(open), close }; //~ cast close
    //~| cast open
    unsafe { configure(&options) } //~ pointer close
    //~| pointer open
}
pub fn absolute() -> c_int {
    abs(-1)
}
pub fn print() {
    unsafe { printf(c"%d".as_ptr(), 1) };
}
