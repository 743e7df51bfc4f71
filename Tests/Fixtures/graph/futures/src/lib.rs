//! Futures: async functions and blocks, awaited and run by an executor of its own.
use std::fs;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

pub async fn read() -> usize {
    fs::read("a").map(|bytes| bytes.len()).unwrap_or(0) //~ callback read::{closure#0}::{closure#0}
}
pub async fn twice() -> usize {
    read().await + read().await //~ call read
    //~| dispatch read::{closure#0}
}
pub async fn pure() -> usize {
    leaf() //~ call leaf
}
fn leaf() -> usize {
    1
}

struct Silent;
impl Wake for Silent {
    fn wake(self: Arc<Self>) {
        woken() //~ call woken
    }
}
fn woken() {}

pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Silent));
    //~^ block_on<<Disk as Fetch>::fetch::{closure#0}>: callback <Silent as std::task::Wake>::wake
    //~| block_on<<Memory as Fetch>::fetch::{closure#0}>: callback <Silent as std::task::Wake>::wake
    //~| block_on<<T as Fetch>::fetch::{opaque#0}>: callback <Silent as std::task::Wake>::wake
    //~| block_on<F>: callback <Silent as std::task::Wake>::wake
    //~| block_on<pure::{closure#0}>: callback <Silent as std::task::Wake>::wake
    //~| block_on<run_block::{closure#0}>: callback <Silent as std::task::Wake>::wake
    //~| block_on<run_closure::{closure#0}>: callback <Silent as std::task::Wake>::wake
    //~| block_on<run_ready::{closure#0}>: callback <Silent as std::task::Wake>::wake
    //~| block_on<std::pin::Pin<std::boxed::Box<dyn std::future::Future<Output = usize>, std::alloc::Global>>>: callback <Silent as std::task::Wake>::wake
    //~| block_on<twice::{closure#0}>: callback <Silent as std::task::Wake>::wake
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
        //~^ block_on<<Disk as Fetch>::fetch::{closure#0}>: dispatch <Disk as Fetch>::fetch::{closure#0}
        //~| block_on<<Memory as Fetch>::fetch::{closure#0}>: dispatch <Memory as Fetch>::fetch::{closure#0}
        //~| block_on<pure::{closure#0}>: dispatch pure::{closure#0}
        //~| block_on<run_block::{closure#0}>: dispatch run_block::{closure#0}
        //~| block_on<run_closure::{closure#0}>: dispatch run_closure::{closure#0}
        //~| block_on<run_ready::{closure#0}>: dispatch run_ready::{closure#0}
        //~| block_on<std::pin::Pin<std::boxed::Box<dyn std::future::Future<Output = usize>, std::alloc::Global>>>: dyn run_boxed::{closure#0}
        //~| block_on<twice::{closure#0}>: dispatch twice::{closure#0}
            return value;
        }
    }
}
pub fn run_twice() -> usize {
    block_on(twice()) //~ call block_on<twice::{closure#0}>
    //~| call twice
}
pub fn run_pure() -> usize {
    block_on(pure()) //~ call block_on<pure::{closure#0}>
    //~| call pure
}
pub fn run_block() -> usize {
    let base = 1;
    block_on(async move { base + leaf() }) //~ call block_on<run_block::{closure#0}>
    //~| call leaf
}
pub fn made_not_run() {
    let _future = read(); //~ call read
}
pub fn run_boxed() -> usize {
    let future: Pin<Box<dyn Future<Output = usize>>> = Box::pin(async { twice().await }); //~ call twice
    //~| cast run_boxed::{closure#0}
    //~| dispatch twice::{closure#0}
    block_on(future)
    //~^ call block_on<std::pin::Pin<std::boxed::Box<dyn std::future::Future<Output = usize>, std::alloc::Global>>>
}
pub fn run_closure() -> usize {
    block_on(async { (async || leaf())().await }) //~ call block_on<run_closure::{closure#0}>
    //~| call leaf
    //~| dispatch run_closure::{closure#0}::{closure#0}
    //~| dispatch run_closure::{closure#0}::{closure#0}::{closure#0}
    //~| unused run_closure::{closure#0}::{closure#0}::{synthetic#0}
}

pub struct Ready(pub usize);
impl Future for Ready {
    type Output = usize;
    fn poll(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<usize> {
        Poll::Ready(own_poll()) //~ call own_poll
    }
}
fn own_poll() -> usize {
    2
}
pub fn run_ready() -> usize {
    block_on(async { Ready(1).await }) //~ call block_on<run_ready::{closure#0}>
    //~| dispatch <Ready as std::future::Future>::poll
}

pub trait Fetch {
    fn fetch(&self) -> impl Future<Output = usize>;
}
pub struct Disk;
pub struct Memory;
impl Fetch for Disk {
    async fn fetch(&self) -> usize {
        read().await //~ call read
        //~| dispatch read::{closure#0}
    }
}
impl Fetch for Memory {
    async fn fetch(&self) -> usize {
        leaf() //~ call leaf
    }
}
pub fn fetch_any<T: Fetch>(source: T) -> usize {
    block_on(source.fetch()) //~ fetch_any<Disk>: call block_on<<Disk as Fetch>::fetch::{closure#0}>
    //~| fetch_any<Disk>: dispatch <Disk as Fetch>::fetch
    //~| fetch_any<Memory>: call block_on<<Memory as Fetch>::fetch::{closure#0}>
    //~| fetch_any<Memory>: dispatch <Memory as Fetch>::fetch
    //~| fetch_any<T>: call block_on<<T as Fetch>::fetch::{opaque#0}>
}
pub fn fetch_memory() -> usize {
    fetch_any(Memory) //~ call fetch_any<Memory>
}
pub fn fetch_disk() -> usize {
    fetch_any(Disk) //~ call fetch_any<Disk>
}
