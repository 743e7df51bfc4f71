//! A user of the macros: what they expand to is its code.
#[derive(expander::Describe)]
pub struct Car {
    pub wheels: u8,
}

pub fn answer() -> usize {
    expander::answer!()
}

#[expander::traced]
pub fn sum(left: u32, right: u32) -> u32 {
    left + right
}
