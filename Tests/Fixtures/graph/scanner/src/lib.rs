//! One function for each reason why a scanner and evidence differ.

use std::collections::HashMap;
use std::io::{BufWriter, Read, Write};

/// Names that other modules give to std's functions.
mod names {
    pub use std::env::var as lookup; // expect: env false-positive name-only
    pub use std::fs::remove_file as forget; // expect: fs false-positive name-only
}

// What both say.

pub fn plain() {
    let _ = std::fs::metadata("a"); // expect: fs.meta true-positive
}

pub fn renamed_here() {
    use std::thread as t; // expect: thread false-positive name-only
    t::yield_now(); // expect: thread false-positive name-only
    let _ = t::spawn(plain); // expect: thread true-positive
}

pub fn shouts() {
    println!("a"); // expect: stdio.write true-positive
}

macro_rules! own_macro {
    () => {
        std::env::temp_dir()
    };
}

// The scanner names the definition of the macro, which this calls.
pub fn by_own_macro() {
    let _ = own_macro!(); // expect: env.read true-positive
}

// What only mircap says.

pub fn renamed_import() {
    let _ = names::forget("a"); // expect: fs.write false-negative renamed-import
}

pub fn re_export() {
    let _ = peer::store("a", "b"); // expect: fs.write false-negative re-export
}

fn read_all<R: Read>(mut source: R) {
    let mut bytes = Vec::new();
    let _ = source.read_to_end(&mut bytes); // expect: stdio.read false-negative trait-dispatch
}

pub fn trait_dispatch() {
    read_all(peer::input());
}

fn write_some(target: &mut dyn Write) {
    let _ = target.write_all(b"a"); // expect: fs.write false-negative dyn
}

pub fn trait_object() {
    write_some(&mut peer::open());
}

fn call(read: peer::Reader) {
    let _ = read("a"); // expect: fs.read false-negative function-pointer
}

pub fn function_pointer() {
    call(peer::reader());
}

pub fn callback() {
    let _ = Some("A").map(names::lookup); // expect: env.read false-negative callback
}

pub fn macro_of_another_crate() {
    // Stands, as far as the dump tells, in the definition of the macro.
    peer::leave!();
}

pub fn dropped() {
    let _target = BufWriter::new(peer::open());
} // expect: fs.write false-negative drop

unsafe extern "C" { // expect: ffi false-positive name-only; unsafe false-positive name-only
    static environ: *const u8; // expect: ffi false-positive name-only; env.read false-positive name-only
}

pub fn foreign() -> usize {
    unsafe { environ as usize } // expect: unsafe.block true-positive; ffi false-negative ffi; env.read false-negative ffi; unsafe.static-mut true-positive
}

pub fn chosen_by_types() -> HashMap<u8, u8> {
    [(1, 2)].into_iter().collect() // expect: random false-negative trait-dispatch
}

pub fn through_std() {
    let _ = std::io::read_to_string(peer::input()); // expect: stdio.read false-negative through-std
}

pub fn method() {
    let _ = peer::open().sync_all(); // expect: fs.write false-negative method
}

pub fn not_listed() -> HashMap<u8, u8> {
    std::collections::hash_map::HashMap::new() // expect: random false-negative not-listed
}

// Another crate does it: nothing is done here.
pub fn dependency() {
    peer::connect();
}

// What only the scanner says.

pub fn address(at: std::net::IpAddr) -> bool { // expect: net false-positive name-only
    at.is_ipv4()
}

pub fn not_reached() {
    if false {
        let _ = std::fs::rename("a", "b"); // expect: fs.write false-positive not-reached
    }
}

fn dead_code() {
    std::process::abort(); // expect: process.exit false-positive dead-code
}

#[cfg(windows)]
pub fn other_system() {
    let _ = std::env::set_current_dir("a"); // expect: env.write false-positive other-cfg
}

// std::fs::read_dir("a") stands in a comment, and in a string below.
pub const TEXT: &str = "std::fs::read_link";
