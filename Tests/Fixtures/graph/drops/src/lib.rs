//! Drop glue: fields, owning types of std, closures, enum variants; what is forgotten is not dropped.
use std::collections::HashMap;
use std::fs;
use std::mem::{self, ManuallyDrop};
use std::rc::Rc;
use std::sync::{Arc, Mutex};

pub struct Removed(u32);
impl Drop for Removed {
    fn drop(&mut self) {
        remove() //~ call remove
    }
}
fn remove() {
    let _ = fs::remove_file("a");
}
pub fn make() -> Removed {
    Removed(1)
}

pub fn plain() {
    let _value = make(); //~ call make
} //~ drop <Removed as std::ops::Drop>::drop
pub fn in_vec() {
    let _value = vec![make()]; //~ call make
} //~ drop <Removed as std::ops::Drop>::drop
pub fn in_box() {
    let _value = Box::new(make()); //~ call make
} //~ drop <Removed as std::ops::Drop>::drop
pub fn in_option() {
    let _value = Some(make()); //~ call make
} //~ drop <Removed as std::ops::Drop>::drop
pub fn in_rc() {
    let _value = Rc::new(make()); //~ call make
} //~ drop <Removed as std::ops::Drop>::drop
pub fn in_arc_mutex() {
    let _value = Arc::new(Mutex::new(make())); //~ call make
} //~ drop <Removed as std::ops::Drop>::drop
pub fn in_map() {
    let mut map = HashMap::new();
    map.insert(1, make()); //~ call make
    //~| drop <Removed as std::ops::Drop>::drop
} //~ drop <Removed as std::ops::Drop>::drop
pub fn in_tuple() {
    let _value = (1, make()); //~ call make
} //~ drop <Removed as std::ops::Drop>::drop
pub fn in_array() {
    let _value = [make(), make()]; //~ call make
    //~| drop <Removed as std::ops::Drop>::drop
} //~ drop <Removed as std::ops::Drop>::drop
pub struct Outer {
    pub number: u32,
    inner: Inner,
}
struct Inner {
    removed: Removed,
}
pub fn in_fields() {
    let _value = Outer { number: 1, inner: Inner { removed: make() } }; //~ call make
} //~ drop <Removed as std::ops::Drop>::drop
pub enum Choice {
    Nothing,
    Something(Removed),
    Named { removed: Removed },
}
pub fn in_variant() {
    let _value = Choice::Something(make()); //~ call make
} //~ drop <Choice as std::ops::Drop>::drop
//~| drop <Removed as std::ops::Drop>::drop
pub struct Held<T> {
    value: T,
}
pub fn in_generic() {
    let _value = Held { value: make() }; //~ call make
} //~ drop <Removed as std::ops::Drop>::drop
pub fn in_generic_number() {
    let _value = Held { value: String::new() };
}
pub fn in_closure() {
    let removed = make(); //~ call make
    let _closure = move || keep(&removed); //~ call keep
    //~| unused in_closure::{closure#0}
} //~ drop <Removed as std::ops::Drop>::drop
fn keep(_removed: &Removed) {}
pub fn in_boxed_trait() {
    let _value: Box<dyn Send> = Box::new(make()); //~ call make
    //~| cast <Removed as std::ops::Drop>::drop
} //~ drop <Removed as std::ops::Drop>::drop
pub fn by_argument(_removed: Removed) {} //~ drop <Removed as std::ops::Drop>::drop
pub fn assigned(target: &mut Removed) {
    *target = make(); //~ call make
    //~| drop <Removed as std::ops::Drop>::drop
}
pub fn explicit() {
    drop(make()) //~ call make
    //~| drop <Removed as std::ops::Drop>::drop
}

pub fn forgotten() {
    mem::forget(make()) //~ call make
}
pub fn manually() {
    let _value = ManuallyDrop::new(make()); //~ call make
}
pub fn borrowed(removed: &Removed) {
    keep(removed) //~ call keep
}
pub fn given_back(removed: Removed) -> Removed {
    removed
}
pub fn not_in_box() {
    let _value = Box::new(1);
}
impl Drop for Choice {
    fn drop(&mut self) {
        choose() //~ call choose
    }
}
fn choose() {}
pub fn generic_drop<T>(_value: T) {} //~ generic_drop<Removed>: drop <Removed as std::ops::Drop>::drop
pub fn generic_drop_removed() {
    generic_drop(make()) //~ call generic_drop<Removed>
    //~| call make
}
pub fn generic_drop_number() {
    generic_drop(1) //~ call generic_drop<i32>
}
pub fn replaced(slot: &mut Option<Removed>) {
    slot.take(); //~ drop <Removed as std::ops::Drop>::drop
}
pub fn truncated(list: &mut Vec<Removed>) {
    list.clear() //~ drop/2 <Removed as std::ops::Drop>::drop
}
