//! What `main` returns decides how the program ends.
fn main() -> overridden::Alarm {
    overridden::Alarm
}
