use crate::Note;
use std::time::{SystemTime, UNIX_EPOCH};

/// Changes a note before it is kept.
pub trait Plugin {
    fn name(&self) -> &str;
    fn apply(&self, note: &mut Note);
}

/// Plugins in the order in which they run.
#[derive(Default)]
pub struct Pipeline {
    plugins: Vec<Box<dyn Plugin>>,
}

impl Pipeline {
    pub fn with(mut self, plugin: impl Plugin + 'static) -> Pipeline {
        self.plugins.push(Box::new(plugin));
        self
    }

    pub fn names(&self) -> Vec<&str> {
        self.plugins.iter().map(|plugin| plugin.name()).collect()
    }

    pub fn run(&self, note: &mut Note) {
        for plugin in &self.plugins {
            plugin.apply(note);
        }
    }
}

/// Cuts titles that are too long.
pub struct Shorten(pub usize);

impl Plugin for Shorten {
    fn name(&self) -> &str {
        "shorten"
    }

    fn apply(&self, note: &mut Note) {
        note.title = note.title.chars().take(self.0).collect();
    }
}

/// Writes the present time into the note.
pub struct Stamp;

impl Plugin for Stamp {
    fn name(&self) -> &str {
        "stamp"
    }

    fn apply(&self, note: &mut Note) {
        note.seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs());
    }
}
