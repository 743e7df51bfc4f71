//! System calls without libc's functions for them.
use std::arch::asm;
use std::ffi::c_long;

unsafe extern "C" {
    fn syscall(number: c_long, ...) -> c_long;
}

const CONNECT: c_long = 42;

pub fn by_function(socket: i32, address: *const u8) -> c_long {
    unsafe { syscall(CONNECT, socket, address, 16) }
}

pub fn by_number(number: c_long) -> c_long {
    unsafe { syscall(number) }
}

pub fn by_assembly(path: *const u8) -> isize {
    let mut result: isize;
    unsafe {
        asm!("syscall", inlateout("rax") 59isize => result, in("rdi") path, in("rsi") 0, in("rdx") 0,
            out("rcx") _, out("r11") _);
    }
    result
}
