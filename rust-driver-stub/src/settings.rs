//! What `scripts/dump` tells the wrapper, by environment variables.

use std::path::PathBuf;
use std::process::Command;

/// The settings of one run. Cargo hands the variables on to every call of the wrapper.
pub struct Settings {
    /// `MIRCAP_DUMP_DIR`: the dump folder. Without it, nothing is dumped.
    pub dump_directory: PathBuf,
    /// `MIRCAP_LINK_DIR`: where the crates of a program are described that is linked to compare with; nothing is dumped
    /// then.
    pub link_directory: Option<PathBuf>,
    /// `MIRCAP_RUSTC_VERSION`: release of the compiler, such as `1.95.0`.
    pub rustc_version: String,
    /// `MIRCAP_RUSTC_TEXT`: what `rustc -V` prints.
    pub rustc_text: String,
    /// `MIRCAP_HOST`: the compiler's host triple.
    pub host: String,
    /// `MIRCAP_TARGET_CFGS`: the cfgs of the target, one a line, as `rustc --print cfg` prints them.
    pub target_cfgs: Vec<String>,
    /// `MIRCAP_PROFILE`: the name of cargo's profile.
    pub profile: String,
}

impl Settings {
    /// Reads the settings; `None` if no dump is wanted.
    pub fn from_environment() -> Option<Settings> {
        let dump_directory = PathBuf::from(std::env::var_os("MIRCAP_DUMP_DIR")?);
        let variable = |name: &str| std::env::var(name).unwrap_or_default();
        Some(Settings {
            dump_directory,
            link_directory: std::env::var_os("MIRCAP_LINK_DIR").map(PathBuf::from),
            rustc_version: variable("MIRCAP_RUSTC_VERSION"),
            rustc_text: variable("MIRCAP_RUSTC_TEXT"),
            host: variable("MIRCAP_HOST"),
            target_cfgs: variable("MIRCAP_TARGET_CFGS").lines().map(str::to_owned).collect(),
            profile: Some(variable("MIRCAP_PROFILE")).filter(|name| !name.is_empty()).unwrap_or("dev".to_owned()),
        })
    }

    /// Asks the compiler itself for what the environment did not say, so that the wrapper also works alone.
    pub fn completed(&self, rustc: &str) -> (String, String, String) {
        if !self.rustc_version.is_empty() && !self.host.is_empty() {
            return (self.rustc_version.clone(), self.rustc_text.clone(), self.host.clone());
        }
        let text = match Command::new(rustc).arg("-vV").output() {
            Ok(output) => String::from_utf8_lossy(&output.stdout).into_owned(),
            Err(_) => String::new(),
        };
        let field = |name: &str| {
            let value = text.lines().find_map(|line| line.strip_prefix(name));
            value.map(|value| value.trim().to_owned()).unwrap_or_default()
        };
        (field("release:"), text.lines().next().unwrap_or_default().to_owned(), field("host:"))
    }
}
