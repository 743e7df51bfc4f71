//! Futures: traits with async functions and opaque results, executors by hand, combinators, streams, dropped coroutines.
use std::cell::RefCell;
use std::collections::VecDeque;
use std::fs;
use std::future::{Future, IntoFuture};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Wake, Waker};

fn touch() {
    let _ = fs::read("a");
}
fn leaf() {}

pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        let mut context = Context::from_waker(Waker::noop());
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
        //~^ block_on<<Disk as Fetch>::twice::{closure#0}>: dispatch <Disk as Fetch>::twice::{closure#0}
        //~| block_on<<Disk as Supply>::later::{closure#0}>: dispatch <Disk as Supply>::later::{closure#0}
        //~| block_on<<Memory as Fetch>::twice::{closure#0}>: dispatch <Memory as Fetch>::twice::{closure#0}
        //~| block_on<<Memory as Supply>::later::{closure#0}>: dispatch <Memory as Supply>::later::{closure#0}
        //~| block_on<<Router>::handle::{closure#0}>: dispatch <Router>::handle::{closure#0}
        //~| block_on<Join<job::{closure#0}, run_join::{closure#0}>>: dispatch <Join<job::{closure#0}, run_join::{closure#0}> as std::future::Future>::poll
        //~| block_on<Map<std::future::Ready<u8>, run_map::{closure#0}>>: dispatch <Map<std::future::Ready<u8>, run_map::{closure#0}> as std::future::Future>::poll
        //~| block_on<fetch_any<Disk>::{closure#0}>: dispatch fetch_any<Disk>::{closure#0}
        //~| block_on<fetch_any<Memory>::{closure#0}>: dispatch fetch_any<Memory>::{closure#0}
        //~| block_on<retry<run_retry::{closure#0}::{closure#0}, run_retry::{closure#0}>::{closure#0}>: dispatch retry<run_retry::{closure#0}::{closure#0}, run_retry::{closure#0}>::{closure#0}
        //~| block_on<run_request::{closure#0}>: dispatch run_request::{closure#0}
        //~| block_on<shared_state::{closure#0}>: dispatch shared_state::{closure#0}
        //~| block_on<std::pin::Pin<std::boxed::Box<dyn std::future::Future<Output = u8>, std::alloc::Global>>>: dyn/2 <Request as std::future::IntoFuture>::into_future::{closure#0}
        //~| block_on<std::pin::Pin<std::boxed::Box<dyn std::future::Future<Output = u8>, std::alloc::Global>>>: dyn/2 recursive::{closure#0}
        //~| block_on<sum_stream<Ticks>::{closure#0}>: dispatch sum_stream<Ticks>::{closure#0}
        //~| block_on<with_async_closure<plus_one>::{closure#0}>: dispatch with_async_closure<plus_one>::{closure#0}
        //~| block_on<with_async_closure<run_async_closure::{closure#0}>::{closure#0}>: dispatch with_async_closure<run_async_closure::{closure#0}>::{closure#0}
            return value;
        }
    }
}

