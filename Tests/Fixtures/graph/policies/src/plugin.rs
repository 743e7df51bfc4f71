//! Has no capability of its own, but what it uses has one.

/// As it should be.
pub fn run(text: &str) -> usize {
    sandbox::evaluate(text)
}

/// Reads a file through the sandbox.
pub fn sneak() -> String {
    sandbox::load("/etc/passwd")
}
