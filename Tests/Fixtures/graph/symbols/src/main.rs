//! Calls symbols of another crate, of libc and of nobody.
use std::ffi::{c_char, c_int};

unsafe extern "C" {
    fn provided(value: c_int) -> c_int;
    #[link_name = "under_another_name"]
    fn renamed();
    fn printf(format: *const c_char, ...) -> c_int;
    fn getpid() -> c_int;
    fn open(path: *const c_char, flags: c_int, ...) -> c_int;
    safe fn abs(value: c_int) -> c_int;
}
#[link(name = "z")]
unsafe extern "C" {
    fn zlibVersion() -> *const c_char;
}

fn call_provided() -> c_int {
    unsafe { provided(1) } //~ symbol symbols_provider::provided
}
fn call_renamed() {
    unsafe { renamed() } //~ symbol symbols_provider::named_otherwise
}
fn print() {
    unsafe {
        printf(c"%d\n".as_ptr(), 1 as c_int);
    }
}
fn open_file() -> c_int {
    unsafe { open(c"a".as_ptr(), 0) }
}
fn main() {
    call_provided(); //~ call call_provided
    call_renamed(); //~ call call_renamed
    print(); //~ call print
    open_file(); //~ call open_file
    abs(-1);
    let pointer: unsafe extern "C" fn() -> c_int = getpid;
    unsafe { pointer() };
    unsafe { zlibVersion() };
    symbols_provider::plain_call(); //~ call symbols_provider::plain_call
}
