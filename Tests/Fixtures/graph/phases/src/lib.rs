//! A library with a build script, and a user of a proc macro.
use phases_macros::Nothing;

#[derive(Nothing)]
pub struct Empty;
pub fn run() {
    phases_helper::help() //~ call phases_helper::help
}
