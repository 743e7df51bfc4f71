//! What only the build script does.
//
// `expect` names the rows of level `place` that `--with scan:names` gives for a line: capability, verdict, why.

fn main() {
    // The description does nothing; the start does.
    let mut list = std::process::Command::new("ls"); // expect: process false-positive name-only
    let _ = list.status(); // expect: process.spawn true-positive
}