// Traits whose methods give what only the impl knows.
pub trait Fetch {
    async fn fetch(&self) -> u8;
    async fn twice(&self) -> u8 {
        self.fetch().await + self.fetch().await
        //~^ <Disk as Fetch>::twice::{closure#0}: dispatch <Disk as Fetch>::fetch
        //~| <Disk as Fetch>::twice::{closure#0}: dispatch <Disk as Fetch>::fetch::{closure#0}
    }
}
pub struct Disk;
pub struct Memory;
impl Fetch for Disk {
    async fn fetch(&self) -> u8 {
        touch(); //~ call touch
        1
    }
}
impl Fetch for Memory {
    async fn fetch(&self) -> u8 {
        leaf(); //~ call leaf
        2
    }
    async fn twice(&self) -> u8 {
        leaf(); //~ call leaf
        4
    }
}
async fn fetch_any<F: Fetch>(source: &F) -> u8 {
    source.fetch().await //~ fetch_any<Disk>::{closure#0}: dispatch <Disk as Fetch>::fetch
    //~| fetch_any<Disk>::{closure#0}: dispatch <Disk as Fetch>::fetch::{closure#0}
    //~| fetch_any<Memory>::{closure#0}: dispatch <Memory as Fetch>::fetch
    //~| fetch_any<Memory>::{closure#0}: dispatch <Memory as Fetch>::fetch::{closure#0}
}
pub fn fetch_memory() -> u8 {
    block_on(fetch_any(&Memory)) //~ call block_on<fetch_any<Memory>::{closure#0}>
    //~| call fetch_any<Memory>
}
pub fn fetch_disk() -> u8 {
    block_on(fetch_any(&Disk)) //~ call block_on<fetch_any<Disk>::{closure#0}>
    //~| call fetch_any<Disk>
}
pub fn twice_memory() -> u8 {
    block_on(Memory.twice()) //~ call block_on<<Memory as Fetch>::twice::{closure#0}>
    //~| dispatch <Memory as Fetch>::twice
}
pub fn twice_disk() -> u8 {
    block_on(Disk.twice()) //~ call block_on<<Disk as Fetch>::twice::{closure#0}>
    //~| dispatch <Disk as Fetch>::twice
}
pub trait Supply {
    fn supply(&self) -> impl Iterator<Item = u8>;
    fn later(&self) -> impl Future<Output = u8> + Send;
    fn with_default(&self) -> impl Fn() -> u8 {
        || {
            leaf(); //~ <Memory as Supply>::with_default::{closure#0}: call leaf
            //~| <Self as Supply>::with_default::{closure#0}: call leaf
            1
        }
    }
}
pub struct Own(u8);
impl Iterator for Own {
    type Item = u8;
    fn next(&mut self) -> Option<u8> {
        touch(); //~ call touch
        None
    }
}
impl Supply for Disk {
    fn supply(&self) -> impl Iterator<Item = u8> {
        Own(1)
    }
    fn later(&self) -> impl Future<Output = u8> + Send {
        async {
            touch(); //~ call touch
            1
        }
    }
    fn with_default(&self) -> impl Fn() -> u8 {
        || {
            touch(); //~ call touch
            1
        }
    }
}
impl Supply for Memory {
    fn supply(&self) -> impl Iterator<Item = u8> {
        (0..3).map(|value| { //~ callback <Memory as Supply>::supply::{closure#0}
            leaf(); //~ call leaf
            value
        })
    }
    async fn later(&self) -> u8 {
        leaf(); //~ call leaf
        1
    }
}
fn use_supply<S: Supply>(source: &S) -> u8 {
    let mut sum = (source.with_default())(); //~ use_supply<Disk>: dispatch <Disk as Supply>::with_default
    //~| use_supply<Disk>: dispatch <Disk as Supply>::with_default::{closure#0}
    //~| use_supply<Memory>: dispatch <Memory as Supply>::with_default
    //~| use_supply<Memory>: dispatch <Memory as Supply>::with_default::{closure#0}
    for value in source.supply() { //~ use_supply<Disk>: dispatch <Disk as Supply>::supply
    //~| use_supply<Disk>: dispatch <Own as std::iter::Iterator>::next
    //~| use_supply<Memory>: callback <Memory as Supply>::supply::{closure#0}
    //~| use_supply<Memory>: dispatch <Memory as Supply>::supply
        sum += value;
    }
    sum + block_on(source.later()) //~ use_supply<Disk>: call block_on<<Disk as Supply>::later::{closure#0}>
    //~| use_supply<Disk>: dispatch <Disk as Supply>::later
    //~| use_supply<Memory>: call block_on<<Memory as Supply>::later::{closure#0}>
    //~| use_supply<Memory>: dispatch <Memory as Supply>::later
}
pub fn supply_disk() -> u8 {
    use_supply(&Disk) //~ call use_supply<Disk>
}
pub fn supply_memory() -> u8 {
    use_supply(&Memory) //~ call use_supply<Memory>
}

