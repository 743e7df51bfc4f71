//! A crate of another package than its namesake: it reads the environment.

pub fn setting() -> bool {
    std::env::var_os("LEFT").is_some()
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
