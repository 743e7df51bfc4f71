//! Futures: async functions and blocks, awaited and run by an executor of its own.
use std::fs;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

pub async fn read() -> usize {
    fs::read("a").map(|bytes| bytes.len()).unwrap_or(0)
}
pub async fn twice() -> usize {
    read().await + read().await
}
pub async fn pure() -> usize {
    leaf()
}
fn leaf() -> usize {
    1
}

struct Silent;
impl Wake for Silent {
    fn wake(self: Arc<Self>) {
        woken()
    }
}
fn woken() {}

pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Silent));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}
pub fn run_twice() -> usize {
    block_on(twice())
}
pub fn run_pure() -> usize {
    block_on(pure())
}
pub fn run_block() -> usize {
    let base = 1;
    block_on(async move { base + leaf() })
}
pub fn made_not_run() {
    let _future = read();
}
pub fn run_boxed() -> usize {
    let future: Pin<Box<dyn Future<Output = usize>>> = Box::pin(async { twice().await });
    block_on(future)
}
pub fn run_closure() -> usize {
    block_on(async { (async || leaf())().await })
}

pub struct Ready(pub usize);
impl Future for Ready {
    type Output = usize;
    fn poll(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<usize> {
        Poll::Ready(own_poll())
    }
}
fn own_poll() -> usize {
    2
}
pub fn run_ready() -> usize {
    block_on(async { Ready(1).await })
}

pub trait Fetch {
    fn fetch(&self) -> impl Future<Output = usize>;
}
pub struct Disk;
pub struct Memory;
impl Fetch for Disk {
    async fn fetch(&self) -> usize {
        read().await
    }
}
impl Fetch for Memory {
    async fn fetch(&self) -> usize {
        leaf()
    }
}
pub fn fetch_any<T: Fetch>(source: T) -> usize {
    block_on(source.fetch())
}
pub fn fetch_memory() -> usize {
    fetch_any(Memory)
}
pub fn fetch_disk() -> usize {
    fetch_any(Disk)
}
