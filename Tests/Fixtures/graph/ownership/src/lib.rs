//! Who drops what: partial moves, replaced and taken values, unions, guards, containers, trait objects, closures.
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::fs;
use std::mem::{self, ManuallyDrop, MaybeUninit};
use std::rc::{Rc, Weak};
use std::sync::OnceLock;

fn touch() {
    let _ = fs::remove_file("a");
}
fn leaf() {}

pub struct Loud;
impl Drop for Loud {
    fn drop(&mut self) {
        touch() //~ call touch
    }
}
pub struct Quiet;
impl Drop for Quiet {
    fn drop(&mut self) {
        leaf() //~ call leaf
    }
}

// Partial moves and updates.
pub struct Both {
    loud: Loud,
    quiet: Quiet,
}
fn keep<T>(value: T) -> T {
    value
}
pub fn move_loud_out(both: Both) -> Loud {
    both.loud
} //~ drop <Quiet as std::ops::Drop>::drop
pub fn move_quiet_out(both: Both) -> Quiet {
    both.quiet
} //~ drop <Loud as std::ops::Drop>::drop
pub fn destructure(both: Both) -> Loud {
    let Both { loud, quiet: _ } = both;
    loud
} //~ drop <Quiet as std::ops::Drop>::drop
pub fn update(both: Both) -> Both {
    Both { quiet: Quiet, ..both }
} //~ drop <Quiet as std::ops::Drop>::drop
pub fn sometimes(both: Both, flag: bool) -> Option<Both> {
    if flag {
        return Some(both);
    }
    None
} //~ drop <Loud as std::ops::Drop>::drop
//~| drop <Quiet as std::ops::Drop>::drop
pub fn shadowed() -> Quiet {
    let value = Loud;
    let value = (value, Quiet).1; //~ drop <Loud as std::ops::Drop>::drop
    value
} //~ drop <Quiet as std::ops::Drop>::drop
pub fn underscore() {
    let _ = Loud; //~ drop <Loud as std::ops::Drop>::drop
}
pub fn temporary() -> usize {
    size(&Loud) //~ call size
    //~| drop <Loud as std::ops::Drop>::drop
}
fn size(loud: &Loud) -> usize {
    mem::size_of_val(loud)
}

// Replaced, taken, forgotten.
pub fn replace(slot: &mut Loud) -> Loud {
    mem::replace(slot, Loud)
}
pub fn replace_and_drop(slot: &mut Loud) {
    let _old = mem::replace(slot, Loud);
} //~ drop <Loud as std::ops::Drop>::drop
pub fn take(slot: &mut Option<Loud>) -> Option<Loud> {
    mem::take(slot)
}
pub fn take_and_drop(slot: &mut Option<Loud>) {
    drop(slot.take()) //~ drop <Loud as std::ops::Drop>::drop
}
pub fn swap(left: &mut Loud, right: &mut Loud) {
    mem::swap(left, right)
}
pub fn forget(loud: Loud) {
    mem::forget(loud)
}
pub fn forget_box() {
    Box::leak(Box::new(Loud));
}
pub fn into_raw() -> *mut Loud {
    Box::into_raw(Box::new(Loud))
}
pub fn from_raw(pointer: *mut Loud) {
    unsafe { drop(Box::from_raw(pointer)) } //~ drop <Loud as std::ops::Drop>::drop
}
pub fn manually(loud: Loud) {
    let mut slot = ManuallyDrop::new(loud);
    let _ = &mut slot;
}
pub fn manually_dropped(loud: Loud) {
    let mut slot = ManuallyDrop::new(loud);
    unsafe { ManuallyDrop::drop(&mut slot) } //~ drop <Loud as std::ops::Drop>::drop
}
pub fn taken_back(loud: Loud) -> Loud {
    ManuallyDrop::into_inner(ManuallyDrop::new(loud))
}
pub fn uninitialised() {
    let mut slot = MaybeUninit::<Loud>::uninit();
    slot.write(Loud);
}
pub fn drop_in_place(slot: &mut Loud) {
    unsafe { std::ptr::drop_in_place(slot) } //~ drop <Loud as std::ops::Drop>::drop
}
pub fn read_pointer(slot: *const Loud) {
    let _value = unsafe { std::ptr::read(slot) };
} //~ drop <Loud as std::ops::Drop>::drop
pub union Either {
    pub loud: ManuallyDrop<Loud>,
    pub number: u8,
}
pub fn drops_union(either: Either) {
    let _kept = either;
}
pub fn drops_union_field(mut either: Either) {
    unsafe { ManuallyDrop::drop(&mut either.loud) } //~ drop <Loud as std::ops::Drop>::drop
}

