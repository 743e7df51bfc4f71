//! A facade of the second version.

pub extern crate alpha as inner;
pub use alpha::*;

pub fn shelf() -> Store {
    Store::new()
}
