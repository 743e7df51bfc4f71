//! Writes what the program says of itself into a source file.

use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=banner.txt");
    println!("cargo:rerun-if-env-changed=JOTTER_CHANNEL");
    let banner = fs::read_to_string("banner.txt").expect("banner.txt");
    let channel = env::var("JOTTER_CHANNEL").unwrap_or_else(|_| "development".to_owned());
    let text = format!("{}, {} ({channel})", banner.trim(), env::var("CARGO_PKG_VERSION").unwrap());
    let folder = env::var_os("OUT_DIR").expect("OUT_DIR");
    fs::write(Path::new(&folder).join("about.rs"), format!("pub const ABOUT: &str = {text:?};\n")).expect("about.rs");
}
