//! A library that asks libc for randomness and gets what another crate gives.
pub use random_override::nothing;

unsafe extern "C" {
    fn getrandom(buffer: *mut u8, length: usize, flags: u32) -> isize;
}

pub fn key() -> [u8; 16] {
    let mut key = [0; 16];
    unsafe { getrandom(key.as_mut_ptr(), key.len(), 0) };
    key
}
