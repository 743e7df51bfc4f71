//! A build script.
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let _ = std::process::Command::new("true").status();
    phases_helper::help(); //~ call phases_helper::help
}
