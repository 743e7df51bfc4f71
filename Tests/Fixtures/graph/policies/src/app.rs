//! Prints, and hands out what it works on.
use std::io::Write;

fn main() {
    let text = sandbox::load("input");
    println!("{}", plugin::run(&text));
    if let Some(name) = shared::setting("NAME") {
        ocap_main(&mut std::io::sink(), &name);
        careless_main(&name);
    }
}

/// Works on what it is given, and nothing else.
fn ocap_main(output: &mut impl Write, name: &str) {
    let _ = output.write_all(name.as_bytes());
}

/// Prints although it was not given anything to print on.
fn careless_main(name: &str) {
    print!("{name}");
}
