use crate::Channel;
use std::ffi::{c_char, CStr};
use std::io::{self, Write};
use std::net::TcpStream;

extern "C" {
    fn getenv(name: *const c_char) -> *const c_char;
    fn jotter_checksum(data: *const u8, length: usize) -> u32;
}

/// Where notes are sent.
pub struct Peer {
    address: String,
}

impl Peer {
    /// The peer that the environment names.
    pub fn from_environment() -> Option<Peer> {
        let value = unsafe { getenv(c"JOTTER_PEER".as_ptr()) };
        if value.is_null() {
            return None;
        }
        let address = unsafe { CStr::from_ptr(value) }.to_string_lossy().into_owned();
        Some(Peer { address })
    }

    pub fn connect(&self) -> io::Result<Wire<TcpStream>> {
        Ok(Wire { stream: TcpStream::connect(&self.address)? })
    }
}

/// Lines on a stream.
pub struct Wire<W> {
    pub stream: W,
}

impl<W: Write + Send> Channel for Wire<W> {
    fn send(&mut self, line: &str) -> io::Result<()> {
        self.stream.write_all(line.as_bytes())?;
        self.stream.write_all(b"\n")
    }
}

/// The checksum through the interface that other programs use.
pub fn checksum(text: &str) -> u32 {
    unsafe { jotter_checksum(text.as_ptr(), text.len()) }
}
