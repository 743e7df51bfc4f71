//! Notes, where they are kept, and what plugins do to them.

pub mod checksum;
mod pipeline;

pub use jotter_derive::Describe;
pub use pipeline::{Pipeline, Plugin, Shorten, Stamp};

use std::io;

/// A struct that can list its fields.
pub trait Describe {
    fn fields() -> &'static str;
}

/// One note.
#[derive(Clone, Debug, PartialEq, Describe)]
pub struct Note {
    pub title: String,
    pub body: String,
    pub seconds: u64,
}

/// A place where notes are kept.
pub trait Store {
    /// Adds a note, or replaces the one of the same title.
    fn put(&mut self, note: &Note) -> io::Result<()>;

    /// All notes in the order of their titles.
    fn notes(&self) -> io::Result<Vec<Note>>;

    /// Copies everything into another store and says how many notes there were.
    fn copy_to(&self, other: &mut dyn Store) -> io::Result<usize> {
        let notes = self.notes()?;
        notes.iter().try_for_each(|note| other.put(note))?;
        Ok(notes.len())
    }
}

/// The notes of a store that a condition holds for.
pub fn search<S, F>(store: &S, condition: F) -> io::Result<Vec<Note>>
where
    S: Store + ?Sized,
    F: Fn(&Note) -> bool,
{
    Ok(store.notes()?.into_iter().filter(|note| condition(note)).collect())
}

/// Notes in memory, for those who only want to look.
#[derive(Default)]
pub struct Memory {
    notes: Vec<Note>,
}

impl Store for Memory {
    fn put(&mut self, note: &Note) -> io::Result<()> {
        self.notes.retain(|kept| kept.title != note.title);
        self.notes.push(note.clone());
        Ok(())
    }

    fn notes(&self) -> io::Result<Vec<Note>> {
        let mut notes = self.notes.clone();
        notes.sort_by(|left, right| left.title.cmp(&right.title));
        Ok(notes)
    }
}
