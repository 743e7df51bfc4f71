//! Implements what the lowest crate calls, and calls back into it.
use base::{Visit, walk, walk_object};
use std::fs;

pub struct Folder;
impl Visit for Folder {
    fn visit(&self, depth: u32) {
        let _ = fs::read_dir("a");
        walk(self, depth) //~ call base::walk<Folder>
    }
}
pub struct Empty;
impl Visit for Empty {
    fn visit(&self, _depth: u32) {}
    fn children(&self) -> u32 {
        0
    }
}
pub fn walk_folder() {
    walk(&Folder, 3) //~ call base::walk<Folder>
}
pub fn walk_empty() {
    walk(&Empty, 3) //~ call base::walk<Empty>
}
pub fn walk_any(folder: bool) {
    walk_object(if folder { &Folder } else { &Empty }) //~ call base::walk_object
    //~| cast <Empty as base::Visit>::children
    //~| cast <Empty as base::Visit>::visit
    //~| cast <Folder as base::Visit>::children
    //~| cast <Folder as base::Visit>::visit
}
pub fn children() -> u32 {
    Folder.children() + Empty.children() //~ dispatch <Empty as base::Visit>::children
    //~| dispatch <Folder as base::Visit>::children
}
/// A type of another crate gets a trait of another crate through a wrapper of its own.
pub struct Nested<V>(pub V);
impl<V: Visit> Visit for Nested<V> {
    fn visit(&self, depth: u32) {
        walk(&self.0, depth) //~ <Nested<Empty> as base::Visit>::visit: call base::walk<Empty>
        //~| <Nested<Nested<Empty>> as base::Visit>::visit: call base::walk<Nested<Empty>>
        //~| <Nested<V> as base::Visit>::visit: call base::walk<V>
    }
}
pub fn recursive(depth: u32) {
    walk(&Nested(Nested(Empty)), depth) //~ call base::walk<Nested<Nested<Empty>>>
}
