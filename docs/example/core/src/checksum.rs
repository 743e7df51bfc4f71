//! The checksum of a note's text, also for callers that are not written in Rust.

/// Adler-32.
pub fn of(bytes: &[u8]) -> u32 {
    let (mut low, mut high) = (1u32, 0u32);
    for byte in bytes {
        low = (low + u32::from(*byte)) % 65521;
        high = (high + low) % 65521;
    }
    high << 16 | low
}

/// The same behind a C interface.
///
/// # Safety
/// `data` points to `length` bytes that can be read.
#[no_mangle]
pub unsafe extern "C" fn jotter_checksum(data: *const u8, length: usize) -> u32 {
    if data.is_null() {
        return 0;
    }
    of(unsafe { std::slice::from_raw_parts(data, length) })
}
