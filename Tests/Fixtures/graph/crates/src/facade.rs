//! Re-exports under other names.
pub use base::walk as traverse;
pub use base::{self as lowest, Visit as Visitor, counted};
pub mod futures {
    pub use base::{later as deferred, load};
}
pub use base::*;
