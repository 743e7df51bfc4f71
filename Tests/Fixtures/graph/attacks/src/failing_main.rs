//! What `main` returns acts when the program ends.
fn main() -> Result<(), overridden::Fault> {
    Err(overridden::Fault)
}
