//! A copy of a crate's root file with something added at its end.
//!
//! The sources cannot be written, and modules and included files are looked for beside the root. So the copy stands in
//! a folder that leads to everything beside the original by symbolic links, and likewise some folders above it, for
//! `include_str!("../README.md")`.

use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

/// How many folders above that of the root file are made.
const LEVELS_ABOVE: usize = 4;
/// Of folders with more entries than this none is linked: they are no part of a crate's sources.
const MOST_LINKS: usize = 4000;

pub struct RootCopy {
    /// The copy's path.
    pub root: String,
    /// `--remap-path-prefix` that gives positions in the copy and in the files beside it their own names back.
    pub remapping: String,
}

impl RootCopy {
    /// Copies `root`, as the compiler is given it, into the new folder `place` and appends `addition`.
    pub fn make(root: &str, place: &Path, addition: &[u8]) -> std::io::Result<RootCopy> {
        let (folder, name) = root.rsplit_once('/').unwrap_or(("", root));
        let original = std::fs::canonicalize(if folder.is_empty() { "." } else { folder })?;
        let mut text = std::fs::read(original.join(name))?;
        text.extend_from_slice(addition);
        let copy = make_folders(&original, place, name)?;
        std::fs::write(copy.join(name), text)?;
        let path = |path: &Path| path.to_str().map(str::to_owned).ok_or(Error::from(ErrorKind::InvalidData));
        Ok(RootCopy { root: path(&copy.join(name))?, remapping: format!("{}={folder}", path(&copy)?) })
    }
}

/// Makes the folder that stands for `original`, and those above it, with links to what is beside.
fn make_folders(original: &Path, place: &Path, root_name: &str) -> std::io::Result<PathBuf> {
    let mut above: Vec<&Path> = original.ancestors().take(LEVELS_ABOVE + 1).collect();
    above.reverse();
    let mut copy = place.to_owned();
    std::fs::create_dir_all(&copy)?;
    for (index, folder) in above.iter().enumerate() {
        let next = above.get(index + 1).and_then(|next| next.file_name());
        link_entries(folder, &copy, next.unwrap_or(root_name.as_ref()));
        if let Some(next) = next {
            copy.push(next);
            std::fs::create_dir(&copy)?;
        }
    }
    Ok(copy)
}

/// Links to all entries of a folder but one. What cannot be read cannot be needed.
fn link_entries(folder: &Path, copy: &Path, left_out: &std::ffi::OsStr) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).take(MOST_LINKS + 1).collect();
    if names.len() > MOST_LINKS {
        return;
    }
    for name in names.iter().filter(|name| *name != left_out) {
        let _ = std::os::unix::fs::symlink(folder.join(name), copy.join(name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_the_same_neighbours() {
        let folder = std::env::temp_dir().join(format!("mircap-copy-{}", std::process::id()));
        let source = folder.join("project/src");
        std::fs::create_dir_all(&source).unwrap();
        std::fs::write(source.join("lib.rs"), "mod part;").unwrap();
        std::fs::write(source.join("part.rs"), "part").unwrap();
        std::fs::write(folder.join("README"), "above").unwrap();
        let root = source.join("lib.rs");
        let copy = RootCopy::make(root.to_str().unwrap(), &folder.join("project/copy"), b"\nmore").unwrap();
        let beside = |name: &str| std::fs::read_to_string(Path::new(&copy.root).parent().unwrap().join(name)).unwrap();
        assert_eq!(beside("lib.rs"), "mod part;\nmore");
        assert_eq!(beside("part.rs"), "part");
        assert_eq!(beside("../../README"), "above");
        let (from, to) = copy.remapping.rsplit_once('=').unwrap();
        assert_eq!(Path::new(from), Path::new(&copy.root).parent().unwrap());
        assert_eq!(to, source.to_str().unwrap());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
