//! One call of rustc as cargo makes it.

/// A call that compiles one of cargo's units.
pub struct Invocation {
    pub rustc: String,
    /// All arguments, response files expanded.
    pub arguments: Vec<String>,
    pub crate_name: String,
    /// `-C extra-filename`, with its leading hyphen.
    pub extra_filename: String,
    /// All `-C metadata` values.
    pub metadata: Vec<String>,
    /// The root source file as written.
    pub root: String,
    pub edition: String,
    pub crate_types: Vec<String>,
    /// The kinds of `--emit`.
    pub emit: Vec<String>,
    pub output_directory: String,
    pub target: Option<String>,
    /// `--cfg` values that are not features.
    pub cfgs: Vec<String>,
    pub features: Vec<String>,
    /// Extern name and file of each `--extern` that names a file.
    pub externs: Vec<(String, String)>,
    pub is_test: bool,
}

/// Options of rustc whose value may be the next argument.
const OPTIONS_WITH_VALUE: &[&str] = &[
    "--crate-name", "--crate-type", "--out-dir", "--edition", "--emit", "--print", "--target", "--cfg", "--check-cfg",
    "--extern", "--cap-lints", "--error-format", "--json", "--color", "--sysroot", "--codegen", "--explain", "--allow",
    "--warn", "--deny", "--forbid", "--force-warn", "--remap-path-prefix", "--diagnostic-width", "-C", "-L", "-l", "-o",
    "-A", "-W", "-D", "-F", "-Z",
];

impl Invocation {
    /// Recognises cargo's own units: they have `--crate-name NAME` as two arguments, `-C metadata=` and
    /// `-C extra-filename=`. Build scripts that try out the compiler never have all three.
    pub fn parse(rustc: &str, arguments: &[String]) -> Option<Invocation> {
        let arguments = expand_response_files(arguments)?;
        let mut invocation = Invocation {
            rustc: rustc.to_owned(),
            arguments: Vec::new(),
            crate_name: String::new(),
            extra_filename: String::new(),
            metadata: Vec::new(),
            root: String::new(),
            edition: "2015".to_owned(),
            crate_types: Vec::new(),
            emit: Vec::new(),
            output_directory: String::new(),
            target: None,
            cfgs: Vec::new(),
            features: Vec::new(),
            externs: Vec::new(),
            is_test: false,
        };
        for option in options(&arguments) {
            invocation.take(option.name, option.value);
        }
        let two_arguments = arguments.iter().any(|argument| argument == "--crate-name");
        let is_unit = two_arguments
            && !invocation.metadata.is_empty()
            && !invocation.extra_filename.is_empty()
            && !invocation.root.is_empty()
            && !invocation.emit.is_empty()
            && is_plain_name(&invocation.id());
        invocation.arguments = arguments;
        is_unit.then_some(invocation)
    }

    /// The unit's name in the dump: crate name and cargo's extra-filename.
    pub fn id(&self) -> String {
        format!("{}{}", self.crate_name, self.extra_filename)
    }

    /// The path of the dep-info file that this call writes.
    pub fn dep_info_path(&self) -> std::path::PathBuf {
        std::path::Path::new(&self.output_directory).join(format!("{}.d", self.id()))
    }

    /// lib, bin, build-script or proc-macro.
    pub fn target_kind(&self) -> &'static str {
        if self.crate_types.iter().any(|kind| kind == "proc-macro") {
            "proc-macro"
        } else if !self.crate_types.iter().any(|kind| kind == "bin") {
            "lib"
        } else if self.crate_name.starts_with("build_script_") && std::env::var_os("CARGO_BIN_NAME").is_none() {
            "build-script"
        } else {
            "bin"
        }
    }

    fn take(&mut self, name: &str, value: &str) {
        match name {
            "" => self.root = value.to_owned(),
            "--crate-name" => self.crate_name = value.to_owned(),
            "--edition" => self.edition = value.to_owned(),
            "--crate-type" => self.crate_types.extend(value.split(',').map(str::to_owned)),
            "--emit" => self.emit.extend(value.split(',').map(str::to_owned)),
            "--out-dir" => self.output_directory = value.to_owned(),
            "--target" => self.target = Some(value.to_owned()),
            "--test" => self.is_test = true,
            "--cfg" => match feature_name(value) {
                Some(feature) => self.features.push(feature),
                None => self.cfgs.push(value.to_owned()),
            },
            "--extern" => self.externs.extend(extern_file(value)),
            "-C" | "--codegen" => {
                if let Some(metadata) = value.strip_prefix("metadata=") {
                    self.metadata.push(metadata.to_owned());
                } else if let Some(extra) = value.strip_prefix("extra-filename=") {
                    self.extra_filename = extra.to_owned();
                }
            }
            _ => {}
        }
    }
}

