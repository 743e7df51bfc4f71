//! Branches on constants, which the compiler takes one way.
use std::cell::Cell;
use std::cell::RefCell;

trait Shape {
    fn draw(&self);
}

struct Square;
impl Shape for Square {
    fn draw(&self) {}
}

struct Circle;
impl Shape for Circle {
    fn draw(&self) { //~ unused <Circle as Shape>::draw
        removed(); //~ call removed
    }
}

fn removed() {
    let _ = std::fs::remove_file("a");
}

/// Only another target runs `removed`.
pub fn on_windows() {
    if cfg!(windows) {
        removed(); //~ call removed
    }
}

fn draw_all(shapes: &[Box<dyn Shape>]) {
    for shape in shapes {
        shape.draw(); //~ dyn <Square as Shape>::draw
    }
}

/// A circle is made on another target only.
pub fn shapes() {
    let mut shapes: Vec<Box<dyn Shape>> = vec![Box::new(Square)]; //~ cast <Square as Shape>::draw
    if cfg!(windows) {
        shapes.push(Box::new(Circle)); //~ cast <Circle as Shape>::draw
    }
    draw_all(&shapes); //~ call draw_all
}

pub struct Guard;
impl Drop for Guard {
    fn drop(&mut self) {}
}

thread_local! {
    static PLAIN: Cell<u32> = const { Cell::new(1) }; //~ cast PLAIN::{constant#0}::{closure#0}
    //~| cast PLAIN::{constant#0}::{closure#1}
    //~| pointer PLAIN::{constant#0}::{closure#1}
    //~| static PLAIN::__RUST_STD_INTERNAL_INIT
    //~| static PLAIN::__RUST_STD_INTERNAL_VAL
    //~| static PLAIN::{constant#0}::{closure#0}
    //~| static PLAIN::{constant#0}::{closure#1}
    static GUARDED: RefCell<Guard> = const { RefCell::new(Guard) }; //~ cast GUARDED::{constant#0}::{closure#0}
    //~| cast GUARDED::{constant#0}::{closure#1}
    //~| drop <Guard as std::ops::Drop>::drop
    //~| pointer GUARDED::{constant#0}::{closure#0}
    //~| static GUARDED::__RUST_STD_INTERNAL_INIT
    //~| static GUARDED::__RUST_STD_INTERNAL_VAL
    //~| static GUARDED::{constant#0}::{closure#0}
    //~| static GUARDED::{constant#0}::{closure#1}
}

/// Its accessor registers no destructor.
pub fn plain() -> u32 {
    PLAIN.with(|value| value.get()) //~ callback plain::{closure#0}
    //~| static PLAIN
}

/// Its accessor registers one.
pub fn guarded() -> bool {
    GUARDED.with(|value| value.try_borrow().is_ok()) //~ callback guarded::{closure#0}
    //~| static GUARDED
}

#[derive(Clone, Copy)]
pub struct Token(u32);

/// What is `Copy` is copied without a call of `clone`.
pub fn copied(token: &Cell<Token>) -> u32 {
    token.get().0
}
