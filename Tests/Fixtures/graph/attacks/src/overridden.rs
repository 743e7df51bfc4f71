//! Payloads in methods that have a default and that only std calls, and behind what hides a pointer.
use std::collections::HashMap;
use std::ffi::{CString, OsStr};
use std::fmt;
use std::future::{Future, IntoFuture};
use std::hash::{BuildHasher, Hash, Hasher};
use std::io::{self, BufRead, Read, Seek, SeekFrom, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::ops::{Bound, ControlFlow, RangeBounds};
use std::path::Path;
use std::pin::Pin;
use std::process::{ExitCode, Termination};
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::task::{Context, Wake, Waker};

fn payload() -> u32 {
    std::process::Command::new("true").spawn().map_or(0, |child| child.id())
}

/// Its `next` is harmless.
pub struct Hinted;
impl Iterator for Hinted {
    type Item = u8;
    fn next(&mut self) -> Option<u8> {
        None
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (payload() as usize, None)
    }
}
pub fn size_hint_when_collected() -> Vec<u8> {
    Hinted.collect()
}

pub struct Folded;
impl Iterator for Folded {
    type Item = u8;
    fn next(&mut self) -> Option<u8> {
        None
    }
    fn fold<B, F: FnMut(B, u8) -> B>(self, start: B, _step: F) -> B {
        payload();
        start
    }
}
pub fn fold_when_counted() -> usize {
    Folded.map(|byte| byte + 1).count()
}
pub fn fold_for_each() {
    Folded.for_each(|_| {});
}

pub struct Backward;
impl Iterator for Backward {
    type Item = u8;
    fn next(&mut self) -> Option<u8> {
        None
    }
}
impl DoubleEndedIterator for Backward {
    fn next_back(&mut self) -> Option<u8> {
        payload();
        None
    }
}
pub fn next_back_when_reversed() -> Vec<u8> {
    Backward.rev().collect()
}

#[derive(PartialEq)]
pub struct Source;
impl Read for Source {
    fn read(&mut self, _buffer: &mut [u8]) -> io::Result<usize> {
        Ok(0)
    }
    fn read_to_end(&mut self, _buffer: &mut Vec<u8>) -> io::Result<usize> {
        Ok(payload() as usize)
    }
}
pub fn read_to_end_of_a_chain() -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = io::empty().chain(Source).read_to_end(&mut bytes);
    bytes
}
pub struct Lines;
impl Read for Lines {
    fn read(&mut self, _buffer: &mut [u8]) -> io::Result<usize> {
        Ok(0)
    }
}
impl BufRead for Lines {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        payload();
        Ok(&[])
    }
    fn consume(&mut self, _count: usize) {}
}
pub fn fill_buf_for_lines() -> usize {
    Lines.lines().count()
}
pub struct Target;
impl Write for Target {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        Ok(buffer.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        payload();
        Ok(())
    }
}
pub fn flushed_by_a_buffer() -> io::Result<()> {
    io::BufWriter::new(Target).flush()
}
impl Seek for Target {
    fn seek(&mut self, _position: SeekFrom) -> io::Result<u64> {
        Ok(u64::from(payload()))
    }
}
pub fn sought_by_rewind(target: &mut Target) -> io::Result<()> {
    target.rewind()
}

pub struct Twin;
impl Clone for Twin {
    fn clone(&self) -> Twin {
        Twin
    }
    fn clone_from(&mut self, _source: &Twin) {
        payload();
    }
}
pub fn clone_from_in_a_vector(left: &mut Vec<Twin>, right: &Vec<Twin>) {
    left.clone_from(right);
}
pub struct Unequal;
impl PartialEq for Unequal {
    fn eq(&self, _other: &Unequal) -> bool {
        true
    }
    #[allow(clippy::partialeq_ne_impl)]
    fn ne(&self, _other: &Unequal) -> bool {
        payload() > 1
    }
}
pub fn not_equal(left: &Unequal, right: &Unequal) -> bool {
    left != right
}
impl PartialOrd for Unequal {
    fn partial_cmp(&self, _other: &Unequal) -> Option<std::cmp::Ordering> {
        None
    }
    fn lt(&self, _other: &Unequal) -> bool {
        payload() > 1
    }
}
pub fn less(left: &Unequal, right: &Unequal) -> bool {
    left < right
}

#[derive(Default, Clone)]
pub struct State;
impl BuildHasher for State {
    type Hasher = Counter;
    fn build_hasher(&self) -> Counter {
        payload();
        Counter
    }
}
#[derive(Default)]
pub struct Counter;
impl Hasher for Counter {
    fn finish(&self) -> u64 {
        0
    }
    fn write(&mut self, _bytes: &[u8]) {}
}
pub fn hasher_of_a_map(map: &HashMap<u8, u8, State>) -> bool {
    map.contains_key(&1)
}
pub struct Slice;
impl Hash for Slice {
    fn hash<H: Hasher>(&self, _state: &mut H) {}
    fn hash_slice<H: Hasher>(_items: &[Slice], _state: &mut H) {
        payload();
    }
}
pub fn hash_of_a_slice(items: &Vec<Slice>) -> u64 {
    let mut counter = Counter;
    items.hash(&mut counter);
    counter.finish()
}