/// One option with its value; the name is empty for a plain argument. `range` says which arguments it consists of.
pub struct RustcOption<'a> {
    pub name: &'a str,
    pub value: &'a str,
    pub range: std::ops::Range<usize>,
}

/// Splits arguments into options and plain arguments.
pub fn options(arguments: &[String]) -> Vec<RustcOption<'_>> {
    let mut result = Vec::new();
    let mut index = 0;
    while index < arguments.len() {
        let argument = arguments[index].as_str();
        let mut length = 1;
        let (name, value) = if OPTIONS_WITH_VALUE.contains(&argument) && index + 1 < arguments.len() {
            length = 2;
            (argument, arguments[index + 1].as_str())
        } else if argument.starts_with("--") {
            argument.split_once('=').unwrap_or((argument, ""))
        } else if argument.len() > 2 && OPTIONS_WITH_VALUE.contains(&argument.get(..2).unwrap_or("")) {
            argument.split_at(2)
        } else if argument.starts_with('-') && argument != "-" {
            (argument, "")
        } else {
            ("", argument)
        };
        result.push(RustcOption { name, value, range: index..index + length });
        index += length;
    }
    result
}

/// Cargo puts the arguments into a file, one a line, where the command line would be too long.
fn expand_response_files(arguments: &[String]) -> Option<Vec<String>> {
    let mut expanded = Vec::new();
    for argument in arguments {
        match argument.strip_prefix('@') {
            Some(path) => expanded.extend(std::fs::read_to_string(path).ok()?.lines().map(str::to_owned)),
            None => expanded.push(argument.clone()),
        }
    }
    Some(expanded)
}

fn feature_name(cfg: &str) -> Option<String> {
    let quoted = cfg.strip_prefix("feature=\"")?.strip_suffix('"')?;
    Some(quoted.replace("\\\"", "\""))
}

/// `[options:]name=path`; crates of the sysroot, which have no path, are left out.
fn extern_file(value: &str) -> Option<(String, String)> {
    let (name, path) = value.split_once('=')?;
    let name = name.rsplit(':').next().unwrap_or(name);
    Some((name.to_owned(), path.to_owned()))
}

/// The id becomes a folder's name: it must not lead anywhere else.
fn is_plain_name(id: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte) || byte >= 0x80;
    !id.is_empty() && !id.starts_with('.') && id.bytes().all(is_plain)
}

/// The unit that made a library file: `libNAME-HASH.rmeta` is of unit `NAME-HASH`.
pub fn unit_of_file(path: &str) -> Option<&str> {
    let file = path.rsplit('/').next()?;
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    stem.strip_prefix("lib")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn unit_of_cargo() {
        let text = "--crate-name demo --edition=2021 src/lib.rs --crate-type lib --emit=dep-info,metadata \
                    --cfg feature=\"std\" --cfg made -C metadata=12 -C extra-filename=-34 --out-dir /t \
                    --extern noprelude:serde=/t/libserde-56.rmeta --extern proc_macro -L dependency=/t";
        let invocation = Invocation::parse("rustc", &words(text)).unwrap();
        assert_eq!(invocation.id(), "demo-34");
        assert_eq!(invocation.root, "src/lib.rs");
        assert_eq!(invocation.edition, "2021");
        assert_eq!(invocation.features, ["std"]);
        assert_eq!(invocation.cfgs, ["made"]);
        assert_eq!(invocation.metadata, ["12"]);
        assert_eq!(invocation.emit, ["dep-info", "metadata"]);
        assert_eq!(invocation.externs, [("serde".to_owned(), "/t/libserde-56.rmeta".to_owned())]);
        assert_eq!(unit_of_file(&invocation.externs[0].1), Some("serde-56"));
        assert_eq!(invocation.dep_info_path().to_str(), Some("/t/demo-34.d"));
    }

    #[test]
    fn probes_are_no_units() {
        for text in [
            "-vV",
            "- --crate-name ___ --print=file-names --crate-type bin --print=cfg",
            "--cfg=probe --crate-name=probe --crate-type=lib --emit=dep-info,metadata --out-dir /t src/p.rs",
            "--crate-name demo src/lib.rs --emit=metadata -C metadata=1 -C extra-filename=/../../escape",
        ] {
            assert!(Invocation::parse("rustc", &words(text)).is_none(), "{text}");
        }
    }
}
