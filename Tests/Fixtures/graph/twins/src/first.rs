//! A facade of the first version.

pub use alpha;
pub use alpha::{Load as Fetch, Store as Shelf, load as renamed};

pub fn shelf() -> Shelf {
    Shelf::new()
}