pub struct Place;
impl ToSocketAddrs for Place {
    type Iter = std::vec::IntoIter<SocketAddr>;
    fn to_socket_addrs(&self) -> io::Result<Self::Iter> {
        payload();
        Ok(Vec::new().into_iter())
    }
}
pub fn address_of_a_stream() -> bool {
    TcpStream::connect(Place).is_ok()
}
impl AsRef<Path> for Place {
    fn as_ref(&self) -> &Path {
        payload();
        Path::new("/nonexistent/fixture")
    }
}
pub fn path_of_a_file() -> bool {
    std::fs::metadata(Place).is_ok()
}
pub fn path_that_is_joined(path: &Path) -> bool {
    path.join(Place).is_absolute()
}
impl AsRef<OsStr> for Place {
    fn as_ref(&self) -> &OsStr {
        payload();
        OsStr::new("true")
    }
}
pub fn program_of_a_command() -> bool {
    let mut command = std::process::Command::new("true");
    command.arg(Place);
    command.get_args().count() > 0
}
impl From<Place> for Vec<u8> {
    fn from(_place: Place) -> Vec<u8> {
        payload();
        Vec::new()
    }
}
pub fn bytes_of_a_string() -> bool {
    CString::new(Place).is_ok()
}
impl RangeBounds<usize> for Place {
    fn start_bound(&self) -> Bound<&usize> {
        payload();
        Bound::Unbounded
    }
    fn end_bound(&self) -> Bound<&usize> {
        Bound::Unbounded
    }
}
pub fn range_that_is_drained(bytes: &mut Vec<u8>) {
    bytes.drain(Place);
}

pub struct Alarm;
impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        payload();
    }
}
pub fn waker_of_a_task() {
    Waker::from(Arc::new(Alarm)).wake_by_ref();
}
impl IntoFuture for Alarm {
    type Output = u32;
    type IntoFuture = std::future::Ready<u32>;
    fn into_future(self) -> Self::IntoFuture {
        std::future::ready(payload())
    }
}
pub fn awaited_by_way_of_a_conversion() -> bool {
    let mut future: Pin<Box<dyn Future<Output = u32>>> = Box::pin(async { Alarm.await });
    future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready()
}
impl IntoIterator for Alarm {
    type Item = u8;
    type IntoIter = std::vec::IntoIter<u8>;
    fn into_iter(self) -> Self::IntoIter {
        payload();
        Vec::new().into_iter()
    }
}
pub fn loop_over_a_conversion() -> usize {
    let mut count = 0;
    for _ in Alarm {
        count += 1;
    }
    count
}
pub fn extended_by_a_conversion(bytes: &mut Vec<u8>) {
    bytes.extend(Alarm);
}
impl Termination for Alarm {
    fn report(self) -> ExitCode {
        payload();
        ExitCode::SUCCESS
    }
}

// Hidden pointers.
static ADDRESS: AtomicUsize = AtomicUsize::new(0);
pub fn address_in_an_atomic() -> u32 {
    ADDRESS.store(payload as usize, Ordering::Relaxed);
    let function: fn() -> u32 = unsafe { std::mem::transmute(ADDRESS.load(Ordering::Relaxed)) };
    function()
}
static POINTER: AtomicPtr<()> = AtomicPtr::new(payload as *mut ());
pub fn pointer_in_an_atomic() -> u32 {
    let function = unsafe { std::mem::transmute::<*mut (), fn() -> u32>(POINTER.load(Ordering::Relaxed)) };
    function()
}
union Disguise {
    number: usize,
    function: fn() -> u32,
}
pub fn pointer_in_a_union() -> u32 {
    let disguise = Disguise { number: payload as usize };
    unsafe { (disguise.function)() }
}
struct Table {
    run: unsafe fn(*const ()) -> u32,
}
unsafe fn erased(_data: *const ()) -> u32 {
    payload()
}
static TABLE: Table = Table { run: erased };
struct Erased {
    table: &'static Table,
    data: *const (),
}
pub fn table_made_by_hand() -> u32 {
    let erased = Erased { table: &TABLE, data: std::ptr::null() };
    unsafe { (erased.table.run)(erased.data) }
}
type Handlers = HashMap<&'static str, Box<dyn Fn(&str) -> u32>>;
fn handlers() -> Handlers {
    let mut handlers: Handlers = HashMap::new();
    handlers.insert("quiet", Box::new(|text| text.len() as u32));
    handlers.insert("loud", Box::new(|_| payload()));
    handlers
}
pub fn chosen_by_name(name: &str) -> u32 {
    handlers().get(name).map_or(0, |handler| handler(name))
}
pub fn sent_through_a_channel() -> u32 {
    let (sender, receiver) = mpsc::channel::<Box<dyn FnOnce() -> u32 + Send>>();
    let _ = sender.send(Box::new(payload));
    receiver.recv().map_or(0, |task| task())
}
struct Builder<F> {
    finish: F,
}
impl<F: Fn() -> u32> Builder<F> {
    fn build(&self) -> u32 {
        (self.finish)()
    }
}
pub fn stored_in_a_builder() -> u32 {
    Builder { finish: || payload() }.build()
}
pub fn control_flow() -> u32 {
    match [1, 2].iter().try_for_each(|_| ControlFlow::<u32>::Break(payload())) {
        ControlFlow::Break(number) => number,
        ControlFlow::Continue(()) => 0,
    }
}
trait Chain {
    type Next: Chain;
    fn go(depth: u32) -> u32 {
        if depth == 0 { 0 } else { Self::Next::go(depth - 1) }
    }
}
struct First;
struct Last;
impl Chain for First {
    type Next = Last;
}
impl Chain for Last {
    type Next = First;
    fn go(_depth: u32) -> u32 {
        payload()
    }
}
pub fn by_associated_types() -> u32 {
    First::go(4)
}
pub struct Fault;
impl fmt::Debug for Fault {
    fn fmt(&self, _out: &mut fmt::Formatter<'_>) -> fmt::Result {
        payload();
        Ok(())
    }
}
pub fn unwrapped(result: Result<u8, Box<Fault>>) -> u8 {
    result.unwrap()
}
