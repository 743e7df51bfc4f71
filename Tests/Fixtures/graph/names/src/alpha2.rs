//! The second version of alpha.
pub fn same_name() -> u32 {
    second_only() //~ call second_only
}
pub fn second_only() -> u32 {
    2
}
