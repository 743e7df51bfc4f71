//! Re-exports alpha and renames.
pub use alpha::buried;
pub use alpha::hidden;
pub use alpha::public;
pub extern crate alpha as under;
mod inner {
    pub struct Ren;
    impl Ren {
        pub fn method(&self) {}
    }
    pub trait Trait {
        fn act(&self) -> u32 {
            1
        }
    }
    impl Trait for u8 {
        fn act(&self) -> u32 {
            2
        }
    }
    pub fn secret() -> u32 {
        3
    }
    pub mod module {
        pub fn inside() -> u32 {
            4
        }
    }
}
pub use inner::Ren as Shown;
pub use inner::Trait as Trait2;
pub use inner::module as pub_mod;
pub use inner::secret as shown;
pub mod prelude {
    pub use super::globbed::*;
}
mod globbed {
    pub struct Globbed;
    impl Globbed {
        pub fn new() -> Globbed {
            Globbed
        }
    }
    pub fn glob_function() -> u32 {
        5
    }
}
