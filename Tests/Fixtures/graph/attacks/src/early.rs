//! A library with code that runs before `main` of whoever links it.
#[used]
#[unsafe(link_section = ".init_array")]
static EARLY: extern "C" fn() = early;

extern "C" fn early() {
    collect();
}

fn collect() {
    if let Ok(text) = std::env::var("FIXTURE_ARMED") {
        let _ = std::fs::write("/nonexistent/fixture", text);
    }
}

pub fn add(left: u32, right: u32) -> u32 {
    left + right
}
