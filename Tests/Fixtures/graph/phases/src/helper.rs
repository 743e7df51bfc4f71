//! Used by the build script, the proc macro and the library.
pub fn help() {
    let _ = std::env::var("HELP");
}
