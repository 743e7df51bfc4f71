//! Where unsafe blocks, functions and impls stand, and what is done in them.
pub mod raw;

use std::cell::Cell;
use std::pin::pin;

pub fn block_before_operation(pointer: *const u8) -> u8 {
    let first = 1;
    unsafe {
        let value = first;
        value + *pointer
    }
}
pub fn two_blocks(pointer: *mut u8) {
    unsafe { *pointer = 1 };
    let add = |value| unsafe {
        *pointer = value;
    };
    add(2);
}
pub fn left_out(pointer: *const u8) -> u8 {
    #[cfg(windows)]
    unsafe {
        return *pointer.add(7);
    }
    unsafe { *pointer }
}
pub unsafe fn without_block(pointer: *const u8) -> u8 {
    #![allow(unsafe_op_in_unsafe_fn)]
    *pointer
}
pub unsafe fn does_nothing() {}

unsafe extern "C" {
    fn getpid() -> i32;
    safe fn abs(value: i32) -> i32;
}
pub fn foreign() -> i32 {
    abs(1) + unsafe { getpid() }
}
pub fn changes_text(text: &mut str) {
    let bytes = unsafe { text.as_bytes_mut() };
    bytes.reverse();
}
pub fn pointer_call(call: unsafe fn()) {
    unsafe { call() }
}

macro_rules! read {
    ($pointer:expr) => {
        unsafe { *$pointer }
    };
}
pub fn by_macro(pointer: *const u8) -> u8 {
    read!(pointer)
}
macro_rules! reader {
    ($name:ident) => {
        pub fn $name(pointer: *const u8) -> u8 {
            unsafe { *pointer }
        }
    };
}
reader!(whole_by_macro);

#[derive(Clone, Copy, Debug)]
pub struct Plain(pub u8);
thread_local! {
    static COUNT: Cell<u32> = const { Cell::new(0) };
}
pub fn only_macros_of_std(value: Plain) -> String {
    COUNT.with(|count| count.set(count.get() + 1));
    let pinned = pin!(value);
    assert!(pinned.0 > 0, "{:?}", pinned);
    format!("{:?} {}", value, pinned.0)
}

pub struct Shared(*const u8);
unsafe impl Send for Shared {}
unsafe impl<'a> Sync for raw::View<'a> {}
macro_rules! promise {
    ($type:ty) => {
        unsafe impl Sync for $type {}
    };
}
promise!(Shared);
pub trait Careful {
    unsafe fn required(&self);
    unsafe fn given(&self, pointer: *const u8) -> u8 {
        unsafe { *pointer }
    }
}
