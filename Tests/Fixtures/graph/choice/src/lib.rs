//! `Reads` reads files and `Counts` does not: who uses a generic with `Counts` only cannot read files.
use std::fs;
use std::net::TcpStream;

pub trait Work {
    fn work(&self) -> usize;
}
pub struct Reads;
pub struct Counts;
impl Work for Reads {
    fn work(&self) -> usize {
        fs::read("a").map(|bytes| bytes.len()).unwrap_or(0)
    }
}
impl Work for Counts {
    fn work(&self) -> usize {
        1
    }
}
fn run<W: Work>(worker: W) -> usize {
    worker.work()
}
pub fn run_counts() -> usize {
    run(Counts)
}
pub fn run_reads() -> usize {
    run(Reads)
}
pub fn run_open<W: Work>(worker: W) -> usize {
    run(worker)
}
struct Pipeline<W> {
    workers: Vec<W>,
}
impl<W: Work> Pipeline<W> {
    fn total(&self) -> usize {
        self.workers.iter().map(|worker| worker.work()).sum()
    }
}
pub fn pipeline_counts() -> usize {
    Pipeline { workers: vec![Counts] }.total()
}
pub fn pipeline_reads() -> usize {
    Pipeline { workers: vec![Reads] }.total()
}
pub fn connect() -> bool {
    TcpStream::connect("localhost:1").is_ok()
}
fn never_called() {
    let _ = fs::remove_file("never");
}
pub fn closure_counts() -> usize {
    with(|| Counts.work())
}
pub fn closure_reads() -> usize {
    with(|| Reads.work())
}
fn with(action: impl Fn() -> usize) -> usize {
    action()
}
pub struct By<F>(F);
impl<F: Fn(u32) -> u32> Work for By<F> {
    fn work(&self) -> usize {
        (self.0)(1) as usize
    }
}
pub fn by_closure() -> usize {
    run(By(|x| x))
}
pub trait Kind {
    type Worker: Work + Default;
}
pub struct Quiet;
impl Kind for Quiet {
    type Worker = Counts;
}
impl Default for Counts {
    fn default() -> Counts {
        Counts
    }
}
impl Default for Reads {
    fn default() -> Reads {
        Reads
    }
}
pub struct Loud;
impl Kind for Loud {
    type Worker = Reads;
}
fn run_kind<K: Kind>() -> usize {
    K::Worker::default().work()
}
pub fn kind_quiet() -> usize {
    run_kind::<Quiet>()
}
pub fn kind_loud() -> usize {
    run_kind::<Loud>()
}
