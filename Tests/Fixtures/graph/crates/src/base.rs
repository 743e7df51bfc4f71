//! The lowest crate: calls what its users implement, returns what they cannot name.
use std::fmt::Debug;
use std::future::Future;
use std::sync::Mutex;

pub trait Visit {
    fn visit(&self, depth: u32);
    fn children(&self) -> u32 {
        leaf() //~ <Self as Visit>::children: call leaf
        //~| <middle::Folder as Visit>::children: call leaf
    }
}
pub fn walk<V: Visit>(visitor: &V, depth: u32) {
    if depth > 0 {
        visitor.visit(depth - 1) //~ walk<middle::Empty>: dispatch <middle::Empty as Visit>::visit
        //~| walk<middle::Folder>: dispatch <middle::Folder as Visit>::visit
        //~| walk<middle::Nested<middle::Empty>>: dispatch <middle::Nested<middle::Empty> as Visit>::visit
        //~| walk<middle::Nested<middle::Nested<middle::Empty>>>: dispatch <middle::Nested<middle::Nested<middle::Empty>> as Visit>::visit
        //~| walk<top::Local>: dispatch <top::Local as Visit>::visit
    }
}
pub fn walk_object(visitor: &dyn Visit) {
    visitor.visit(1) //~ dyn/2 <middle::Empty as Visit>::visit
    //~| dyn/2 <middle::Folder as Visit>::visit
}
fn leaf() -> u32 {
    1
}

pub fn numbers() -> impl Iterator<Item = u32> {
    (0..3).map(|value| value + leaf()) //~ call leaf
    //~| callback numbers::{closure#0}
}
pub fn adder(base: u32) -> impl Fn(u32) -> u32 {
    move |value| base + value + leaf() //~ call leaf
}
pub fn boxed_adder(base: u32) -> Box<dyn Fn(u32) -> u32> {
    Box::new(move |value| base + value) //~ cast boxed_adder::{closure#0}
}
pub fn mapped<T, R>(value: T, action: impl Fn(T) -> R) -> impl FnOnce() -> R {
    move || action(value) //~ mapped<u8, (), top::map::{closure#0}>::{closure#0}: dispatch top::map::{closure#0}
    //~| mapped<u8, u8, top::map_pure::{closure#0}>::{closure#0}: dispatch top::map_pure::{closure#0}
}
pub async fn load() -> u32 {
    leaf() //~ call leaf
}
pub fn later(value: u32) -> impl Future<Output = u32> {
    async move { value + leaf() } //~ call leaf
}
pub fn visitor() -> impl Visit + Debug {
    Hidden
}
#[derive(Debug)]
struct Hidden;
impl Visit for Hidden {
    fn visit(&self, _depth: u32) {
        leaf(); //~ call leaf
    }
}

#[macro_export]
macro_rules! counted {
    ($name:ident, $action:expr) => {
        pub fn $name() -> u32 {
            $crate::counting(); //~ call base::counting
            let action = || $action; //~ call touch
            action() //~ dispatch count_pure::{closure#0}
            //~| dispatch count_touch::{closure#0}
        }
    };
}
pub fn counting() {}

static ACTIONS: Mutex<Vec<fn(u8)>> = Mutex::new(Vec::new());
pub fn register(action: fn(u8)) {
    if let Ok(mut actions) = ACTIONS.lock() { //~ static ACTIONS
        actions.push(action)
    }
}
pub fn run_all() {
    if let Ok(actions) = ACTIONS.lock() { //~ static ACTIONS
        for action in actions.iter() {
            action(1) //~ pointer top::handle
        }
    }
}
pub struct Guard<F: FnMut()>(pub F);
impl<F: FnMut()> Drop for Guard<F> {
    fn drop(&mut self) {
        (self.0)() //~ <Guard<top::guarded::{closure#0}> as std::ops::Drop>::drop: dispatch top::guarded::{closure#0}
        //~| <Guard<top::guarded_pure::{closure#0}> as std::ops::Drop>::drop: dispatch top::guarded_pure::{closure#0}
    }
}