// An executor with a queue of boxed futures.
type Task = Pin<Box<dyn Future<Output = ()>>>;
#[derive(Default)]
pub struct Executor {
    queue: RefCell<VecDeque<Task>>,
}
impl Executor {
    pub fn spawn(&self, future: impl Future<Output = ()> + 'static) {
        self.queue.borrow_mut().push_back(Box::pin(future))
        //~^ <Executor>::spawn<job::{closure#0}>: cast job::{closure#0}
        //~| <Executor>::spawn<run_jobs::{closure#0}>: cast run_jobs::{closure#0}
    }
    pub fn run(&self) {
        while let Some(mut task) = self.next() { //~ call <Executor>::next
            let mut context = Context::from_waker(Waker::noop());
            if task.as_mut().poll(&mut context).is_pending() { //~ dyn/3 handle_request::{closure#0}
            //~| dyn/3 job::{closure#0}
            //~| dyn/3 run_jobs::{closure#0}
                self.queue.borrow_mut().push_back(task)
            }
        }
    }
    fn next(&self) -> Option<Task> {
        self.queue.borrow_mut().pop_front()
    }
}
async fn job() {
    Countdown(2).await; //~ dispatch <Countdown as std::future::Future>::poll
    touch() //~ call touch
}
pub fn run_jobs() {
    let executor = Executor::default(); //~ dispatch <Executor as std::default::Default>::default
    executor.spawn(job()); //~ call <Executor>::spawn<job::{closure#0}>
    //~| call job
    executor.spawn(async { leaf() }); //~ call <Executor>::spawn<run_jobs::{closure#0}>
    //~| call leaf
    executor.run() //~ call <Executor>::run
}
pub struct Countdown(u32);
impl Future for Countdown {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0 == 0 {
            return Poll::Ready(());
        }
        self.0 -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

// Wakers.
pub struct Signal(AtomicBool);
impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
        leaf() //~ call leaf
    }
}
pub fn wake_signal() {
    let waker: Waker = Arc::new(Signal(AtomicBool::new(false))).into(); //~ callback <Signal as std::task::Wake>::wake
    waker.wake_by_ref()
}
static TABLE: RawWakerVTable = RawWakerVTable::new(raw_clone, raw_wake, raw_wake_by_ref, raw_drop);
//~^ static raw_clone
//~| static raw_drop
//~| static raw_wake
//~| static raw_wake_by_ref
unsafe fn raw_clone(data: *const ()) -> RawWaker {
    RawWaker::new(data, &TABLE) //~ static TABLE
}
unsafe fn raw_wake(_data: *const ()) {
    touch() //~ call touch
}
unsafe fn raw_wake_by_ref(_data: *const ()) {
    leaf() //~ call leaf
}
unsafe fn raw_drop(_data: *const ()) {}
pub fn raw_waker() -> Waker {
    unsafe { Waker::from_raw(RawWaker::new(std::ptr::null(), &TABLE)) } //~ static TABLE
}
pub fn wake_raw() {
    raw_waker().wake() //~ call raw_waker
}

// Combinators.
pub struct Join<A: Future, B: Future> {
    first: Pin<Box<A>>,
    second: Pin<Box<B>>,
}
impl<A: Future, B: Future> Future for Join<A, B> {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let first = self.first.as_mut().poll(context).is_ready();
        //~^ <Join<job::{closure#0}, run_join::{closure#0}> as std::future::Future>::poll: dispatch job::{closure#0}
        let second = self.second.as_mut().poll(context).is_ready();
        //~^ <Join<job::{closure#0}, run_join::{closure#0}> as std::future::Future>::poll: dispatch run_join::{closure#0}
        if first && second { Poll::Ready(()) } else { Poll::Pending }
    }
}
pub fn join<A: Future, B: Future>(first: A, second: B) -> Join<A, B> {
    Join { first: Box::pin(first), second: Box::pin(second) }
}
pub fn run_join() {
    block_on(join(job(), async { leaf() })) //~ call block_on<Join<job::{closure#0}, run_join::{closure#0}>>
    //~| call job
    //~| call join<job::{closure#0}, run_join::{closure#0}>
    //~| call leaf
}
pub struct Map<F, A> {
    future: F,
    action: Option<A>,
}
impl<F: Future + Unpin, A: FnOnce(F::Output) -> R + Unpin, R> Future for Map<F, A> {
    type Output = R;
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<R> {
        match Pin::new(&mut self.future).poll(context) {
            Poll::Ready(value) => match self.action.take() {
                Some(action) => Poll::Ready(action(value)),
                //~^ <Map<std::future::Ready<u8>, run_map::{closure#0}> as std::future::Future>::poll: dispatch run_map::{closure#0}
                None => Poll::Pending,
            },
            Poll::Pending => Poll::Pending,
        }
    }
}
pub trait FutureExtension: Future + Sized {
    fn map<R, A: FnOnce(Self::Output) -> R>(self, action: A) -> Map<Self, A> {
        Map { future: self, action: Some(action) }
    }
}
impl<F: Future> FutureExtension for F {}
pub fn run_map() -> u8 {
    block_on(std::future::ready(1u8).map(|value| {
    //~^ call block_on<Map<std::future::Ready<u8>, run_map::{closure#0}>>
    //~| dispatch <std::future::Ready<u8> as FutureExtension>::map<u8, run_map::{closure#0}>
        touch(); //~ call touch
        value
    }))
}
pub struct Request(u8);
impl IntoFuture for Request {
    type Output = u8;
    type IntoFuture = Pin<Box<dyn Future<Output = u8>>>;
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { //~ cast <Request as std::future::IntoFuture>::into_future::{closure#0}
            touch(); //~ call touch
            self.0
        })
    }
}
pub fn run_request() -> u8 {
    block_on(async { Request(1).await }) //~ call block_on<run_request::{closure#0}>
    //~| dispatch <Request as std::future::IntoFuture>::into_future
    //~| dyn/2 <Request as std::future::IntoFuture>::into_future::{closure#0}
    //~| dyn/2 recursive::{closure#0}
}

