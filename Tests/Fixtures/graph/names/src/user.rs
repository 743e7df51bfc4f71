//! Knows alpha's second version under its own name and the first through facade only.
extern crate facade as front;
use front::prelude::*;

pub fn through_facade() -> u32 {
    front::buried() //~ call alpha@1.0.0::imp::buried
}
pub fn through_under() -> u32 {
    front::under::same_name() //~ call alpha@1.0.0::same_name
}
pub fn second_version() -> u32 {
    alpha_two::same_name() //~ call alpha@2.0.0::same_name
}
pub fn transitive_type() -> u32 {
    front::hidden().go() //~ call <alpha@1.0.0::imp::Hidden>::go
    //~| call alpha@1.0.0::hidden
}
pub fn renamed_type() {
    front::Shown.method() //~ call <facade::inner::Ren>::method
}
pub fn renamed_trait() -> u32 {
    front::Trait2::act(&1u8) //~ dispatch <u8 as facade::inner::Trait>::act
}
pub fn renamed_function() -> u32 {
    front::shown() //~ call facade::inner::secret
}
pub fn renamed_module() -> u32 {
    front::pub_mod::inside() //~ call facade::inner::module::inside
}
pub fn globs() -> u32 {
    let _ = Globbed::new(); //~ call <facade::globbed::Globbed>::new
    glob_function() //~ call facade::globbed::glob_function
}
pub fn inherent_elsewhere() {
    front::public::Plain::from_root().go() //~ call <alpha@1.0.0::public::Plain>::from_root
    //~| call <alpha@1.0.0::public::Plain>::go
}
pub fn foreign_trait() -> u32 {
    front::public::Verb::act(&front::public::Plain)
    //~^ dispatch <alpha@1.0.0::public::Plain as alpha@1.0.0::public::Verb>::act
}
pub fn block_local(first: bool) -> u32 {
    if first {
        fn local() -> u32 {
            left() //~ call left
        }
        local() //~ call/2 block_local::local
    } else {
        fn local() -> u32 {
            right() //~ call right
        }
        local() //~ call/2 block_local::local
    }
}
fn left() -> u32 {
    1
}
fn right() -> u32 {
    2
}
pub mod core {
    pub mod fs {
        pub fn read() -> u32 {
            0
        }
    }
    pub fn own() -> u32 {
        fs::read() //~ call core::fs::read
    }
}
pub fn local_core() -> u32 {
    core::own() + core::fs::read() //~ call core::fs::read
    //~| call core::own
}
pub fn raw() -> u32 {
    r#try::r#match() //~ call try::match
}
mod r#try {
    pub fn r#match() -> u32 {
        1
    }
}
pub mod both {
    pub fn inside() {}
}
pub fn both() {
    both::inside() //~ call both::inside
}
