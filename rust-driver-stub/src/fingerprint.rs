//! The fingerprint: two dumps with the same fingerprint hold the same text.

use crate::dep_info::DepInfo;
use crate::identity::Identity;
use crate::invocation::{self, Invocation};
use crate::sha256::Sha256;
use std::path::Path;

/// Hashes everything that the compilation depends on: arguments, compiler, sources, environment that macros asked for,
/// and the dependencies' fingerprints.
pub fn of_inputs(invocation: &Invocation, rustc_text: &str, dump_directory: &Path, info: &DepInfo) -> String {
    let mut hash = Sha256::new();
    hash.piece(format!("mircap-unit/{}", crate::unit::FORMAT).as_bytes());
    hash.piece(rustc_text.as_bytes());
    for option in invocation::options(&invocation.arguments) {
        if is_volatile(option.name, option.value) {
            continue;
        }
        hash.piece(option.name.as_bytes());
        if option.name == "--extern" {
            add_extern(&mut hash, option.value, dump_directory);
        } else {
            hash.piece(option.value.as_bytes());
        }
    }
    for source in &info.sources {
        hash.piece(source.as_bytes());
        hash.piece(&std::fs::read(source).unwrap_or_default());
    }
    for variable in &info.environment {
        hash.piece(variable.as_bytes());
    }
    hash.finish()
}

/// Adds what only the finished dump shows: which forms there are, how large, and what the macros expanded to (a proc
/// macro may read files that nobody declared).
pub fn of_dump(inputs: &str, statuses: &[(&str, &str)], folder: &Path) -> String {
    let mut hash = Sha256::new();
    hash.piece(inputs.as_bytes());
    for (form, status) in statuses {
        hash.piece(form.as_bytes());
        hash.piece(status.as_bytes());
        let size = std::fs::metadata(folder.join(form)).map_or(0, |metadata| metadata.len());
        hash.piece(&size.to_le_bytes());
    }
    hash.piece(&std::fs::read(folder.join("expanded")).unwrap_or_default());
    hash.finish()
}

/// Options that say where output goes or how messages look.
fn is_volatile(name: &str, value: &str) -> bool {
    match name {
        "--out-dir" | "--error-format" | "--json" | "--color" | "--diagnostic-width" => true,
        "-C" | "--codegen" => value.starts_with("incremental="),
        "-L" => value.starts_with("dependency="),
        _ => false,
    }
}

fn add_extern(hash: &mut Sha256, value: &str, dump_directory: &Path) {
    let (name, path) = value.split_once('=').unwrap_or((value, ""));
    hash.piece(name.as_bytes());
    let id = invocation::unit_of_file(path).unwrap_or(path);
    hash.piece(id.as_bytes());
    if let Some(identity) = Identity::read(dump_directory, id) {
        hash.piece(identity.fingerprint.as_bytes());
    }
}
