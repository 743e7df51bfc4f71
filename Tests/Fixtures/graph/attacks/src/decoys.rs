//! What only looks like a capability: `std::process::Command::new("true").spawn()` in a comment is no call.
#![allow(dead_code)]
use std::fs::File;
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command};

/// Not std's.
mod fs {
    pub fn write(_path: &str, contents: &str) -> usize {
        contents.len()
    }
    pub fn read(path: &str) -> usize {
        path.len()
    }
}

mod net {
    pub struct TcpStream;
    impl TcpStream {
        pub fn connect(_address: &str) -> Option<TcpStream> {
            Some(TcpStream)
        }
    }
}

mod process {
    pub struct Command(pub String);
    impl Command {
        pub fn spawn(&self) -> usize {
            self.0.len()
        }
    }
    pub fn exit(code: i32) -> i32 {
        code
    }
}

pub fn own_modules() -> usize {
    let stream = net::TcpStream::connect("127.0.0.1:9");
    let command = process::Command("true".to_string());
    fs::write("a", "b") + fs::read("a") + command.spawn() + stream.is_some() as usize + process::exit(1) as usize
}

/// Names types of std, asks nothing of the system.
pub fn types_only(stream: Option<&TcpStream>, address: SocketAddr, child: &Option<Child>) -> bool {
    let _slots: Vec<Option<File>> = Vec::new();
    stream.is_some() && address.is_ipv4() && child.is_none()
}

pub struct Session {
    stream: Option<TcpStream>,
    log: Option<File>,
}

pub fn described() -> Command {
    let mut command = Command::new("true");
    command.arg("std::process::Command::new(\"true\").spawn()");
    command
}

/// Contained: nobody calls it.
fn never() {
    let _ = Command::new("true").spawn();
}

/// Contained: made, and never called.
pub fn closure_is_never_called() -> usize {
    let closure = || Command::new("true").spawn().is_ok();
    std::mem::size_of_val(&closure)
}

/// Contained: an address that nobody calls through.
pub fn address_is_never_called() -> usize {
    let pointer: fn() = never_through_pointer;
    pointer as usize
}

fn never_through_pointer() {
    let _ = std::fs::remove_file("/nonexistent/fixture");
}

trait Act {
    fn name(&self) -> &'static str;
    fn act(&self);
}

struct Quiet;

impl Act for Quiet {
    fn name(&self) -> &'static str {
        "quiet"
    }
    fn act(&self) {
        let _ = std::net::UdpSocket::bind("127.0.0.1:0");
    }
}

/// Contained: a method of a trait object that nobody calls.
pub fn method_is_never_called() -> &'static str {
    let object: Box<dyn Act> = Box::new(Quiet);
    object.name()
}

#[cfg(test)]
mod tests {
    #[test]
    fn runs_a_program() {
        std::process::Command::new("true").status().unwrap();
    }
}

#[cfg(feature = "spawning")]
pub fn not_compiled() {
    std::process::Command::new("true").status().unwrap();
}
