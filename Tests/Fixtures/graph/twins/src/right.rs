//! A crate of another package than its namesake: it has its settings in itself.

pub fn setting() -> bool {
    true
}

pub struct Options;

pub trait Configure {
    fn configure(&self) -> bool;
}

impl Configure for Options {
    fn configure(&self) -> bool {
        setting()
    }
}
