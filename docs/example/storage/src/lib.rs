//! Notes in a folder of text files.

mod lock;

pub use lock::Lock;

use jotter_core::{Note, Store};
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{env, fs, io};

/// Where notes are kept if nobody says otherwise: `JOTTER_HOME`, else a folder in the user's home.
pub static DEFAULT_FOLDER: LazyLock<PathBuf> = LazyLock::new(|| match env::var_os("JOTTER_HOME") {
    Some(folder) => PathBuf::from(folder),
    None => PathBuf::from(env::var_os("HOME").unwrap_or_default()).join(".jotter"),
});

thread_local! {
    static WRITTEN: Cell<usize> = const { Cell::new(0) };
}

/// How many notes this thread has written.
pub fn written() -> usize {
    WRITTEN.get()
}

/// A folder with one file a note.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Opens a folder and makes it where it is missing.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Folder> {
        fs::create_dir_all(path.as_ref())?;
        Ok(Folder { path: path.as_ref().to_owned() })
    }

    /// Keeps other processes out for as long as the lock lives.
    pub fn lock(&self) -> io::Result<Lock> {
        Lock::take(self.path.join(".lock"))
    }
}

impl Store for Folder {
    fn put(&mut self, note: &Note) -> io::Result<()> {
        let _lock = self.lock()?;
        fs::write(self.path.join(file_name(&note.title)), format!("{}\n{}\n{}", note.seconds, note.title, note.body))?;
        WRITTEN.set(WRITTEN.get() + 1);
        Ok(())
    }

    fn notes(&self) -> io::Result<Vec<Note>> {
        let mut notes = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "note") {
                notes.extend(parse(&fs::read_to_string(path)?));
            }
        }
        notes.sort_by(|left: &Note, right: &Note| left.title.cmp(&right.title));
        Ok(notes)
    }
}

fn file_name(title: &str) -> String {
    let plain: String = title.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
    plain + ".note"
}

fn parse(text: &str) -> Option<Note> {
    let mut parts = text.splitn(3, '\n');
    let seconds = parts.next()?.parse().ok()?;
    Some(Note { seconds, title: parts.next()?.to_owned(), body: parts.next()?.to_owned() })
}
