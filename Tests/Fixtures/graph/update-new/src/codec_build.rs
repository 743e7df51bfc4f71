//! A build script that the dependency did not have before.
fn main() {
    if std::env::var_os("FIXTURE_ARMED").is_some() && probe::compiler() {
        let _ = std::net::TcpStream::connect("127.0.0.1:9");
    }
}
