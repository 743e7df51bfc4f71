//! Defines symbols that another crate declares.
#[unsafe(no_mangle)]
pub extern "C" fn provided_call(action: Option<extern "C" fn(i32)>, value: i32) {
    if let Some(action) = action {
        action(value) //~ pointer/2 natives::on_signal
        //~| pointer/2 natives::provided
    }
}
#[unsafe(export_name = "provided_under_another_name")]
pub extern "C" fn renamed(_data: *mut u8) {
    std::process::abort()
}
#[unsafe(no_mangle)]
pub static PROVIDED_TABLE: [extern "C" fn(); 1] = [in_table]; //~ cast in_table
extern "C" fn in_table() {
    let _ = std::fs::read("table");
}
