//! A program whose `ocap_main` works on what it is given and opens nothing, and one that cheats.
use std::fs::File;
use std::io::{self, Read, Write};

mod text {
    use std::io::{self, Read, Write};

    /// Works on what it is given.
    pub fn copy_upper(input: &mut impl Read, output: &mut impl Write) -> io::Result<()> {
        let mut buffer = String::new();
        input.read_to_string(&mut buffer)?;
        output.write_all(buffer.to_uppercase().as_bytes())
    }

    pub fn report(problem: &io::Error) {
        println!("{problem}");
    }
}

fn ocap_main(input: &mut impl Read, output: &mut impl Write) -> io::Result<()> {
    text::copy_upper(input, output)
}

fn cheating_main(input: &mut impl Read, output: &mut impl Write) {
    if let Err(problem) = text::copy_upper(input, output) {
        text::report(&problem);
    }
}

fn main() -> io::Result<()> {
    let mut input = File::open("input.txt")?;
    ocap_main(&mut input, &mut io::stdout())?;
    cheating_main(&mut input, &mut io::stdout());
    Ok(())
}
