//! Evaluates expressions; can also load them.

/// Touches nothing.
pub fn evaluate(text: &str) -> usize {
    text.len()
}

/// Reads a file.
pub fn load(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

/// Nobody calls it.
#[allow(dead_code)]
fn shell(command: &str) {
    let _ = std::process::Command::new(command).spawn();
}
