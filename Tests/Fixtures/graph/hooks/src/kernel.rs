#![no_std]
//! Brings its own handler of panics.
#[panic_handler]
fn on_panic(_information: &core::panic::PanicInfo) -> ! {
    loop {}
}
