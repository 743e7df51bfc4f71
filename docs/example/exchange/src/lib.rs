//! Sends notes to a peer, in the background if that is wanted.

mod peer;

pub use peer::{Peer, Wire};

use jotter_core::Store;
use std::io;
use std::thread::{self, JoinHandle};

/// Something that takes one line of text.
pub trait Channel: Send {
    fn send(&mut self, line: &str) -> io::Result<()>;
}

/// Writes what would be sent to standard output.
pub struct Preview;

impl Channel for Preview {
    fn send(&mut self, line: &str) -> io::Result<()> {
        println!("{line}");
        Ok(())
    }
}

/// Sends each note with its checksum and says how many there were.
pub fn send_all(store: &dyn Store, channel: &mut dyn Channel) -> io::Result<usize> {
    let notes = store.notes()?;
    for note in &notes {
        channel.send(&format!("{:08x} {}", peer::checksum(&note.body), note.title))?;
    }
    Ok(notes.len())
}

/// The same on a thread of its own; the channel is made there.
pub fn send_in_background<S, M>(store: S, make_channel: M) -> JoinHandle<io::Result<usize>>
where
    S: Store + Send + 'static,
    M: FnOnce() -> io::Result<Box<dyn Channel>> + Send + 'static,
{
    thread::spawn(move || send_all(&store, make_channel()?.as_mut()))
}
