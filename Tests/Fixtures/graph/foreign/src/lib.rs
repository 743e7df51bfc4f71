//! Calls of foreign functions that a number decides, and callbacks whose type says nothing.
use std::ffi::{c_char, c_int, c_long, c_ulong, c_void};
use std::fs;

unsafe extern "C" {
    fn syscall(number: c_long, ...) -> c_long;
    #[link_name = "syscall"]
    fn kernel(number: c_long, ...) -> c_long;
    fn ioctl(descriptor: c_int, request: c_ulong, ...) -> c_int;
    fn sigaction(number: c_int, action: *const Action, old: *mut Action) -> c_int;
    fn pthread_atfork(before: *const c_void, parent: *const c_void, child: *const c_void) -> c_int;
    #[link_name = "execve"]
    fn harmless(path: *const c_char, arguments: *const *const c_char, environment: *const *const c_char) -> c_int;
    fn strlen(text: *const c_char) -> usize;
    fn nobody_knows(value: c_int) -> c_int;
}

pub fn literal() -> c_long {
    unsafe { syscall(59, c"/bin/sh".as_ptr(), 0, 0) }
}
pub fn constant() -> c_long {
    unsafe { syscall(numbers::SYS_EXECVE, c"/bin/sh".as_ptr(), 0, 0) }
}
const OWN: c_long = 41;
pub fn own_constant() -> c_long {
    unsafe { syscall(OWN, 2, 1, 0) }
}
pub fn cast() -> c_long {
    unsafe { syscall(numbers::SYS_GETPID as c_long) }
}
pub fn local() -> c_long {
    let number = 39;
    let same = number;
    unsafe { syscall(same) }
}
pub fn changed() -> c_long {
    let mut number = 39;
    for _ in 0..2 {
        unsafe { syscall(number) };
        number = 59;
    }
    number
}
fn change(number: &mut c_long) {
    *number = 59;
}
pub fn lent() -> c_long {
    let mut number = 39;
    change(&mut number);
    unsafe { syscall(number) }
}
pub fn chosen(number: c_long) -> c_long {
    unsafe { syscall(number) }
}
pub fn computed() -> c_long {
    unsafe { syscall(OWN + 18) }
}
pub fn not_a_number_of_the_kernel() -> c_long {
    unsafe { syscall(99_999) }
}
pub fn renamed() -> c_long {
    unsafe { kernel(39) }
}
pub fn through_pointer() -> c_long {
    let call: unsafe extern "C" fn(c_long, ...) -> c_long = syscall;
    unsafe { call(39) }
}
pub fn assembly() -> c_long {
    let result: c_long;
    unsafe {
        std::arch::asm!("syscall", inlateout("rax") 39_i64 => result, out("rcx") _, out("r11") _);
    }
    result
}

pub fn window_size(size: &mut [u16; 4]) -> c_int {
    unsafe { ioctl(1, numbers::TERMINAL_SIZE, size.as_mut_ptr()) }
}
pub fn type_into_terminal() -> c_int {
    unsafe { ioctl(0, 0x5412, c"x".as_ptr()) }
}
pub fn no_wait(descriptor: c_int) -> c_int {
    let mut on: c_int = 1;
    unsafe { ioctl(descriptor, 0x5421, &mut on) }
}
pub fn device(descriptor: c_int, request: c_ulong) -> c_int {
    unsafe { ioctl(descriptor, request) }
}

pub fn link_name() -> c_int {
    unsafe { harmless(std::ptr::null(), std::ptr::null(), std::ptr::null()) }
}
pub fn pure() -> usize {
    unsafe { strlen(c"a".as_ptr()) }
}
pub fn unknown() -> c_int {
    unsafe { nobody_knows(1) }
}

#[repr(C)]
pub struct Action {
    handler: usize,
    flags: c_int,
}
extern "C" fn on_signal(_number: c_int) {
    let _ = fs::read("signal");
}
pub fn handle() -> c_int {
    let action = Action { handler: on_signal as extern "C" fn(c_int) as usize, flags: 0 };
    unsafe { sigaction(2, &action, std::ptr::null_mut()) }
}
extern "C" fn before_fork() {
    let _ = fs::read("fork");
}
pub fn at_fork() -> c_int {
    unsafe { pthread_atfork(before_fork as *const c_void, std::ptr::null(), std::ptr::null()) }
}
pub fn address_only() -> bool {
    never_run as *const c_void as usize == 1
}
extern "C" fn never_run() {
    let _ = fs::write("never", "");
}
pub fn address_in_rust() -> usize {
    in_rust as fn() as usize
}
fn in_rust() {
    let _ = std::process::Command::new("never").spawn();
}
