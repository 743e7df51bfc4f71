//! The `thir` stream: which definition each mentioned function is.
//!
//! `-Zunpretty=thir-flat` prints hundreds of megabytes; three lines of each mention of a function are kept. It is only
//! made where MIR's names are ambiguous, that is where the closure holds two crates of one name.

use std::io::{BufRead, Write};

/// Lines longer than this are not of interest and are not kept in memory.
const LONGEST_LINE: usize = 1 << 20;

/// Copies the mentions of functions of other crates: `OWNER<TAB>SPAN<TAB>CALLEE`, one a line.
pub fn filter(input: &mut impl BufRead, output: &mut impl Write) -> std::io::Result<()> {
    let mut mention = Mention::default();
    let mut line = Vec::new();
    while read_line(input, &mut line)? {
        if let Ok(text) = std::str::from_utf8(&line) {
            if let Some(found) = mention.next_line(text) {
                writeln!(output, "{found}")?;
            }
        }
    }
    Ok(())
}

/// The expression that is being read.
#[derive(Default)]
struct Mention {
    owner: String,
    /// Indentation of the fields of a function constant, while one is being read.
    indentation: Option<usize>,
    expects_definition: bool,
    callee: String,
}

impl Mention {
    fn next_line(&mut self, line: &str) -> Option<String> {
        if let Some(owner) = line.strip_prefix("DefId(").and_then(|rest| rest.strip_suffix("):")) {
            self.owner = definition_path(owner).to_owned();
            return None;
        }
        let text = line.trim_start();
        let indentation = line.len() - text.len();
        if text == "kind: ZstLiteral {" {
            self.indentation = Some(indentation);
            self.callee.clear();
            return None;
        }
        let expected = self.indentation?;
        if self.expects_definition {
            self.expects_definition = false;
            if let Some(definition) = text.strip_prefix("DefId(").and_then(|rest| rest.strip_suffix("),")) {
                self.callee = definition_path(definition).to_owned();
            }
            return None;
        }
        if indentation != expected {
            return None;
        }
        if let Some(type_text) = text.strip_prefix("ty: ") {
            self.expects_definition = type_text == "FnDef(";
            return None;
        }
        let span = text.strip_prefix("span: ")?.trim_end_matches(',');
        self.indentation = None;
        let span = span.rsplit_once(" (#").map_or(span, |(place, _)| place);
        is_of_interest(&self.owner, &self.callee).then(|| format!("{}\t{span}\t{}", self.owner, self.callee))
    }
}

/// `21:8 ~ alpha[7ce9]::imp::buried` without the numbers, which differ between compilations.
fn definition_path(definition: &str) -> &str {
    definition.split_once(" ~ ").map_or(definition, |(_, path)| path)
}

/// MIR names functions of the own crate and of the sysroot without ambiguity.
fn is_of_interest(owner: &str, callee: &str) -> bool {
    let crate_of = |path: &str| path.split("::").next().unwrap_or("").to_owned();
    let callee_crate = crate_of(callee);
    let name = callee_crate.split('[').next().unwrap_or("");
    !callee.is_empty() && callee_crate != crate_of(owner) && !["core", "alloc", "std", "proc_macro"].contains(&name)
}

/// Reads one line without its end; what exceeds the limit is skipped. False at the end of the input.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<bool> {
    line.clear();
    let mut any = false;
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(any);
        }
        any = true;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let taken = end.unwrap_or(buffer.len());
        if line.len() + taken <= LONGEST_LINE {
            line.extend_from_slice(&buffer[..taken]);
        }
        input.consume(end.map_or(taken, |end| end + 1));
        if end.is_some() {
            return Ok(true);
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn keeps_function_constants_of_other_crates() {
        let text = "DefId(0:9 ~ user[230a]::g):\nThir {\n    exprs: [\n        Expr {\n            kind: ZstLiteral {\n\
                    \x20               user_ty: None,\n            },\n            ty: FnDef(\n\
                    \x20               DefId(21:8 ~ alpha[7ce9]::imp::buried),\n                [],\n            ),\n\
                    \x20           temp_scope_id: 7,\n            span: user.rs:3:28: 3:44 (#0),\n        },\n";
        let mut output = Vec::new();
        super::filter(&mut text.as_bytes(), &mut output).unwrap();
        let expected = "user[230a]::g\tuser.rs:3:28: 3:44\talpha[7ce9]::imp::buried\n";
        assert_eq!(String::from_utf8(output).unwrap(), expected);
    }
}
