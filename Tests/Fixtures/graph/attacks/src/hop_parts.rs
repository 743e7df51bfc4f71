//! What a tool for build scripts is made of.
pub struct Version(pub u32);

impl Version {
    /// Asks a program for its version.
    pub fn detect() -> Version {
        probe("cc");
        Version(1)
    }
}

fn probe(program: &str) {
    let _ = std::process::Command::new(program).arg("--version").output();
    let _ = std::fs::write("/nonexistent/fixture", program);
}
