//! Trait objects: vtables, upcasting, `dyn Fn`, `Box<dyn Error>`.
use std::error::Error;
use std::fmt;
use std::fs;

pub trait Store {
    fn put(&self);
    fn never_called(&self) { //~ kept <Disk as Store>::never_called
    //~| kept <Memory as Store>::never_called
        let _ = fs::remove_file("never");
    }
}
pub struct Disk;
pub struct Memory;
pub struct Unboxed;
impl Store for Disk {
    fn put(&self) {
        let _ = fs::write("a", "b");
    }
}
impl Store for Memory {
    fn put(&self) {}
}
impl Store for Unboxed {
    fn put(&self) {
        let _ = fs::read("unboxed");
    }
}

pub fn make(disk: bool) -> Box<dyn Store> {
    if disk { Box::new(Disk) } else { Box::new(Memory) } //~ cast <Disk as Store>::never_called
    //~| cast <Disk as Store>::put
    //~| cast <Memory as Store>::never_called
    //~| cast <Memory as Store>::put
}
pub fn through_box(store: Box<dyn Store>) {
    store.put() //~ dyn/2 <Disk as Store>::put
    //~| dyn/2 <Memory as Store>::put
}
pub fn both() {
    through_box(make(true)) //~ call make
    //~| call through_box
}
pub fn plain() {
    Unboxed.put() //~ dispatch <Unboxed as Store>::put
}

trait Base {
    fn base(&self);
}
trait Derived: Base {
    fn derived(&self);
}
struct Only;
impl Base for Only {
    fn base(&self) {
        let _ = fs::read("base");
    }
}
impl Derived for Only {
    fn derived(&self) {}
}
fn use_derived(object: &dyn Derived) {
    object.derived() //~ dyn <Only as Derived>::derived
}
fn use_base(object: &dyn Base) {
    object.base() //~ dyn <Only as Base>::base
}
pub fn supertrait_method() {
    let object: &dyn Derived = &Only; //~ cast <Only as Base>::base
    //~| cast <Only as Derived>::derived
    object.base() //~ dyn <Only as Base>::base
}
pub fn upcast() {
    let object: &dyn Derived = &Only; //~ cast <Only as Base>::base
    //~| cast <Only as Derived>::derived
    use_derived(object); //~ call use_derived
    use_base(object) //~ call use_base
}

pub fn call_boxed(action: Box<dyn Fn(u32) -> u32>) -> u32 {
    action(1) //~ dyn boxed_closure::{closure#0}
}
pub fn boxed_closure() -> u32 {
    let base = 3;
    call_boxed(Box::new(move |x| helper(x) + base)) //~ call call_boxed
    //~| call helper
    //~| cast boxed_closure::{closure#0}
}
fn helper(x: u32) -> u32 {
    x
}
pub fn call_other(action: &dyn Fn(&str)) {
    action("x") //~ dyn other_closure::{closure#0}
}
pub fn other_closure() {
    call_other(&|path| { //~ call call_other
    //~| cast other_closure::{closure#0}
        let _ = fs::remove_dir(path);
    })
}

#[derive(Debug)]
pub struct Failed;
impl fmt::Display for Failed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(describe()) //~ call describe
    }
}
impl Error for Failed {}
fn describe() -> &'static str {
    "failed"
}
pub fn fail() -> Result<(), Box<dyn Error>> {
    Err(Box::new(Failed)) //~ cast <Failed as std::fmt::Debug>::fmt
    //~| cast <Failed as std::fmt::Display>::fmt
}
pub fn fail_by_question_mark() -> Result<(), Box<dyn Error>> {
    Err(Failed)?; //~ cast <Failed as std::fmt::Debug>::fmt
    //~| cast <Failed as std::fmt::Display>::fmt
    Ok(())
}
pub fn show_error() -> String {
    match fail() { //~ call fail
        Ok(()) => String::new(),
        Err(error) => error.to_string(), //~ dyn <Failed as std::fmt::Display>::fmt
    }
}

pub trait Visit<T> {
    fn visit(&self, value: T);
}
pub struct Visitor;
impl Visit<u8> for Visitor {
    fn visit(&self, _value: u8) {}
}
impl Visit<u16> for Visitor {
    fn visit(&self, _value: u16) {
        helper(1); //~ call helper
    }
}
pub fn visit_bytes() {
    let visitor: &dyn Visit<u8> = &Visitor; //~ cast <Visitor as Visit<u8>>::visit
    visitor.visit(1) //~ dyn <Visitor as Visit<u8>>::visit
}

pub struct Generic<T>(pub T);
impl<T: Store> Store for Generic<T> {
    fn put(&self) {
        self.0.put()
    }
}
trait Late {
    fn late(&self);
}
impl<T: Store> Late for Generic<T> {
    fn late(&self) {
        self.0.put() //~ dispatch <Memory as Store>::put
    }
}
fn erase<T: Store + 'static>(value: T) -> Box<dyn Late> {
    Box::new(Generic(value)) //~ cast <Generic<Memory> as Late>::late
}
pub fn erased_memory() {
    erase(Memory).late() //~ call erase<Memory>
    //~| dyn <Generic<Memory> as Late>::late
}
