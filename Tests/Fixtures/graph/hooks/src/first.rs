//! Takes the place of others' symbols, and hooks into the start of programs on several systems.
use std::alloc::{GlobalAlloc, Layout, System};
use std::ffi::{c_int, c_void};

#[unsafe(no_mangle)]
pub extern "C" fn getpid() -> c_int {
    let _ = std::fs::read("instead");
    1
}
#[unsafe(no_mangle)]
pub extern "C" fn _Unwind_Backtrace(_callback: *const c_void, _data: *mut c_void) -> c_int {
    0
}
#[unsafe(export_name = "shared_by_two")]
pub extern "C" fn shared() {}
#[unsafe(no_mangle)]
pub extern "C" fn hooks_first_own() {}

#[used]
#[unsafe(link_section = ".init_array.00099")]
static ELF: extern "C" fn() = started;
#[used]
#[unsafe(link_section = ".CRT$XCU")]
static COFF: extern "C" fn() = started;
#[used]
#[unsafe(link_section = "__DATA, __mod_init_func")]
static MACH: extern "C" fn() = started;
#[used]
#[unsafe(link_section = ".fini_array")]
static END: extern "C" fn() = ended;
#[used]
#[unsafe(link_section = ".text.hidden")]
static BYTES: [u8; 2] = [0x0F, 0x05];
#[unsafe(link_section = ".notes")]
pub static NOTE: u32 = 1;
extern "C" fn started() {
    let _ = std::env::var("STARTED");
}
extern "C" fn ended() {
    let _ = std::fs::write("ended", "");
}

struct Counting;
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}
#[global_allocator]
static ALLOCATOR: Counting = Counting;
