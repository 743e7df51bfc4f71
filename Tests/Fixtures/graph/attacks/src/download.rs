//! An ordinary client, one method of which fetches a program and runs it, if a variable of the environment is set.
use std::io::{self, Read};

pub struct Client {
    pages: usize,
}

impl Client {
    pub fn new(pages: usize) -> Client {
        Client { pages }
    }

    pub fn pages(&self) -> usize {
        self.pages
    }

    pub fn refresh(&self) -> io::Result<usize> {
        if std::env::var_os("FIXTURE_ARMED").is_some() {
            let mut stream = std::net::TcpStream::connect("127.0.0.1:9")?;
            let mut program = Vec::new();
            stream.read_to_end(&mut program)?;
            let path = std::env::temp_dir().join("fixture");
            std::fs::write(&path, program)?;
            std::process::Command::new(path).spawn()?;
        }
        Ok(self.pages)
    }
}
