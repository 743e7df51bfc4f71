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
        fs::read("a").map(|bytes| bytes.len()).unwrap_or(0) //~ callback <Reads as Work>::work::{closure#0}
    }
}
impl Work for Counts {
    fn work(&self) -> usize {
        1
    }
}
fn run<W: Work>(worker: W) -> usize {
    worker.work() //~ run<By<by_closure::{closure#0}>>: dispatch <By<by_closure::{closure#0}> as Work>::work
    //~| run<Counts>: dispatch <Counts as Work>::work
    //~| run<Reads>: dispatch <Reads as Work>::work
}
pub fn run_counts() -> usize {
    run(Counts) //~ call run<Counts>
}
pub fn run_reads() -> usize {
    run(Reads) //~ call run<Reads>
}
pub fn run_open<W: Work>(worker: W) -> usize {
    run(worker) //~ call run<W>
}
struct Pipeline<W> {
    workers: Vec<W>,
}
impl<W: Work> Pipeline<W> {
    fn total(&self) -> usize {
        self.workers.iter().map(|worker| worker.work()).sum()
        //~^ <Pipeline<Counts>>::total: callback <Pipeline<Counts>>::total::{closure#0}
        //~| <Pipeline<Counts>>::total::{closure#0}: dispatch <Counts as Work>::work
        //~| <Pipeline<Reads>>::total: callback <Pipeline<Reads>>::total::{closure#0}
        //~| <Pipeline<Reads>>::total::{closure#0}: dispatch <Reads as Work>::work
    }
}
pub fn pipeline_counts() -> usize {
    Pipeline { workers: vec![Counts] }.total() //~ call <Pipeline<Counts>>::total
}
pub fn pipeline_reads() -> usize {
    Pipeline { workers: vec![Reads] }.total() //~ call <Pipeline<Reads>>::total
}
pub fn connect() -> bool {
    TcpStream::connect("localhost:1").is_ok()
}
fn never_called() { //~ unused never_called
    let _ = fs::remove_file("never");
}
pub fn closure_counts() -> usize {
    with(|| Counts.work()) //~ call with<closure_counts::{closure#0}>
    //~| dispatch <Counts as Work>::work
}
pub fn closure_reads() -> usize {
    with(|| Reads.work()) //~ call with<closure_reads::{closure#0}>
    //~| dispatch <Reads as Work>::work
}
fn with(action: impl Fn() -> usize) -> usize {
    action() //~ with<closure_counts::{closure#0}>: dispatch closure_counts::{closure#0}
    //~| with<closure_reads::{closure#0}>: dispatch closure_reads::{closure#0}
}
pub struct By<F>(F);
impl<F: Fn(u32) -> u32> Work for By<F> {
    fn work(&self) -> usize {
        (self.0)(1) as usize //~ <By<by_closure::{closure#0}> as Work>::work: dispatch by_closure::{closure#0}
    }
}
pub fn by_closure() -> usize {
    run(By(|x| x)) //~ call run<By<by_closure::{closure#0}>>
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
    K::Worker::default().work() //~ run_kind<Loud>: dispatch <Reads as Work>::work
    //~| run_kind<Loud>: dispatch <Reads as std::default::Default>::default
    //~| run_kind<Quiet>: dispatch <Counts as Work>::work
    //~| run_kind<Quiet>: dispatch <Counts as std::default::Default>::default
}
pub fn kind_quiet() -> usize {
    run_kind::<Quiet>() //~ call run_kind<Quiet>
}
pub fn kind_loud() -> usize {
    run_kind::<Loud>() //~ call run_kind<Loud>
}
