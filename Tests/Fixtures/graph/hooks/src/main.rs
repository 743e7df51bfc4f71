//! Uses libraries that hook into the program.
fn main() {
    first::hooks_first_own();
    second::run_assembly();
    second::process();
    second::compress();
}
