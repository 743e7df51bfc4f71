//! The `.d` files of rustc.

/// The source files that a compilation read, and the environment variables that its macros asked for.
#[derive(Default)]
pub struct DepInfo {
    /// As written: relative to the compiler's working directory or absolute.
    pub sources: Vec<String>,
    /// `NAME=VALUE`, or `NAME` for one that is not set.
    pub environment: Vec<String>,
}

impl DepInfo {
    /// Reads the first make rule, which names all sources, and the `# env-dep:` comments.
    pub fn parse(text: &str) -> DepInfo {
        let mut result = DepInfo::default();
        for line in text.lines() {
            if let Some(variable) = line.strip_prefix("# env-dep:") {
                result.environment.push(variable.to_owned());
            } else if let Some((_, prerequisites)) = line.split_once(": ") {
                if result.sources.is_empty() && !line.starts_with('#') {
                    result.sources = split_names(prerequisites);
                }
            }
        }
        result.sources.sort();
        result.sources.dedup();
        result.environment.sort();
        result
    }
}

/// Names are separated by blanks; a blank of a name stands behind a backslash.
fn split_names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut name = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '\\' && characters.peek() == Some(&' ') {
            characters.next();
            name.push(' ');
        } else if character == ' ' {
            if !name.is_empty() {
                names.push(std::mem::take(&mut name));
            }
        } else {
            name.push(character);
        }
    }
    if !name.is_empty() {
        names.push(name);
    }
    names
}

#[cfg(test)]
mod tests {
    #[test]
    fn rule_with_blanks_and_environment() {
        let text = "out/a.d: src/lib.rs src/my\\ file.rs\n\nsrc/lib.rs:\n\n# env-dep:OUT_DIR=/x\n# env-dep:UNSET\n";
        let info = super::DepInfo::parse(text);
        assert_eq!(info.sources, ["src/lib.rs", "src/my file.rs"]);
        assert_eq!(info.environment, ["OUT_DIR=/x", "UNSET"]);
    }
}
