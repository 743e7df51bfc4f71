//! Constants, strings and templates whose text contains what a reader cuts lines on: { " // -> [return: bb3];
// An ordinary comment with a "quote, a { brace and an impl Fake for Comment {
use std::arch::asm;

/// Documentation with an unbalanced } and a " quote, and impl Fake for Documentation {
pub const BRACES: &str = "fn x() -> () { bb0: { return; } }";
pub static QUOTED: &str = "say \"hi\" \\ // not a comment\n\tbb0: {\r\0\u{7f}\u{1F980}é 'q'";
pub static BYTES: &[u8] = b"}\n{\"\\\xff\0 -> bb1;";
pub static CLOSES: [u8; 65] = *b"}\n}\n}               }               }\n\n\n\n{{{{{{{{{{{{{{{{{{{{{{{{";
pub static TABLE: [fn(u32) -> u32; 2] = [double, half];
pub static PAIRS: &[(&str, fn(u32) -> u32)] = &[("double", double), ("half", half)];
pub static mut COUNTER: u64 = 0;
pub const LETTER: char = '\'';
pub const BRACE: char = '{';

fn double(x: u32) -> u32 {
    x * 2
}
fn half(x: u32) -> u32 {
    x / 2
}

pub trait Operation: Sync {
    fn run(&self, x: u32) -> u32;
}
pub struct Double;
impl Operation for Double {
    fn run(&self, x: u32) -> u32 {
        double(x)
    }
}
pub static DYNAMIC: &(dyn Operation + Sync) = &Double;
pub static NAMED: [(&str, &dyn Operation); 1] = [("double", &Double)];

pub fn strings() -> usize {
    let a = "fn x() -> () {\n    bb0: {\n        return;\n    }\n}\n";
    let b = b"\x00}\"\\";
    let c = c"} c \" string";
    let d = r#"raw "quoted" // comment -> [return: bb3]; "#;
    let e = br##"raw " } bytes "# "##;
    let f = "é🦀\u{200b}";
    a.len() + b.len() + c.count_bytes() + d.len() + e.len() + f.len()
}

pub fn characters(c: char) -> u8 {
    match c {
        'a' => 1,
        '{' => 2,
        '"' => 3,
        '\'' => 4,
        LETTER..='(' => 5,
        _ => "// scope 0 at a.rs:1:2: 3:4".len() as u8,
    }
}

pub fn wide(c: u128, d: i8) -> u8 {
    match (c, d) {
        (340282366920938463463374607431768211455, _) => 1,
        (_, -1) => 2,
        (_, i8::MIN) => 3,
        _ => 0,
    }
}

pub fn numbers() -> (u8, i64, f32, f64, u128, bool, f64, usize, isize) {
    (255, -1, 1.5, f64::NAN, u128::MAX, true, -0.0, usize::MAX, -3)
}

pub fn message() {
    panic!("boom {{}} -> [return: bb1]")
}

pub fn printed(x: u32) {
    println!("value {x:>4} of \"{}\" // -> [return: bb9]", "a } string");
}

pub fn template(mut x: u64) -> u64 {
    unsafe {
        asm!(
            "add {0}, {1}",
            "/* \" -> [return: bb9, unwind unreachable]; */ nop",
            "/*
}} */",
            inout(reg) x,
            const 5,
            options(pure, nomem, nostack)
        );
    }
    x
}

pub fn symbols() {
    unsafe {
        asm!("call {}", sym target, clobber_abi("C"));
        asm!("lea {0}, [rip + {1}]", out(reg) _, sym COUNTER);
    }
}
extern "C" fn target() {}

pub fn after_the_templates() -> u32 {
    double(2)
}

pub fn reads() -> u32 {
    let t = TABLE[0](1);
    let p = (PAIRS[1].1)(t);
    unsafe { COUNTER += 1 };
    p + DYNAMIC.run(2) + NAMED[0].1.run(1) + BRACES.len() as u32 + BRACE as u32
}

macro_rules! hidden {
    ($name:ident, $value:expr) => {
        /// A " quote and a } brace in a macro's documentation.
        pub fn $name() -> char {
            impl_nothing!();
            $value
        }
    };
}
macro_rules! impl_nothing {
    () => {
        fn never_an_item_of_the_source() {}
        never_an_item_of_the_source();
    };
}
hidden!(apostrophe, '\'');
hidden!(quotation, '"');