// Streams.
pub trait Stream {
    type Item;
    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>>;
}
pub struct Ticks;
impl Stream for Ticks {
    type Item = u8;
    fn poll_next(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Option<u8>> {
        leaf(); //~ call leaf
        Poll::Ready(None)
    }
}
pub struct Next<'a, S: ?Sized>(&'a mut S);
impl<S: Stream + Unpin + ?Sized> Future for Next<'_, S> {
    type Output = Option<S::Item>;
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<S::Item>> {
        Pin::new(&mut *self.0).poll_next(context)
        //~^ <Next<Ticks> as std::future::Future>::poll: dispatch <Ticks as Stream>::poll_next
    }
}
async fn sum_stream<S: Stream<Item = u8> + Unpin>(mut stream: S) -> u8 {
    let mut sum = 0;
    while let Some(value) = Next(&mut stream).await { //~ dispatch <Next<Ticks> as std::future::Future>::poll
        sum += value;
    }
    sum
}
pub fn run_stream() -> u8 {
    block_on(sum_stream(Ticks)) //~ call block_on<sum_stream<Ticks>::{closure#0}>
    //~| call sum_stream<Ticks>
}

// Closures and callbacks.
async fn retry<F: Future<Output = bool>>(action: impl Fn(u8) -> F) -> bool {
    action(1).await || action(2).await //~ dispatch run_retry::{closure#0}
    //~| dispatch run_retry::{closure#0}::{closure#0}
}
pub fn run_retry() -> bool {
    block_on(retry(|count| async move {
    //~^ call block_on<retry<run_retry::{closure#0}::{closure#0}, run_retry::{closure#0}>::{closure#0}>
    //~| call retry<run_retry::{closure#0}::{closure#0}, run_retry::{closure#0}>
        leaf(); //~ call leaf
        count > 1
    }))
}
async fn with_async_closure(action: impl AsyncFn(u8) -> u8) -> u8 {
    action(1).await //~ with_async_closure<plus_one>::{closure#0}: dispatch plus_one
    //~| with_async_closure<plus_one>::{closure#0}: dispatch plus_one::{closure#0}
    //~| with_async_closure<run_async_closure::{closure#0}>::{closure#0}: dispatch run_async_closure::{closure#0}
    //~| with_async_closure<run_async_closure::{closure#0}>::{closure#0}: dispatch run_async_closure::{closure#0}::{closure#0}
}
pub fn run_async_closure() -> u8 {
    let base = 1;
    block_on(with_async_closure(async |value| {
    //~^ call block_on<with_async_closure<run_async_closure::{closure#0}>::{closure#0}>
    //~| call with_async_closure<run_async_closure::{closure#0}>
    //~| unused run_async_closure::{closure#0}::{synthetic#0}
        touch(); //~ call touch
        value + base
    }))
}
pub fn run_function_as_async() -> u8 {
    block_on(with_async_closure(plus_one)) //~ call block_on<with_async_closure<plus_one>::{closure#0}>
    //~| call with_async_closure<plus_one>
}
async fn plus_one(value: u8) -> u8 {
    leaf(); //~ call leaf
    value + 1
}
fn recursive(depth: u8) -> Pin<Box<dyn Future<Output = u8>>> {
    Box::pin(async move { if depth == 0 { 0 } else { recursive(depth - 1).await } }) //~ call recursive
    //~| cast recursive::{closure#0}
    //~| dyn/2 <Request as std::future::IntoFuture>::into_future::{closure#0}
    //~| dyn/2 recursive::{closure#0}
}
pub fn run_recursive() -> u8 {
    block_on(recursive(3))
    //~^ call block_on<std::pin::Pin<std::boxed::Box<dyn std::future::Future<Output = u8>, std::alloc::Global>>>
    //~| call recursive
}
type Handler = Box<dyn Fn(u8) -> Pin<Box<dyn Future<Output = ()>>>>;
pub struct Router {
    handlers: Vec<Handler>,
}
impl Router {
    pub fn add<F, R>(&mut self, handler: F)
    where
        F: Fn(u8) -> R + 'static,
        R: Future<Output = ()> + 'static,
    {
        self.handlers.push(Box::new(move |request| Box::pin(handler(request))))
        //~^ <Router>::add<F, R>: cast <Router>::add<F, R>::{closure#0}
        //~| <Router>::add<handle_request, handle_request::{closure#0}>: cast <Router>::add<handle_request, handle_request::{closure#0}>::{closure#0}
        //~| <Router>::add<handle_request, handle_request::{closure#0}>::{closure#0}: cast handle_request::{closure#0}
        //~| <Router>::add<handle_request, handle_request::{closure#0}>::{closure#0}: dispatch handle_request
    }
    pub async fn handle(&self, request: u8) {
        for handler in &self.handlers {
            handler(request).await //~ dyn/2 <Router>::add<F, R>::{closure#0}
            //~| dyn/2 <Router>::add<handle_request, handle_request::{closure#0}>::{closure#0}
            //~| dyn/5 handle_request::{closure#0}
            //~| dyn/5 job::{closure#0}
            //~| dyn/5 run_jobs::{closure#0}
        }
    }
}
async fn handle_request(_request: u8) {
    touch() //~ call touch
}
pub fn run_router() {
    let mut router = Router { handlers: Vec::new() };
    router.add(handle_request); //~ call <Router>::add<handle_request, handle_request::{closure#0}>
    block_on(router.handle(1)) //~ call <Router>::handle
    //~| call block_on<<Router>::handle::{closure#0}>
}

