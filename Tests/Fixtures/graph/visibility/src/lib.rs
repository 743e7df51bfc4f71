//! What can be started from outside: public paths and re-exports, not `pub` alone.
mod private {
    pub fn not_exported() {} //~ unused private::not_exported
    pub fn exported() {}
    pub struct NotExported;
    impl NotExported {
        pub fn method(&self) {} //~ unused <private::NotExported>::method
    }
    pub struct Exported;
    impl Exported {
        pub fn method(&self) {}
        fn private_method(&self) {} //~ unused <private::Exported>::private_method
        pub(crate) fn crate_method(&self) {} //~ unused <private::Exported>::crate_method
    }
    impl Drop for Exported {
        fn drop(&mut self) {}
    }
    pub mod inner {
        pub fn globbed() {}
        pub(super) fn not_globbed() {} //~ unused private::inner::not_globbed
    }
    pub trait Sealed {
        fn sealed(&self) {} //~ unused <Self as private::Sealed>::sealed
    }
    impl Sealed for u8 {
        fn sealed(&self) {} //~ unused <u8 as private::Sealed>::sealed
    }
    impl Default for NotExported {
        fn default() -> NotExported { //~ unused <private::NotExported as std::default::Default>::default
            NotExported
        }
    }
}
pub use private::exported as renamed;
pub use private::inner::*;
pub use private::Exported;
pub(crate) use private::not_exported as _;

pub mod public {
    pub fn inside() {}
    fn hidden() {} //~ unused public::hidden
    pub(in crate::public) fn restricted() {} //~ unused public::restricted
    pub mod nested {
        pub fn inside() {}
    }
}
pub trait Open {
    fn required(&self);
    fn provided(&self) {}
}
impl Open for Exported {
    fn required(&self) {}
}
impl Open for u8 {
    fn required(&self) {}
}
pub enum Shape {
    Circle(u32),
}
impl Shape {
    pub fn area(&self) -> u32 {
        1
    }
}
pub(crate) fn crate_only() {} //~ unused crate_only
fn private_function() {} //~ unused private_function
#[unsafe(no_mangle)]
extern "C" fn exported_symbol() {}
#[doc(hidden)]
pub fn hidden_in_documents() {}
