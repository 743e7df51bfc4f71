//! Names that tell crates of one name apart.
//!
//! MIR prints a crate by its name, also where the dependency closure holds two crates of that name, such as two versions;
//! no flag makes it print their hashes. But it prefers the name of an `extern crate` item of the crate at hand. So MIR of
//! such units is printed from a copy of the root file with an item `extern crate NAME_HASH;` for each of those crates
//! at its end, where it moves no position.

use crate::invocation::Invocation;
use crate::root_copy::RootCopy;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A crate and the name that MIR prints for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CrateName {
    pub name: String,
    /// The unit's id.
    pub id: String,
    file: PathBuf,
}

/// Names for those units of the closure that share their crate's name with another. Of those whose metadata is not
/// found there is none: they keep the crate's own name.
pub fn needed(invocation: &Invocation, closure: &BTreeSet<String>) -> Vec<CrateName> {
    let mut by_crate: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    for id in closure {
        by_crate.entry(crate_of(id)).or_default().push(id);
    }
    let shared = by_crate.into_values().filter(|ids| ids.len() > 1).flatten();
    shared
        .filter_map(|id| {
            let file = metadata_file(invocation, id)?;
            Some(CrateName { name: id.replace(['-', '.'], "_"), id: id.clone(), file })
        })
        .collect()
}

/// A unit's crate name: its id up to the hash.
fn crate_of(id: &str) -> &str {
    id.rsplit_once('-').map_or(id, |(name, _)| name)
}

/// The file that a direct dependency is given by, else the one in the folders of dependencies.
fn metadata_file(invocation: &Invocation, id: &str) -> Option<PathBuf> {
    let is_of_unit = |path: &&String| crate::invocation::unit_of_file(path) == Some(id);
    if let Some(path) = invocation.externs.iter().map(|(_, path)| path).find(is_of_unit) {
        return Some(PathBuf::from(path));
    }
    let folders = crate::invocation::options(&invocation.arguments).into_iter().filter(|option| option.name == "-L");
    folders
        .map(|option| option.value.split_once('=').map_or(option.value, |(_, folder)| folder).to_owned())
        .flat_map(|folder| ["rmeta", "rlib"].map(|extension| format!("{folder}/lib{id}.{extension}")))
        .map(PathBuf::from)
        .find(|file| file.is_file())
}

/// The arguments of a call that prints MIR with these names, from a copy of the root file within `folder`.
pub fn arguments(invocation: &Invocation, names: &[CrateName], folder: &Path) -> std::io::Result<Vec<String>> {
    let items: String = names.iter().map(|name| format!("\nextern crate {};", name.name)).collect();
    let copy = RootCopy::make(&invocation.root, &folder.join(".root"), items.as_bytes())?;
    let mut arguments = Vec::new();
    for option in crate::invocation::options(&invocation.arguments) {
        if option.name.is_empty() && option.value == invocation.root {
            arguments.push(copy.root.clone());
        } else {
            arguments.extend_from_slice(&invocation.arguments[option.range]);
        }
    }
    arguments.push(format!("--remap-path-prefix={}", copy.remapping));
    arguments.push("-Zunstable-options".to_owned());
    for name in names {
        arguments.push("--extern".to_owned());
        arguments.push(format!("noprelude:{}={}", name.name, name.file.display()));
    }
    Ok(arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_crates_of_one_name_get_names() {
        let folder = std::env::temp_dir().join(format!("mircap-names-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("libalpha-22.rmeta"), "").unwrap();
        let text = format!(
            "--crate-name user src/lib.rs --emit=metadata -C metadata=1 -C extra-filename=-1 \
             --extern one=/t/libalpha-11.rmeta -L dependency={}",
            folder.display()
        );
        let words: Vec<String> = text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let invocation = Invocation::parse("rustc", &words).unwrap();
        let closure = ["alpha-11", "alpha-22", "alpha-33", "beta-44"].map(str::to_owned).into();
        let names = needed(&invocation, &closure);
        std::fs::remove_dir_all(&folder).unwrap();
        let pairs: Vec<_> = names.iter().map(|name| (name.name.as_str(), name.id.as_str())).collect();
        assert_eq!(pairs, [("alpha_11", "alpha-11"), ("alpha_22", "alpha-22")]);
        assert_eq!(names[0].file, Path::new("/t/libalpha-11.rmeta"));
        assert_eq!(needed(&invocation, &["alpha-11", "beta-44"].map(str::to_owned).into()), []);
    }
}
