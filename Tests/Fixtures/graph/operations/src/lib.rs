//! Unsafe operations, and where code stands that macros make.
use std::fs;

pub fn dereference(pointer: *const u8) -> u8 {
    unsafe { *pointer }
}
pub fn write_through(pointer: *mut u8) {
    unsafe { *pointer = 1 }
}
pub unsafe fn trusted(pointer: *const u8) -> u8 {
    unsafe { *pointer }
}
pub fn call_unsafe(pointer: *const u8) -> u8 {
    unsafe { trusted(pointer) }
}
pub fn transmute(value: u32) -> f32 {
    unsafe { std::mem::transmute(value) }
}
static mut COUNTER: u32 = 0;
pub fn use_static() -> u32 {
    unsafe { COUNTER }
}
#[repr(C)]
pub union Bits {
    pub integer: u32,
    pub float: f32,
}
pub fn read_union(bits: Bits) -> u32 {
    unsafe { bits.integer }
}
pub struct Shared(*const u8);
unsafe impl Send for Shared {}
unsafe impl Sync for Shared {}
pub fn assembly() {
    unsafe { std::arch::asm!("nop") }
}
pub fn prints() {
    println!("{}", 1);
}
pub fn asserts(value: u32) {
    assert_eq!(value, 1, "unequal");
    vec![value];
}
macro_rules! read_one {
    ($path:expr) => {
        fs::read($path)
    };
}
macro_rules! read_two {
    ($path:expr) => {{
        let first = read_one!($path);
        first
    }};
}
pub fn own_macro() -> bool {
    read_one!("one").is_ok()
}
pub fn nested_macro() -> bool {
    let first = true;
    first && read_two!("two").is_ok()
}
macro_rules! make {
    ($name:ident) => {
        pub fn $name() {
            let _ = fs::remove_file("made");
        }
    };
}
make!(made_one);
make!(made_two);
pub fn multi_line() -> usize {
    fs::read(
        "many"
    )
    .map(|bytes| {
        bytes.len()
    })
    .unwrap_or(0)
}
pub fn checked(list: &[u32]) -> u32 {
    list[0] / list[1]
}
pub fn boxed(value: Box<u32>) -> u32 {
    *value
}
macro_rules! unsafe_read {
    ($pointer:expr) => {
        unsafe { *$pointer }
    };
}
pub fn macro_unsafe(pointer: *const u8) -> u8 {
    unsafe_read!(pointer)
}
pub mod module {
    pub fn closure(pointer: usize) -> u8 {
        let read = |pointer: usize| unsafe { *(pointer as *const u8) };
        read(pointer)
    }
}
