//! A build script whose payload is two crates away.
fn main() {
    let version = hop_tool::configure();
    println!("cargo::rustc-cfg=v{version}");
}