// Generic owners.
pub struct Guard<T, F: FnMut(&mut T)> {
    value: T,
    action: F,
}
impl<T, F: FnMut(&mut T)> Drop for Guard<T, F> {
    fn drop(&mut self) {
        (self.action)(&mut self.value)
        //~^ <Guard<Quiet, guard_is_quiet::{closure#0}> as std::ops::Drop>::drop: dispatch guard_is_quiet::{closure#0}
        //~| <Guard<i32, guard_touches::{closure#0}> as std::ops::Drop>::drop: dispatch guard_touches::{closure#0}
    }
}
pub fn guard_touches() {
    let _guard = Guard { value: 1, action: |_value| touch() }; //~ call touch
} //~ drop <Guard<i32, guard_touches::{closure#0}> as std::ops::Drop>::drop
pub fn guard_is_quiet() {
    let _guard = Guard { value: Quiet, action: |_value| leaf() }; //~ call leaf
} //~ drop <Guard<Quiet, guard_is_quiet::{closure#0}> as std::ops::Drop>::drop
//~| drop <Quiet as std::ops::Drop>::drop
pub trait Discard {
    fn discard(&mut self);
}
pub struct Discards<T: Discard>(pub T);
impl<T: Discard> Drop for Discards<T> {
    fn drop(&mut self) {
        self.0.discard() //~ <Discards<u16> as std::ops::Drop>::drop: dispatch <u16 as Discard>::discard
        //~| <Discards<u8> as std::ops::Drop>::drop: dispatch <u8 as Discard>::discard
    }
}
impl Discard for u8 {
    fn discard(&mut self) {
        leaf() //~ call leaf
    }
}
impl Discard for u16 {
    fn discard(&mut self) {
        touch() //~ call touch
    }
}
pub fn discards_byte() {
    let _value = Discards(1u8);
} //~ drop <Discards<u8> as std::ops::Drop>::drop
pub fn discards_word() {
    let _value = Discards(1u16);
} //~ drop <Discards<u16> as std::ops::Drop>::drop
fn consume<T>(_value: T) {} //~ consume<Quiet>: drop <Quiet as std::ops::Drop>::drop
//~| consume<std::vec::Vec<std::option::Option<Quiet>, std::alloc::Global>>: drop <Quiet as std::ops::Drop>::drop
pub fn consumes_quiet() {
    consume(Quiet) //~ call consume<Quiet>
}
pub fn consumes_list() {
    consume(vec![Some(Quiet)]) //~ call consume<std::vec::Vec<std::option::Option<Quiet>, std::alloc::Global>>
}

