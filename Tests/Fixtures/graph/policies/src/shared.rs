//! Used by the program and by its build script; only the latter writes.

/// Reads a setting.
pub fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// An index into bytes that somebody else has checked.
pub fn byte(bytes: &[u8], index: usize) -> u8 {
    assert!(index < bytes.len());
    unsafe { *bytes.as_ptr().add(index) }
}
