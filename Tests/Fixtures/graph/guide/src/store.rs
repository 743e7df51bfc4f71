//! A library: what docs/call-graph.md shows of open parameters, worlds and entry points.

pub trait Store: Named {
    fn put(&mut self, value: u8);
    fn twice(&mut self, value: u8) {
        self.put(value);
        self.put(value);
    }
}

pub trait Named {
    fn name(&self) -> &'static str;
}

pub struct Disk;

impl Named for Disk {
    fn name(&self) -> &'static str {
        "disk"
    }
}

impl Store for Disk {
    fn put(&mut self, value: u8) {
        let _ = std::fs::write("disk", [value]);
    }
}

pub struct Memory(pub Vec<u8>);

impl Named for Memory {
    fn name(&self) -> &'static str {
        "memory"
    }
}

impl Store for Memory {
    fn put(&mut self, value: u8) {
        self.0.push(value);
    }
}

pub fn fill<S: Store>(store: &mut S) {
    store.put(1);
}

pub fn fill_any(store: &mut dyn Store) {
    store.put(1);
}

pub fn on_disk() {
    fill_any(&mut Disk);
}

pub fn in_memory() {
    fill_any(&mut Memory(Vec::new()));
}

fn private() {
    let _ = std::env::var("PRIVATE");
}

mod hidden {
    pub fn not_exported() {
        super::private();
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn exported() {
    private();
}
