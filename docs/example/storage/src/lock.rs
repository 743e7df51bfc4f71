use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::PathBuf;

mod system {
    extern "C" {
        pub fn getpid() -> i32;
    }
}

/// A lock file. It is gone when the lock is.
pub struct Lock {
    path: PathBuf,
}

impl Lock {
    pub fn take(path: PathBuf) -> io::Result<Lock> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        let lock = Lock { path };
        writeln!(file, "{}", process_id())?;
        Ok(lock)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

fn process_id() -> i32 {
    unsafe { system::getpid() }
}
