//! What a unit tells the units that use it, while the build still runs.
//!
//! Cargo starts a dependent as soon as the metadata of its dependency is there, when `unit.json` of the dependency
//! is not yet written. So fingerprint and closure stand in a small file of their own, `identity/ID`, which is written
//! before cargo hears of the metadata.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The fingerprint of a unit's inputs and the libraries whose items its metadata can name.
pub struct Identity {
    pub fingerprint: String,
    pub is_proc_macro: bool,
    /// Ids of all units that the unit can name directly or through others, without itself.
    pub closure: BTreeSet<String>,
}

impl Identity {
    fn path(dump_directory: &Path, id: &str) -> PathBuf {
        dump_directory.join("identity").join(id)
    }

    /// Reads the identity of a dependency; `None` if it was compiled without a dump.
    pub fn read(dump_directory: &Path, id: &str) -> Option<Identity> {
        let text = std::fs::read_to_string(Identity::path(dump_directory, id)).ok()?;
        let mut lines = text.lines();
        let fingerprint = lines.next()?.to_owned();
        let is_proc_macro = lines.next()? == "proc-macro";
        Some(Identity { fingerprint, is_proc_macro, closure: lines.map(str::to_owned).collect() })
    }

    /// Writes the file under a temporary name first, since dependents may look at any time.
    pub fn write(&self, dump_directory: &Path, id: &str) -> std::io::Result<()> {
        let path = Identity::path(dump_directory, id);
        std::fs::create_dir_all(path.parent().unwrap_or(dump_directory))?;
        let mut text = format!("{}\n{}\n", self.fingerprint, if self.is_proc_macro { "proc-macro" } else { "library" });
        for unit in &self.closure {
            text.push_str(unit);
            text.push('\n');
        }
        let temporary = path.with_file_name(format!(".{id}.{}", std::process::id()));
        std::fs::write(&temporary, text)?;
        std::fs::rename(&temporary, &path)
    }
}

/// The closure over direct dependencies. A proc macro's own dependencies run inside the compiler only and cannot be
/// named, so they do not count.
pub fn closure(dump_directory: &Path, direct: &[String]) -> BTreeSet<String> {
    let mut result = BTreeSet::new();
    for id in direct {
        match Identity::read(dump_directory, id) {
            Some(identity) if identity.is_proc_macro => {}
            Some(identity) => {
                result.extend(identity.closure);
                result.insert(id.clone());
            }
            None => {
                result.insert(id.clone());
            }
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closures() {
        let folder = std::env::temp_dir().join(format!("mircap-identity-{}", std::process::id()));
        let write = |id: &str, is_proc_macro, closure: &[&str]| {
            let closure = closure.iter().map(|unit| (*unit).to_owned()).collect();
            Identity { fingerprint: "f".to_owned(), is_proc_macro, closure }.write(&folder, id).unwrap();
        };
        write("facade-1", false, &["alpha-1"]);
        write("derive-1", true, &["alpha-3"]);
        let direct = ["facade-1", "derive-1", "alpha-2"].map(str::to_owned);
        let all = closure(&folder, &direct);
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(all.iter().collect::<Vec<_>>(), ["alpha-1", "alpha-2", "facade-1"]);
    }
}
