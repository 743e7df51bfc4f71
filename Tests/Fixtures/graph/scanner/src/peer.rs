//! A crate that does things for others.

use std::fs::File; // expect: fs false-positive name-only

// Hands std's function on under another name.
pub use std::fs::write as store; // expect: fs false-positive name-only

pub fn connect() {
    let _ = std::net::TcpStream::connect("host:1"); // expect: net.connect true-positive; net.dns false-negative callback
}

pub fn open() -> File { // expect: fs false-positive name-only
    File::create("a").unwrap() // expect: fs.write true-positive
}

pub fn input() -> std::io::Stdin { // expect: stdio.read false-positive name-only
    std::io::stdin() // expect: stdio.read true-positive
}

pub struct Shared(*mut u8);

unsafe impl Send for Shared {} // expect: unsafe.impl true-positive

pub type Reader = fn(&'static str) -> std::io::Result<Vec<u8>>;

// Its address is taken here and not used: a scanner may name it.
pub fn reader() -> Reader {
    std::fs::read
}

#[macro_export]
macro_rules! leave {
    () => {
        std::process::exit(3) // expect: process.exit false-positive name-only; process.exit false-negative macro
    };
}
