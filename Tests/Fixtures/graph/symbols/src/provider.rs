//! Defines symbols.
#[unsafe(no_mangle)]
pub extern "C" fn provided(value: i32) -> i32 {
    let _ = std::fs::read("provided");
    value
}
#[unsafe(export_name = "under_another_name")]
pub extern "C" fn named_otherwise() {
    inner() //~ call inner
}
fn inner() {}
pub fn plain_call() -> i32 {
    provided(1) //~ call provided
}
#[used]
#[unsafe(link_section = ".init_array")]
static BEFORE_MAIN: extern "C" fn() = before_main; //~ static before_main
extern "C" fn before_main() {
    let _ = std::env::var("BEFORE");
}
