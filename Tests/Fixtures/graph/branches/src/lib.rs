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
    fn draw(&self) {
        removed();
    }
}

fn removed() {
    let _ = std::fs::remove_file("a");
}

/// Only another target runs `removed`.
pub fn on_windows() {
    if cfg!(windows) {
        removed();
    }
}

fn draw_all(shapes: &[Box<dyn Shape>]) {
    for shape in shapes {
        shape.draw();
    }
}

/// A circle is made on another target only.
pub fn shapes() {
    let mut shapes: Vec<Box<dyn Shape>> = vec![Box::new(Square)];
    if cfg!(windows) {
        shapes.push(Box::new(Circle));
    }
    draw_all(&shapes);
}

pub struct Guard;
impl Drop for Guard {
    fn drop(&mut self) {}
}

thread_local! {
    static PLAIN: Cell<u32> = const { Cell::new(1) };
    static GUARDED: RefCell<Guard> = const { RefCell::new(Guard) };
}

/// Its accessor registers no destructor.
pub fn plain() -> u32 {
    PLAIN.with(|value| value.get())
}

/// Its accessor registers one.
pub fn guarded() -> bool {
    GUARDED.with(|value| value.try_borrow().is_ok())
}

#[derive(Clone, Copy)]
pub struct Token(u32);

/// What is `Copy` is copied without a call of `clone`.
pub fn copied(token: &Cell<Token>) -> u32 {
    token.get().0
}
