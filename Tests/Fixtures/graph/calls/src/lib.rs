//! Static, inherent and generic calls; default, overridden and supertrait methods; associated types.
use std::fs;

pub trait Store {
    fn put(&self, text: &str);
    fn twice(&self, text: &str) {
        self.put(text);
        self.put(text);
    }
    fn label(&self) -> u32 {
        base_label()
    }
}

pub struct Disk;
pub struct Memory;

impl Store for Disk {
    fn put(&self, text: &str) {
        let _ = fs::write("a", text);
    }
}

impl Store for Memory {
    fn put(&self, _text: &str) {}
    fn label(&self) -> u32 {
        own_label()
    }
}

pub struct Wrapper<T>(pub T);

impl<T: Store> Store for Wrapper<T> {
    fn put(&self, text: &str) {
        self.0.put(text)
    }
}

impl Disk {
    pub fn new() -> Disk {
        Disk
    }
    pub fn flush(&self) {
        free()
    }
}

impl<T: Store> Wrapper<T> {
    pub fn inner(&self) -> u32 {
        self.0.label()
    }
}

fn free() {}
fn base_label() -> u32 {
    1
}
fn own_label() -> u32 {
    2
}

pub fn generic<T: Store>(store: &T) {
    store.put("x")
}
pub fn with_disk() {
    generic(&Disk)
}
pub fn with_memory() {
    generic(&Memory)
}
pub fn wrapped_disk() {
    Wrapper(Disk).put("a")
}
pub fn wrapped_twice_memory() {
    Wrapper(Memory).twice("a")
}
pub fn wrapped_label() -> u32 {
    Wrapper(Memory).inner()
}
pub fn default_label() -> u32 {
    Disk.label()
}
pub fn overridden_label() -> u32 {
    Memory.label()
}
pub fn inherent() {
    Disk::new().flush()
}

pub trait Named {
    fn name(&self) -> u32;
}
pub trait Shown: Named {
    fn show(&self) -> u32 {
        self.name()
    }
}
impl Named for Disk {
    fn name(&self) -> u32 {
        own_label()
    }
}
impl Shown for Disk {}
pub fn supertrait<T: Shown>(shown: &T) -> u32 {
    shown.name() + shown.show()
}
pub fn supertrait_disk() -> u32 {
    supertrait(&Disk)
}

pub trait Source {
    type Item: Store;
    fn item(&self) -> Self::Item;
}
impl Source for Disk {
    type Item = Memory;
    fn item(&self) -> Memory {
        Memory
    }
}
pub fn associated<S: Source>(source: &S) {
    source.item().put("x")
}
pub fn associated_memory() {
    associated(&Disk)
}

pub trait Make {
    fn make() -> Self;
}
impl Make for Disk {
    fn make() -> Disk {
        free();
        Disk
    }
}
impl Make for Memory {
    fn make() -> Memory {
        Memory
    }
}
pub fn make_any<T: Make>() -> T {
    T::make()
}
pub fn make_memory() -> Memory {
    make_any()
}

pub trait Extended {
    fn extended(&self);
}
impl<T: Store> Extended for T {
    fn extended(&self) {
        self.put("y")
    }
}
pub fn blanket() {
    Memory.extended()
}

pub trait Convert<T> {
    fn convert(&self) -> T;
}
impl Convert<u8> for Disk {
    fn convert(&self) -> u8 {
        free();
        1
    }
}
impl Convert<u16> for Disk {
    fn convert(&self) -> u16 {
        2
    }
}
pub fn convert_wide() -> u16 {
    Disk.convert()
}

pub struct Sized_<const N: usize>;
impl Store for Sized_<1> {
    fn put(&self, text: &str) {
        let _ = fs::write("one", text);
    }
}
impl Store for Sized_<2> {
    fn put(&self, _text: &str) {}
}
pub fn sized_two() {
    generic(&Sized_::<2>)
}

pub mod deep {
    pub mod er {
        pub fn outer() {
            fn nested() {
                super::super::free()
            }
            nested()
        }
        pub struct Local;
        impl Local {
            pub fn go(&self) {
                fn in_method() {}
                in_method()
            }
        }
    }
}

pub fn by_reference(stores: &[&Memory]) {
    for store in stores {
        generic(store.by())
    }
}
impl Memory {
    fn by(&self) -> &Memory {
        self
    }
}
pub fn recursive(depth: u32) {
    if depth > 0 {
        mutual(depth)
    }
}
fn mutual(depth: u32) {
    recursive(depth - 1)
}
