//! Static, inherent and generic calls; default, overridden and supertrait methods; associated types.
use std::fs;

pub trait Store {
    fn put(&self, text: &str);
    fn twice(&self, text: &str) {
        self.put(text); //~ <Wrapper<Memory> as Store>::twice: dispatch <Wrapper<Memory> as Store>::put
        self.put(text); //~ <Wrapper<Memory> as Store>::twice: dispatch <Wrapper<Memory> as Store>::put
    }
    fn label(&self) -> u32 {
        base_label() //~ <Disk as Store>::label: call base_label
        //~| <Self as Store>::label: call base_label
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
        own_label() //~ call own_label
    }
}

pub struct Wrapper<T>(pub T);

impl<T: Store> Store for Wrapper<T> {
    fn put(&self, text: &str) {
        self.0.put(text) //~ <Wrapper<Disk> as Store>::put: dispatch <Disk as Store>::put
        //~| <Wrapper<Memory> as Store>::put: dispatch <Memory as Store>::put
    }
}

impl Disk {
    pub fn new() -> Disk {
        Disk
    }
    pub fn flush(&self) {
        free() //~ call free
    }
}

impl<T: Store> Wrapper<T> {
    pub fn inner(&self) -> u32 {
        self.0.label() //~ <Wrapper<Memory>>::inner: dispatch <Memory as Store>::label
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
    store.put("x") //~ generic<Disk>: dispatch <Disk as Store>::put
    //~| generic<Memory>: dispatch <Memory as Store>::put
    //~| generic<Sized_<2>>: dispatch <Sized_<2> as Store>::put
}
pub fn with_disk() {
    generic(&Disk) //~ call generic<Disk>
}
pub fn with_memory() {
    generic(&Memory) //~ call generic<Memory>
}
pub fn wrapped_disk() {
    Wrapper(Disk).put("a") //~ dispatch <Wrapper<Disk> as Store>::put
}
pub fn wrapped_twice_memory() {
    Wrapper(Memory).twice("a") //~ dispatch <Wrapper<Memory> as Store>::twice
}
pub fn wrapped_label() -> u32 {
    Wrapper(Memory).inner() //~ call <Wrapper<Memory>>::inner
}
pub fn default_label() -> u32 {
    Disk.label() //~ dispatch <Disk as Store>::label
}
pub fn overridden_label() -> u32 {
    Memory.label() //~ dispatch <Memory as Store>::label
}
pub fn inherent() {
    Disk::new().flush() //~ call <Disk>::flush
    //~| call <Disk>::new
}

pub trait Named {
    fn name(&self) -> u32;
}
pub trait Shown: Named {
    fn show(&self) -> u32 {
        self.name() //~ <Disk as Shown>::show: dispatch <Disk as Named>::name
    }
}
impl Named for Disk {
    fn name(&self) -> u32 {
        own_label() //~ call own_label
    }
}
impl Shown for Disk {}
pub fn supertrait<T: Shown>(shown: &T) -> u32 {
    shown.name() + shown.show() //~ supertrait<Disk>: dispatch <Disk as Named>::name
    //~| supertrait<Disk>: dispatch <Disk as Shown>::show
}
pub fn supertrait_disk() -> u32 {
    supertrait(&Disk) //~ call supertrait<Disk>
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
    source.item().put("x") //~ associated<Disk>: dispatch <Disk as Source>::item
    //~| associated<Disk>: dispatch <Memory as Store>::put
}
pub fn associated_memory() {
    associated(&Disk) //~ call associated<Disk>
}

pub trait Make {
    fn make() -> Self;
}
impl Make for Disk {
    fn make() -> Disk {
        free(); //~ call free
        Disk
    }
}
impl Make for Memory {
    fn make() -> Memory {
        Memory
    }
}
pub fn make_any<T: Make>() -> T {
    T::make() //~ make_any<Memory>: dispatch <Memory as Make>::make
}
pub fn make_memory() -> Memory {
    make_any() //~ call make_any<Memory>
}

pub trait Extended {
    fn extended(&self);
}
impl<T: Store> Extended for T {
    fn extended(&self) {
        self.put("y") //~ <Memory as Extended>::extended: dispatch <Memory as Store>::put
    }
}
pub fn blanket() {
    Memory.extended() //~ dispatch <Memory as Extended>::extended
}

pub trait Convert<T> {
    fn convert(&self) -> T;
}
impl Convert<u8> for Disk {
    fn convert(&self) -> u8 {
        free(); //~ call free
        1
    }
}
impl Convert<u16> for Disk {
    fn convert(&self) -> u16 {
        2
    }
}
pub fn convert_wide() -> u16 {
    Disk.convert() //~ dispatch <Disk as Convert<u16>>::convert
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
    generic(&Sized_::<2>) //~ call generic<Sized_<2>>
}

pub mod deep {
    pub mod er {
        pub fn outer() {
            fn nested() {
                super::super::free() //~ call free
            }
            nested() //~ call deep::er::outer::nested
        }
        pub struct Local;
        impl Local {
            pub fn go(&self) {
                fn in_method() {}
                in_method() //~ call <deep::er::Local>::go::in_method
            }
        }
    }
}

pub fn by_reference(stores: &[&Memory]) {
    for store in stores {
        generic(store.by()) //~ call <Memory>::by
        //~| call generic<Memory>
    }
}
impl Memory {
    fn by(&self) -> &Memory {
        self
    }
}
pub fn recursive(depth: u32) {
    if depth > 0 {
        mutual(depth) //~ call mutual
    }
}
fn mutual(depth: u32) {
    recursive(depth - 1) //~ call recursive
}
