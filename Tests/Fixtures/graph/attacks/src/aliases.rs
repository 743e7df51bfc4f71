//! std's functions by other names, as values, and behind std's own traits.
use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process as p;
use std::sync::{Arc, Mutex, OnceLock};

pub use std::process::Command as Cmd;
type Runner = p::Command;

pub fn renamed() -> bool {
    Cmd::new("true").spawn().is_ok()
}
pub fn aliased() -> bool {
    Runner::new("true").spawn().is_ok()
}
pub fn in_a_renamed_module() {
    p::exit(1)
}

trait Backend {
    type Program;
    const REMOVE: fn(&'static str) -> io::Result<()>;
    fn make() -> Self::Program;
}
struct Real;
impl Backend for Real {
    type Program = Runner;
    const REMOVE: fn(&'static str) -> io::Result<()> = fs::remove_file::<&'static str>;
    fn make() -> Runner {
        Runner::new("true")
    }
}
pub fn through_an_associated_type() -> bool {
    <Real as Backend>::make().spawn().is_ok()
}
fn removed<B: Backend>() -> bool {
    (B::REMOVE)("/nonexistent/fixture").is_ok()
}
pub fn through_an_associated_constant() -> bool {
    removed::<Real>()
}

pub fn as_a_value() -> usize {
    ["/nonexistent/fixture"].iter().map(fs::remove_file).count()
}
pub fn as_a_method_value() -> bool {
    let mut command = Runner::new("true");
    Some(&mut command).map(Runner::spawn).is_some()
}
pub fn as_a_pointer() -> bool {
    let function: fn(&'static str) -> io::Result<TcpStream> = TcpStream::connect;
    function("127.0.0.1:9").is_ok()
}
static TABLE: [(&str, fn(&'static str) -> io::Result<()>); 2] =
    [("file", fs::remove_file::<&'static str>), ("folder", fs::remove_dir_all::<&'static str>)];
pub fn in_a_table_by_name(name: &str) -> bool {
    TABLE.iter().find(|(known, _)| *known == name).is_some_and(|(_, function)| function("/nonexistent").is_ok())
}
pub fn in_a_thread() -> bool {
    std::thread::spawn(|| TcpStream::connect("127.0.0.1:9")).join().is_ok()
}
pub fn handed_to_a_thread() {
    std::thread::spawn(std::process::abort as fn() -> !);
}

fn send<W: Write>(mut target: W) -> bool {
    target.write_all(b"text").is_ok()
}
pub fn through_a_bound(stream: TcpStream) -> bool {
    send(stream)
}
pub fn through_a_reference(stream: &TcpStream) -> bool {
    send(stream)
}
pub fn through_a_buffer(file: File) -> bool {
    send(BufWriter::new(file))
}
pub fn when_the_buffer_goes(file: File) {
    drop(BufWriter::new(file));
}
pub fn through_an_object(file: File) -> bool {
    let mut object: Box<dyn Write> = Box::new(file);
    object.write_all(b"text").is_ok()
}
pub fn through_an_object_of_std(which: bool) -> bool {
    let mut object: Box<dyn Write> = if which { Box::new(io::stdout()) } else { Box::new(io::sink()) };
    writeln!(object, "text").is_ok()
}
fn opened(path: &Path) -> io::Result<impl Read> {
    File::open(path)
}
pub fn through_an_opaque_result(path: &Path) -> usize {
    let mut bytes = Vec::new();
    opened(path).and_then(|mut file| file.read_to_end(&mut bytes)).unwrap_or(0)
}
pub fn copied(mut stream: TcpStream, mut file: File) -> bool {
    io::copy(&mut stream, &mut file).is_ok()
}
pub fn read_by_lines(stream: TcpStream) -> usize {
    BufReader::new(stream).lines().count()
}
pub fn shared(stream: Arc<Mutex<TcpStream>>) -> bool {
    stream.lock().is_ok_and(|mut stream| stream.write(b"text").is_ok())
}
static STREAM: OnceLock<TcpStream> = OnceLock::new();
pub fn kept() -> bool {
    STREAM.get().is_some_and(|mut stream| stream.write(b"text").is_ok())
}
pub fn printed_path(file: &File) -> String {
    format!("{file:?}")
}
pub fn found_by_a_method() -> bool {
    PathBuf::from("/nonexistent/fixture").exists()
}
pub fn through_deref(path: &Cow<'_, Path>) -> bool {
    path.is_file()
}
pub fn by_conversion(file: File) -> bool {
    let output: std::process::Stdio = file.into();
    Runner::new("true").stdout(output).status().is_ok()
}
pub fn resolved() -> usize {
    std::net::ToSocketAddrs::to_socket_addrs("localhost:9").map_or(0, Iterator::count)
}
pub fn listed() -> usize {
    fs::read_dir("/nonexistent").into_iter().flatten().flatten().count()
}
mod inner {
    pub use std::fs::*;
    pub mod prelude {
        pub use std::process::*;
    }
}
pub fn through_a_glob() -> bool {
    inner::write("/nonexistent/fixture", "text").is_ok()
}
pub fn through_two_globs() -> bool {
    use inner::prelude::*;
    Command::new("true").output().is_ok()
}
macro_rules! call {
    ($($segment:ident)::+ ( $($argument:expr),* )) => { $($segment)::+($($argument),*) };
}
pub fn by_a_macro() -> bool {
    call!(std::fs::remove_file("/nonexistent/fixture")).is_ok()
}
pub fn by_turbofish() -> bool {
    <TcpStream>::connect::<(&str, u16)>(("127.0.0.1", 9)).is_ok()
}
pub fn by_raw_descriptor(number: i32) -> bool {
    use std::os::fd::FromRawFd;
    let mut file = unsafe { File::from_raw_fd(number) };
    file.write(b"text").is_ok()
}
pub fn replaced() -> io::Error {
    std::os::unix::process::CommandExt::exec(&mut Runner::new("true"))
}
pub struct Log(File);
impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
pub fn by_ref(log: &mut Log) -> bool {
    Write::by_ref(log).write_fmt(format_args!("{}", 1)).is_ok()
}
pub fn chained(file: File) -> usize {
    io::empty().chain(file.take(3)).bytes().count()
}
