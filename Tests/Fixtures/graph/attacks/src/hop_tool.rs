//! A tool for build scripts, without capabilities of its own.
pub fn configure() -> u32 {
    hop_parts::Version::detect().0
}
