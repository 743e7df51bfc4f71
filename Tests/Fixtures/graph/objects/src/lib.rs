//! Trait objects: vtables, upcasting, `dyn Fn`, `Box<dyn Error>`.
use std::error::Error;
use std::fmt;
use std::fs;

pub trait Store {
    fn put(&self);
    fn never_called(&self) {
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
    if disk { Box::new(Disk) } else { Box::new(Memory) }
}
pub fn through_box(store: Box<dyn Store>) {
    store.put()
}
pub fn both() {
    through_box(make(true))
}
pub fn plain() {
    Unboxed.put()
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
    object.derived()
}
fn use_base(object: &dyn Base) {
    object.base()
}
pub fn supertrait_method() {
    let object: &dyn Derived = &Only;
    object.base()
}
pub fn upcast() {
    let object: &dyn Derived = &Only;
    use_derived(object);
    use_base(object)
}

pub fn call_boxed(action: Box<dyn Fn(u32) -> u32>) -> u32 {
    action(1)
}
pub fn boxed_closure() -> u32 {
    let base = 3;
    call_boxed(Box::new(move |x| helper(x) + base))
}
fn helper(x: u32) -> u32 {
    x
}
pub fn call_other(action: &dyn Fn(&str)) {
    action("x")
}
pub fn other_closure() {
    call_other(&|path| {
        let _ = fs::remove_dir(path);
    })
}

#[derive(Debug)]
pub struct Failed;
impl fmt::Display for Failed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(describe())
    }
}
impl Error for Failed {}
fn describe() -> &'static str {
    "failed"
}
pub fn fail() -> Result<(), Box<dyn Error>> {
    Err(Box::new(Failed))
}
pub fn fail_by_question_mark() -> Result<(), Box<dyn Error>> {
    Err(Failed)?;
    Ok(())
}
pub fn show_error() -> String {
    match fail() {
        Ok(()) => String::new(),
        Err(error) => error.to_string(),
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
        helper(1);
    }
}
pub fn visit_bytes() {
    let visitor: &dyn Visit<u8> = &Visitor;
    visitor.visit(1)
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
        self.0.put()
    }
}
fn erase<T: Store + 'static>(value: T) -> Box<dyn Late> {
    Box::new(Generic(value))
}
pub fn erased_memory() {
    erase(Memory).late()
}
