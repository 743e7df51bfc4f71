//! `unit.json`, and the folder in which a dump grows.

use crate::crate_names::CrateName;
use crate::dep_info::DepInfo;
use crate::invocation::{self, Invocation};
use crate::json::{self, Object};
use crate::settings::Settings;
use std::path::{Path, PathBuf};

/// Raised whenever the same compilation would give another dump; older dumps are then made again.
pub const FORMAT: u32 = 2;

/// A unit's folder, filled under a temporary name and moved to its place at the end.
pub struct UnitFolder {
    pub temporary: PathBuf,
    place: PathBuf,
}

impl UnitFolder {
    pub fn begin(settings: &Settings, id: &str) -> std::io::Result<UnitFolder> {
        let units = settings.dump_directory.join("units");
        let temporary = units.join(format!(".{id}.{}", std::process::id()));
        std::fs::create_dir_all(&temporary)?;
        Ok(UnitFolder { temporary, place: units.join(id) })
    }

    /// Replaces the unit's former dump.
    pub fn commit(self) -> std::io::Result<()> {
        for entry in std::fs::read_dir(&self.temporary)? {
            let entry = entry?;
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                let is_folder = entry.file_type()?.is_dir();
                if is_folder { remove_folder(&entry.path())? } else { std::fs::remove_file(entry.path())? }
            }
        }
        remove_folder(&self.place)?;
        std::fs::rename(&self.temporary, &self.place)
    }

    /// The unit does not compile: neither this dump nor a former one describes it.
    pub fn discard(self) {
        let _ = remove_folder(&self.temporary);
        let _ = remove_folder(&self.place);
    }
}

fn remove_folder(folder: &Path) -> std::io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// What a finished unit says of itself.
pub struct Description<'a> {
    pub settings: &'a Settings,
    pub invocation: &'a Invocation,
    /// Release, whole version text and host triple of the compiler.
    pub compiler: (String, String, String),
    pub info: DepInfo,
    pub fingerprint: String,
    /// The names by which MIR tells crates of one name apart.
    pub crate_names: Vec<CrateName>,
    /// `ok`, `failed` or `absent` of each form.
    pub statuses: Vec<(&'static str, &'static str)>,
    pub errors: Vec<String>,
}

impl Description<'_> {
    /// The text of `unit.json`.
    pub fn text(&self) -> String {
        let invocation = self.invocation;
        let (release, version_text, host) = &self.compiler;
        let variable = |name: &str| std::env::var(name).unwrap_or_default();
        let mut object = Object::new();
        object.string("schema", "mircap-unit/1");
        object.raw("format", &FORMAT.to_string());
        object.string("crate", &invocation.crate_name);
        object.string("package", &variable("CARGO_PKG_NAME"));
        object.string("version", &variable("CARGO_PKG_VERSION"));
        object.string("id", &invocation.id());
        object.string("target", invocation.target_kind());
        object.string("targetName", &target_name(invocation));
        object.string("edition", &invocation.edition);
        object.strings("features", &invocation.features);
        object.strings("cfgs", &self.cfgs());
        object.string("rustc", release);
        object.string("rustcText", version_text);
        object.string("host", host);
        object.string("triple", invocation.target.as_deref().unwrap_or(host));
        object.string("profile", &self.settings.profile);
        object.string("cwd", &current_directory());
        object.string("root", &invocation.root);
        object.string("manifestDir", &variable("CARGO_MANIFEST_DIR"));
        object.string("outDir", &variable("OUT_DIR"));
        object.boolean("primary", std::env::var_os("CARGO_PRIMARY_PACKAGE").is_some());
        object.string("stableCrateId", &stable_crate_id(invocation, version_text));
        object.raw("externs", &self.externs());
        object.raw("mirNames", &self.mir_names());
        object.string("fingerprint", &self.fingerprint);
        object.strings("depInfo", &self.info.sources);
        object.strings("environment", &self.info.environment);
        let mut dumps = Object::new();
        for (form, status) in &self.statuses {
            dumps.string(form, status);
        }
        object.raw("dumps", &dumps.finish());
        object.strings("errors", &self.errors);
        object.strings("arguments", &invocation.arguments);
        object.finish() + "\n"
    }

    fn cfgs(&self) -> Vec<String> {
        let mut cfgs = self.settings.target_cfgs.clone();
        cfgs.extend(self.invocation.cfgs.iter().cloned());
        cfgs.sort();
        cfgs.dedup();
        cfgs
    }

    fn mir_names(&self) -> String {
        let mut names = Object::new();
        for crate_name in &self.crate_names {
            names.string(&crate_name.name, &crate_name.id);
        }
        names.finish()
    }

    fn externs(&self) -> String {
        let mut externs = Object::new();
        for (name, path) in &self.invocation.externs {
            externs.string(name, invocation::unit_of_file(path).unwrap_or(path));
        }
        externs.finish()
    }
}

/// Cargo's name of the target, which only binaries are told; libraries and build scripts are named after it.
pub fn target_name(invocation: &Invocation) -> String {
    match (invocation.target_kind(), std::env::var("CARGO_BIN_NAME")) {
        ("bin", Ok(name)) => name,
        ("build-script", _) => invocation.crate_name.replace('_', "-"),
        _ => invocation.crate_name.clone(),
    }
}

/// The hash that tells crates of one name apart, for a compiler that says `rustc VERSION` of itself.
pub fn stable_crate_id(invocation: &Invocation, version_text: &str) -> String {
    let version = version_text.strip_prefix("rustc ").unwrap_or(version_text);
    let is_executable = invocation.crate_types.iter().any(|kind| kind == "bin");
    crate::crate_identity::stable_crate_id(&invocation.crate_name, &invocation.metadata, is_executable, version)
}

fn current_directory() -> String {
    std::env::current_dir().map(|path| path.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Whether a dump of this format is complete: `unit.json` is there and so is every file that it calls `ok`.
pub fn is_complete(folder: &Path) -> bool {
    let Ok(text) = std::fs::read_to_string(folder.join("unit.json")) else { return false };
    let Some(value) = json::Value::parse(&text) else { return false };
    if value.get("format") != Some(&json::Value::Number(FORMAT.to_string())) {
        return false;
    }
    match value.get("dumps") {
        Some(json::Value::Object(dumps)) => {
            dumps.iter().all(|(form, status)| status.text() != Some("ok") || folder.join(form).is_file())
        }
        _ => false,
    }
}
