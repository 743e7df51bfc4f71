//! Assembly that defines functions, a native library, and a symbol that another crate defines too.
#[unsafe(export_name = "shared_by_two")]
pub extern "C" fn also_shared() {}

mod low {
    std::arch::global_asm!(".globl hooks_in_assembly", "hooks_in_assembly:", "ret");
}
unsafe extern "C" {
    fn hooks_in_assembly();
    fn getpid() -> i32;
}
#[link(name = "compressor")]
unsafe extern "C" {
    fn compressor_run() -> i32;
}
pub fn run_assembly() {
    unsafe { hooks_in_assembly() }
}
pub fn process() -> i32 {
    unsafe { getpid() }
}
pub fn compress() -> i32 {
    unsafe { compressor_run() }
}
