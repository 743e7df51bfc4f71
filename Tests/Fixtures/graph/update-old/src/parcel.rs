//! A library before its update: it reads a file, and does so with an unsafe block.
pub struct Parcel {
    bytes: Vec<u8>,
}

impl Parcel {
    pub fn load(path: &str) -> Parcel {
        Parcel { bytes: std::fs::read(path).unwrap_or_default() }
    }

    pub fn first(&self) -> u8 {
        if self.bytes.is_empty() { 0 } else { unsafe { *self.bytes.as_ptr() } }
    }

    pub fn label(&self) -> String {
        codec::encode(&self.bytes)
    }
}

/// Gone in the next version.
pub fn now() -> std::time::Instant {
    std::time::Instant::now()
}