// Containers.
pub fn list_of_quiet() {
    let _list: Vec<Quiet> = Vec::new();
} //~ drop <Quiet as std::ops::Drop>::drop
pub fn list_into_iter(list: Vec<Loud>) {
    for item in list {
        mem::forget(item)
    } //~ drop <Loud as std::ops::Drop>::drop
}
pub fn queue(mut queue: VecDeque<Quiet>) -> Option<Quiet> {
    queue.pop_front()
} //~ drop <Quiet as std::ops::Drop>::drop
pub fn map(mut map: HashMap<Quiet2, Loud>) {
    map.remove(&Quiet2); //~ callback <Quiet2 as std::cmp::PartialEq>::eq
    //~| callback <Quiet2 as std::hash::Hash>::hash<__H>
    //~| drop <Loud as std::ops::Drop>::drop
    //~| drop <Quiet2 as std::ops::Drop>::drop
} //~ drop <Loud as std::ops::Drop>::drop
//~| drop <Quiet2 as std::ops::Drop>::drop
#[derive(PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Quiet2;
impl Drop for Quiet2 {
    fn drop(&mut self) {
        leaf() //~ call leaf
    }
}
pub fn map_borrowed(map: &HashMap<Quiet2, Loud>) -> usize {
    map.len()
}
pub fn map_replaces(map: &mut HashMap<u8, Loud>) {
    map.insert(1, Loud); //~ drop <Loud as std::ops::Drop>::drop
}
pub fn tree(tree: &mut BTreeMap<u8, Loud>) {
    tree.clear() //~ drop/2 <Loud as std::ops::Drop>::drop
}
pub fn truncate(list: &mut Vec<Loud>) {
    list.truncate(1) //~ drop/2 <Loud as std::ops::Drop>::drop
}
pub fn push(list: &mut Vec<Loud>) {
    list.push(Loud)
}
pub fn pop(list: &mut Vec<Loud>) -> Option<Loud> {
    list.pop()
}
pub fn shared(loud: &Rc<Loud>) -> Rc<Loud> {
    Rc::clone(loud)
}
pub fn shared_dropped(loud: Rc<Loud>) -> usize {
    Rc::strong_count(&loud)
} //~ drop <Loud as std::ops::Drop>::drop
pub fn weak(loud: &Rc<Loud>) -> usize {
    let weak: Weak<Loud> = Rc::downgrade(loud);
    weak.strong_count()
}
pub fn weak_upgraded(weak: &Weak<Loud>) -> bool {
    weak.upgrade().is_some() //~ drop <Loud as std::ops::Drop>::drop
}
pub fn cell(cell: &Cell<Option<Loud>>) {
    cell.set(None) //~ drop <Loud as std::ops::Drop>::drop
}
pub fn cell_taken(cell: &Cell<Option<Loud>>) -> Option<Loud> {
    cell.take()
}
pub fn ref_cell(cell: &RefCell<Loud>) {
    *cell.borrow_mut() = Loud //~ drop <Loud as std::ops::Drop>::drop
}
pub fn once_cell() {
    let cell = OnceCell::new();
    let _ = cell.set(Loud); //~ drop <Loud as std::ops::Drop>::drop
} //~ drop <Loud as std::ops::Drop>::drop
static NEVER: OnceLock<Loud> = OnceLock::new();
pub fn never_dropped() {
    let _ = NEVER.get_or_init(|| Loud); //~ callback never_dropped::{closure#0}
    //~| static NEVER
}
pub fn array(items: [Loud; 2]) -> Loud {
    let [first, _] = items;
    first
} //~ drop <Loud as std::ops::Drop>::drop
pub fn slices(items: Box<[Quiet]>) -> usize {
    items.len()
} //~ drop <Quiet as std::ops::Drop>::drop

// Trait objects.
pub trait Make {
    fn make(&self) -> u8;
}
pub struct Made(Loud);
impl Make for Made {
    fn make(&self) -> u8 {
        1
    }
}
pub struct Plain;
impl Make for Plain {
    fn make(&self) -> u8 {
        2
    }
}
pub fn made(flag: bool) -> Box<dyn Make> {
    if flag { Box::new(Made(Loud)) } else { Box::new(Plain) } //~ cast <Loud as std::ops::Drop>::drop
    //~| cast <Made as Make>::make
    //~| cast <Plain as Make>::make
}
pub fn drops_object() {
    let _object = made(true); //~ call made
} //~ drop/2 <Loud as std::ops::Drop>::drop
pub fn drops_objects(objects: Vec<Box<dyn Make>>) -> usize {
    objects.len()
} //~ drop/2 <Loud as std::ops::Drop>::drop
pub fn drops_shared_object(object: Rc<RefCell<dyn Make>>) -> u8 {
    object.borrow().make() //~ dyn/2 <Made as Make>::make
    //~| dyn/2 <Plain as Make>::make
} //~ drop/2 <Loud as std::ops::Drop>::drop
pub fn shared_object() -> u8 {
    drops_shared_object(Rc::new(RefCell::new(Plain))) //~ call drops_shared_object
    //~| cast <Plain as Make>::make
}
pub fn borrows_object(object: &dyn Make) -> u8 {
    object.make() //~ dyn/2 <Made as Make>::make
    //~| dyn/2 <Plain as Make>::make
}
pub trait Other {}
impl Other for Quiet {}
pub fn other_object() {
    let _object: Box<dyn Other> = Box::new(Quiet); //~ cast <Quiet as std::ops::Drop>::drop
} //~ drop <Quiet as std::ops::Drop>::drop

