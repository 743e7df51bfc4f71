//! The first version of alpha.
mod imp {
    pub fn buried() -> u32 {
        let _ = std::env::var("ONE");
        1
    }
    pub struct Hidden;
    impl Hidden {
        pub fn go(&self) -> u32 {
            super::first_only() //~ call first_only
        }
    }
}
pub use imp::buried;
pub fn first_only() -> u32 {
    1
}
pub fn same_name() -> u32 {
    first_only() //~ call first_only
}
pub fn hidden() -> imp::Hidden {
    imp::Hidden
}
pub mod public {
    pub struct Plain;
    impl Plain {
        pub fn go(&self) {}
    }
    pub trait Verb {
        fn act(&self) -> u32;
    }
    impl Verb for Plain {
        fn act(&self) -> u32 {
            super::first_only() //~ call first_only
        }
    }
}
impl public::Plain {
    pub fn from_root() -> public::Plain {
        public::Plain
    }
}
