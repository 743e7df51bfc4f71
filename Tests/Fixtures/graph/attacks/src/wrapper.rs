//! A clean wrapper: its own code has no capability.
pub fn shorten(text: &str) -> String {
    engine::Text(text.to_string()).to_string()
}
