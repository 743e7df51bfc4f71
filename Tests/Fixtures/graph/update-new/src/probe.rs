//! A new dependency of a new build script.
pub fn compiler() -> bool {
    std::process::Command::new("cc").arg("--version").status().is_ok()
}
