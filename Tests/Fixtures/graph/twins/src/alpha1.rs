//! The first version: everything in it reads files.

pub fn load() -> usize {
    std::fs::read("one").map_or(0, |bytes| bytes.len())
}

pub struct Store(pub usize);

impl Store {
    pub fn new() -> Store {
        Store(0)
    }

    pub fn get(&self) -> usize {
        load()
    }
}

impl Clone for Store {
    fn clone(&self) -> Store {
        Store(load())
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        load();
    }
}

pub trait Load {
    fn fetch(&self) -> usize;
    fn twice(&self) -> usize {
        self.fetch() + load()
    }
}

impl Load for Store {
    fn fetch(&self) -> usize {
        load()
    }
}

pub fn with<T: Load>(value: &T) -> usize {
    value.fetch()
}

pub fn maker() -> impl Fn() -> usize {
    || load()
}

pub const LOADER: fn() -> usize = load;
pub static TABLE: [fn() -> usize; 1] = [load];

#[macro_export]
macro_rules! impl_load {
    ($name:ident) => {
        impl $crate::Load for $name {
            fn fetch(&self) -> usize {
                $crate::load()
            }
        }
    };
}
