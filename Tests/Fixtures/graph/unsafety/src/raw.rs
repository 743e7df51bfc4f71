pub struct View<'a>(pub &'a u8, pub *const u8);
pub struct Shared(*const u8);
unsafe impl<'a> Send for View<'a> {}
unsafe impl Send for Shared {}

pub fn read(view: &View<'_>) -> u8 {
    unsafe { *view.1 }
}
