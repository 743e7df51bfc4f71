//! Code before and after `main` in other forms.
fn act(name: &str) {
    let _ = std::fs::remove_file(name);
}

#[used]
#[unsafe(link_section = ".preinit_array")]
static FIRST: unsafe extern "C" fn(i32, *const *const u8) = first;
unsafe extern "C" fn first(_count: i32, _arguments: *const *const u8) {
    act("first");
}

#[used]
#[unsafe(link_section = ".init_array.00099")]
static SEVERAL: [extern "C" fn(); 2] = [harmless, second];
extern "C" fn harmless() {}
extern "C" fn second() {
    act("second");
}

#[repr(transparent)]
struct Hook(extern "C" fn());

#[used]
#[unsafe(link_section = ".fini_array")]
static LAST: Hook = Hook(last);
extern "C" fn last() {
    act("last");
}

#[used]
#[unsafe(link_section = ".ctors")]
static OLD: extern "C" fn() = {
    extern "C" fn inner() {
        act("old");
    }
    inner
};

#[unsafe(link_section = ".init")]
#[unsafe(no_mangle)]
pub extern "C" fn in_the_section_itself() {
    act("section");
}

std::arch::global_asm!(".pushsection .init_array", ".quad from_assembly", ".popsection");
#[unsafe(no_mangle)]
extern "C" fn from_assembly() {
    act("assembly");
}
