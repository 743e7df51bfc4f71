//! A program that only adds numbers.
fn main() {
    assert!(early::add(1, 2) == 3);
}
