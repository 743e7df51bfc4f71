//! Knows alpha's second version under its own name and the first through facade only.
extern crate facade as front;
use front::prelude::*;

pub fn through_facade() -> u32 {
    front::buried()
}
pub fn through_under() -> u32 {
    front::under::same_name()
}
pub fn second_version() -> u32 {
    alpha_two::same_name()
}
pub fn transitive_type() -> u32 {
    front::hidden().go()
}
pub fn renamed_type() {
    front::Shown.method()
}
pub fn renamed_trait() -> u32 {
    front::Trait2::act(&1u8)
}
pub fn renamed_function() -> u32 {
    front::shown()
}
pub fn renamed_module() -> u32 {
    front::pub_mod::inside()
}
pub fn globs() -> u32 {
    let _ = Globbed::new();
    glob_function()
}
pub fn inherent_elsewhere() {
    front::public::Plain::from_root().go()
}
pub fn foreign_trait() -> u32 {
    front::public::Verb::act(&front::public::Plain)
}
pub fn block_local(first: bool) -> u32 {
    if first {
        fn local() -> u32 {
            left()
        }
        local()
    } else {
        fn local() -> u32 {
            right()
        }
        local()
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
        fs::read()
    }
}
pub fn local_core() -> u32 {
    core::own() + core::fs::read()
}
pub fn raw() -> u32 {
    r#try::r#match()
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
    both::inside()
}
