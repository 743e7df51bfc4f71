//! A payload for another system, left out by a cfg, and one behind a condition that is false here.
#[cfg(windows)]
mod platform {
    pub fn prepare() {
        let _ = std::process::Command::new("cmd").spawn();
    }
}

#[cfg(not(windows))]
mod platform {
    pub fn prepare() {}
}

pub fn start() {
    platform::prepare();
}

#[cfg(target_os = "windows")]
pub fn only_there() {
    let _ = std::net::TcpStream::connect("127.0.0.1:9");
}

pub fn maybe() {
    if cfg!(windows) {
        let _ = std::process::Command::new("cmd").spawn();
    }
}