// Dropped before they end.
pub struct Guard;
impl Drop for Guard {
    fn drop(&mut self) {
        touch() //~ call touch
    }
}
pub fn dropped_with_guard() {
    let guard = Guard;
    let future = async move { //~ unused dropped_with_guard::{closure#0}
        let _kept = guard;
        Countdown(1).await; //~ dispatch <Countdown as std::future::Future>::poll
    }; //~ drop <Guard as std::ops::Drop>::drop
    drop(future) //~ drop <Guard as std::ops::Drop>::drop
}
fn look(_guard: &Guard) {} //~ unused look
fn consume(_guard: Guard) {} //~ unused consume
//~^ drop <Guard as std::ops::Drop>::drop
pub fn dropped_after_giving_away() {
    let future = async { //~ unused dropped_after_giving_away::{closure#0}
        let guard = Guard;
        look(&guard); //~ call look
        consume(guard); //~ call consume
        Countdown(1).await; //~ dispatch <Countdown as std::future::Future>::poll
    }; //~ drop <Guard as std::ops::Drop>::drop
    drop(future)
}
pub fn dropped_between_waits() {
    let future = async { //~ unused dropped_between_waits::{closure#0}
        Countdown(1).await; //~ dispatch <Countdown as std::future::Future>::poll
        {
            let _guard = Guard;
            leaf(); //~ call leaf
        } //~ drop <Guard as std::ops::Drop>::drop
        Countdown(2).await; //~ dispatch <Countdown as std::future::Future>::poll
    };
    drop(future)
}
pub fn dropped_boxed() {
    let future: Task = Box::pin(job()); //~ call job
    //~| cast job::{closure#0}
    drop(future)
}
pub fn shared_state() -> u8 {
    let state = Arc::new(Mutex::new(0u8));
    let other = Rc::new(state.clone());
    block_on(async move { //~ call block_on<shared_state::{closure#0}>
        *other.lock().unwrap() += 1;
        *state.lock().unwrap()
    })
}