// Enums, closures, coroutines.
pub enum Message {
    Loud(Loud),
    Quiet(Quiet),
    Empty,
}
pub fn message(message: Message) -> bool {
    matches!(message, Message::Empty)
} //~ drop <Loud as std::ops::Drop>::drop
//~| drop <Quiet as std::ops::Drop>::drop
pub fn message_opened(message: Message) -> Option<Loud> {
    match message {
        Message::Loud(loud) => Some(loud),
        Message::Quiet(_) | Message::Empty => None,
    }
} //~ drop <Loud as std::ops::Drop>::drop
//~| drop <Quiet as std::ops::Drop>::drop
pub fn closure_captures(quiet: Quiet) {
    let closure = move || size_of_quiet(&quiet); //~ call size_of_quiet
    closure(); //~ dispatch closure_captures::{closure#0}
} //~ drop <Quiet as std::ops::Drop>::drop
fn size_of_quiet(quiet: &Quiet) -> usize {
    mem::size_of_val(quiet)
}
pub fn closure_consumes(quiet: Quiet) {
    let closure = move || drop(quiet); //~ drop <Quiet as std::ops::Drop>::drop
    closure(); //~ dispatch closure_consumes::{closure#0}
}
pub fn closure_borrows(loud: &Loud) -> usize {
    let closure = || size(loud); //~ call size
    closure() //~ dispatch closure_borrows::{closure#0}
}
pub fn closure_boxed(loud: Loud) -> Box<dyn Fn() -> usize> {
    Box::new(move || size(&loud)) //~ call size
    //~| cast <Loud as std::ops::Drop>::drop
    //~| cast closure_boxed::{closure#0}
}
pub fn closure_box_dropped(closure: Box<dyn Fn() -> usize>) -> usize {
    closure() //~ dyn closure_boxed::{closure#0}
} //~ drop <Loud as std::ops::Drop>::drop
async fn pause() {}
pub fn future_holds(quiet: Quiet) {
    let _future = async move { //~ unused future_holds::{closure#0}
        pause().await; //~ call pause
        //~| dispatch pause::{closure#0}
        size_of_quiet(&quiet) //~ call size_of_quiet
    }; //~ drop <Quiet as std::ops::Drop>::drop
} //~ drop <Quiet as std::ops::Drop>::drop
pub fn future_makes() {
    let _future = async { //~ unused future_makes::{closure#0}
        let quiet = Quiet;
        pause().await; //~ call pause
        //~| dispatch pause::{closure#0}
        size_of_quiet(&quiet); //~ call size_of_quiet
    }; //~ drop <Quiet as std::ops::Drop>::drop
} //~ drop <Quiet as std::ops::Drop>::drop
pub async fn future_argument(loud: Loud) -> usize {
    pause().await; //~ call pause
    //~| dispatch pause::{closure#0}
    size(&loud) //~ call size
} //~ drop <Loud as std::ops::Drop>::drop
pub fn future_dropped(loud: Loud) {
    drop(future_argument(loud)) //~ call future_argument
    //~| drop <Loud as std::ops::Drop>::drop
}
pub fn panics(loud: Loud, fail: bool) {
    if fail {
        panic!("failed")
    }
    mem::forget(loud)
} //~ drop <Loud as std::ops::Drop>::drop
pub fn keeps() -> Loud {
    keep(Loud) //~ call keep<Loud>
}
