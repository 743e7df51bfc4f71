//! One payload, reached in the ways in which a language runs code that no call names.
use std::borrow::{Borrow, Cow};
use std::cell::RefCell;
use std::collections::{BTreeMap, BinaryHeap, HashMap};
use std::fmt::{self, Write as _};
use std::future::Future;
use std::hash::{Hash, Hasher};
use std::io::{self, BufRead, Read};
use std::ops::{Add, AddAssign, Deref, Index, Neg};
use std::pin::Pin;
use std::str::FromStr;
use std::sync::{Arc, LazyLock, Mutex, Once, OnceLock};
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

fn payload() -> u32 {
    std::process::Command::new("true").spawn().map_or(0, |child| child.id())
}

/// Does what it is asked to in every way in which std's traits can ask.
pub struct Bait(pub u32);

impl Drop for Bait {
    fn drop(&mut self) {
        payload();
    }
}

pub struct Lure(pub u32);

impl Deref for Lure {
    type Target = u32;
    fn deref(&self) -> &u32 {
        payload();
        &self.0
    }
}
impl fmt::Display for Lure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", payload())
    }
}
impl fmt::Debug for Lure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", payload())
    }
}
impl fmt::LowerHex for Lure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", payload())
    }
}
impl std::error::Error for Lure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        payload();
        None
    }
}
impl Clone for Lure {
    fn clone(&self) -> Lure {
        Lure(payload())
    }
}
impl Default for Lure {
    fn default() -> Lure {
        Lure(payload())
    }
}
impl PartialEq for Lure {
    fn eq(&self, other: &Lure) -> bool {
        payload() == other.0
    }
}
impl Eq for Lure {}
impl PartialOrd for Lure {
    fn partial_cmp(&self, other: &Lure) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Lure {
    fn cmp(&self, other: &Lure) -> std::cmp::Ordering {
        payload().cmp(&other.0)
    }
}
impl Hash for Lure {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u32(payload());
    }
}
impl Add for Lure {
    type Output = u32;
    fn add(self, other: Lure) -> u32 {
        payload() + other.0
    }
}
impl AddAssign<u32> for Lure {
    fn add_assign(&mut self, other: u32) {
        self.0 = payload() + other;
    }
}
impl Neg for Lure {
    type Output = u32;
    fn neg(self) -> u32 {
        payload()
    }
}
impl Index<usize> for Lure {
    type Output = u32;
    fn index(&self, _place: usize) -> &u32 {
        payload();
        &self.0
    }
}
impl Iterator for Lure {
    type Item = u32;
    fn next(&mut self) -> Option<u32> {
        (payload() > 7).then_some(1)
    }
}
impl From<u32> for Lure {
    fn from(_number: u32) -> Lure {
        Lure(payload())
    }
}
impl FromStr for Lure {
    type Err = ();
    fn from_str(_text: &str) -> Result<Lure, ()> {
        Ok(Lure(payload()))
    }
}
impl FromIterator<u8> for Lure {
    fn from_iter<I: IntoIterator<Item = u8>>(_items: I) -> Lure {
        Lure(payload())
    }
}
impl Extend<u8> for Lure {
    fn extend<I: IntoIterator<Item = u8>>(&mut self, _items: I) {
        self.0 = payload();
    }
}
impl std::iter::Sum<u32> for Lure {
    fn sum<I: Iterator<Item = u32>>(_items: I) -> Lure {
        Lure(payload())
    }
}
impl Read for Lure {
    fn read(&mut self, _buffer: &mut [u8]) -> io::Result<usize> {
        Ok(payload() as usize % 2)
    }
}
impl io::Write for Lure {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        Ok(payload() as usize % buffer.len().max(1))
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
impl fmt::Write for Lure {
    fn write_str(&mut self, _text: &str) -> fmt::Result {
        payload();
        Ok(())
    }
}
impl Future for Lure {
    type Output = u32;
    fn poll(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<u32> {
        Poll::Ready(payload())
    }
}
impl Borrow<u32> for Lure {
    fn borrow(&self) -> &u32 {
        payload();
        &self.0
    }
}
impl AsRef<str> for Lure {
    fn as_ref(&self) -> &str {
        payload();
        ""
    }
}

// Values that go away.
pub fn scope_ends() {
    let _bait = Bait(1);
}
pub fn value_is_overwritten(slot: &mut Bait) {
    *slot = Bait(2);
}
pub fn vector_is_cleared(baits: &mut Vec<Bait>) {
    baits.clear();
}
pub fn option_is_taken(slot: &mut Option<Bait>) {
    slot.take();
}
pub fn captured_by_a_closure(bait: Bait) {
    let closure = move || bait.0;
    std::mem::drop(closure);
}
pub fn last_counted_reference(bait: Arc<Bait>) {
    drop(bait);
}
pub fn in_a_boxed_object(object: Box<dyn std::any::Any>) {
    let other: Box<dyn std::any::Any> = Box::new(Bait(3));
    drop((object, other));
}
pub fn unwinding() {
    let _bait = Bait(1);
    panic!();
}
pub fn map_entry_is_replaced(map: &mut BTreeMap<u8, Bait>) {
    map.insert(1, Bait(1));
}

// Operators and formatting.
pub fn dereferenced(lure: &Lure) -> u32 {
    **lure
}
pub fn method_through_deref(lure: &Lure) -> u32 {
    lure.count_ones()
}
pub fn displayed(lure: &Lure) -> String {
    format!("{lure}")
}
pub fn made_a_string(lure: &Lure) -> String {
    ToString::to_string(lure)
}
pub fn debugged_in_a_vector(lures: &Vec<Option<Lure>>) -> String {
    format!("{lures:?}")
}
pub fn in_hexadecimal(lure: &Lure) -> String {
    format!("{lure:#x}")
}
pub fn in_a_panic_message(lure: &Lure) {
    panic!("{lure}");
}
pub fn expected(result: Result<u8, Lure>) -> u8 {
    result.expect("no")
}
pub fn source_of_an_error(error: Lure) -> bool {
    let boxed: Box<dyn std::error::Error> = Box::new(error);
    boxed.source().is_some()
}
pub fn added(left: Lure, right: Lure) -> u32 {
    left + right
}
pub fn added_in_place(mut lure: Lure) -> u32 {
    lure += 1;
    lure.0
}
pub fn negated(lure: Lure) -> u32 {
    -lure
}
pub fn indexed(lure: &Lure) -> u32 {
    lure[3]
}
pub fn compared(left: &[Lure], right: &[Lure]) -> bool {
    left == right
}
pub fn asserted(left: Lure, right: Lure) {
    assert_eq!(left, right);
}
pub fn matched_in_a_tuple(left: (u8, Lure), right: (u8, Lure)) -> bool {
    left < right
}
pub fn question_mark(number: Result<u8, u32>) -> Result<u8, Lure> {
    Ok(number?)
}

// Derived impls.
#[derive(Clone, Debug, Default, PartialEq, PartialOrd, Hash)]
pub struct Nested {
    inner: Option<Lure>,
    more: Lure,
}
pub fn derived_clone(nested: &[Nested]) -> Vec<Nested> {
    nested.to_vec()
}
pub fn derived_default() -> u32 {
    let nested = Nested { inner: None, ..Default::default() };
    nested.more.0
}
pub fn derived_comparison(left: &Nested, right: &Nested) -> bool {
    left == right
}
pub fn default_of_a_missing(slot: Option<Nested>) -> Nested {
    slot.unwrap_or_default()
}
pub fn taken_for_default(slot: &mut Lure) -> Lure {
    std::mem::take(slot)
}
pub fn cloned_on_write(text: &Lure) -> Lure {
    Cow::Borrowed(text).into_owned()
}
pub fn shared_and_made_unique(lure: &mut Arc<Lure>) {
    Arc::make_mut(lure).0 = 1;
}

// Iteration and collections.
pub fn in_a_loop(lure: Lure) -> u32 {
    let mut sum = 0;
    for number in lure {
        sum += number;
    }
    sum
}
pub fn through_adapters(lure: Lure) -> Vec<u32> {
    lure.map(|number| number + 1).skip(1).zip(0..).map(|(number, _)| number).collect()
}
pub fn collected(bytes: &[u8]) -> Lure {
    bytes.iter().copied().collect()
}
pub fn unzipped(pairs: Vec<(u8, u8)>) -> Lure {
    let (left, _right): (Lure, Vec<u8>) = pairs.into_iter().unzip();
    left
}
pub fn summed(numbers: &[u32]) -> Lure {
    numbers.iter().copied().sum()
}
pub fn sorted(lures: &mut [Lure]) {
    lures.sort();
}
pub fn sorted_by_key(numbers: &mut [u32]) {
    numbers.sort_by_key(|number| number ^ payload());
}
pub fn pushed_on_a_heap(heap: &mut BinaryHeap<Lure>) {
    heap.push(Lure(1));
}
pub fn inserted_in_a_map(map: &mut HashMap<Lure, u8>) {
    map.insert(Lure(1), 1);
}
pub fn looked_up(map: &BTreeMap<Lure, u8>) -> Option<&u8> {
    map.get(&7u32)
}
pub fn split_by_a_closure(text: &str) -> usize {
    text.split(|letter: char| letter as u32 == payload()).count()
}
pub fn retained(numbers: &mut Vec<u32>) {
    numbers.retain(|number| *number == payload());
}
pub fn made_from_a_function() -> [u32; 3] {
    std::array::from_fn(|_| payload())
}
pub fn joined(lures: &[Lure]) -> usize {
    lures.iter().map(|lure| lure.as_ref().len()).sum()
}

// Conversion and parsing.
pub fn parsed(text: &str) -> Option<Lure> {
    text.parse().ok()
}
pub fn converted(number: u32) -> Lure {
    number.into()
}
pub fn tried(number: u32) -> Option<Lure> {
    number.try_into().ok()
}

// Input and output.
pub fn copied(lure: &mut Lure) -> io::Result<u64> {
    io::copy(lure, &mut io::sink())
}
pub fn read_by_lines(lure: Lure) -> usize {
    io::BufReader::new(lure).lines().count()
}
pub fn written_to(lure: &mut Lure) -> fmt::Result {
    fmt::Write::write_fmt(lure, format_args!("{}", 1))
}
pub fn written_by_macro(lure: &mut Lure) -> io::Result<()> {
    let out: &mut dyn io::Write = lure;
    writeln!(out, "text")
}

// Closures and pointers.
pub fn handed_to_an_option(number: Option<u32>) -> u32 {
    number.unwrap_or_else(payload)
}
pub fn in_a_table(place: usize) -> u32 {
    const TABLE: [fn() -> u32; 2] = [harmless, payload];
    TABLE[place % 2]()
}
fn harmless() -> u32 {
    0
}
struct Hook {
    run: fn() -> u32,
}
static HOOK: Hook = Hook { run: payload };
pub fn in_a_static() -> u32 {
    (HOOK.run)()
}
type Task = Box<dyn FnOnce() -> u32 + Send>;
static TASKS: Mutex<Vec<Task>> = Mutex::new(Vec::new());
pub fn kept_for_later() {
    if let Ok(mut tasks) = TASKS.lock() {
        tasks.push(Box::new(payload));
    }
}
pub fn run_later() -> u32 {
    let task = TASKS.lock().ok().and_then(|mut tasks| tasks.pop());
    task.map_or(0, |task| task())
}
trait Plan {
    const STEP: fn() -> u32;
}
struct Trap;
impl Plan for Trap {
    const STEP: fn() -> u32 = payload;
}
fn follow<P: Plan>() -> u32 {
    (P::STEP)()
}
pub fn associated_constant() -> u32 {
    follow::<Trap>()
}
pub fn transmuted() -> u32 {
    let address = payload as usize;
    let function: fn() -> u32 = unsafe { std::mem::transmute(address) };
    function()
}
pub fn returned() -> impl Fn() -> u32 {
    || payload()
}
pub fn returned_and_called() -> u32 {
    returned()()
}

// What runs by itself.
static LAZY: LazyLock<u32> = LazyLock::new(payload);
pub fn lazily() -> u32 {
    *LAZY
}
thread_local! {
    static LOCAL: RefCell<u32> = RefCell::new(payload());
}
pub fn in_thread_local() -> u32 {
    LOCAL.with_borrow(|number| *number)
}
pub fn only_once() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        payload();
    });
}
pub fn initialised() -> u32 {
    static CELL: OnceLock<u32> = OnceLock::new();
    *CELL.get_or_init(payload)
}
pub fn in_a_thread() {
    std::thread::spawn(payload);
}
pub fn in_a_scoped_thread() {
    std::thread::scope(|scope| {
        scope.spawn(|| payload());
    });
}
pub fn in_a_panic_hook() {
    std::panic::set_hook(Box::new(|_| {
        payload();
    }));
}
pub fn caught() -> bool {
    std::panic::catch_unwind(payload).is_ok()
}

// Futures.
async fn later() -> u32 {
    Lure(1).await
}
pub fn polled() -> bool {
    let mut future = Box::pin(later());
    let mut context = Context::from_waker(Waker::noop());
    future.as_mut().poll(&mut context).is_ready()
}
static WAKING: RawWakerVTable = RawWakerVTable::new(
    |data| RawWaker::new(data, &WAKING),
    |_| {
        payload();
    },
    |_| {},
    |_| {},
);
pub fn woken() {
    unsafe { Waker::from_raw(RawWaker::new(std::ptr::null(), &WAKING)) }.wake();
}

// Objects and generics.
trait Visitor {
    fn visit(&self) -> u32;
    fn twice(&self) -> u32 {
        self.visit() + self.visit()
    }
}
impl Visitor for Lure {
    fn visit(&self) -> u32 {
        payload()
    }
}
trait Guest: Visitor {}
impl Guest for Lure {}
fn welcome(guest: &dyn Guest) -> u32 {
    let visitor: &dyn Visitor = guest;
    visitor.twice()
}
pub fn through_a_supertrait() -> u32 {
    welcome(&Lure(1))
}
impl<T: Visitor> Visitor for Vec<T> {
    fn visit(&self) -> u32 {
        self.iter().map(Visitor::visit).sum()
    }
}
pub fn through_a_blanket_impl(lures: Vec<Vec<Lure>>) -> u32 {
    lures.twice()
}
pub fn through_any(value: &dyn std::any::Any) -> u32 {
    value.downcast_ref::<Lure>().map_or(0, Visitor::visit)
}
pub fn a_macro_of_another_crate() -> bool {
    notes::note!("text")
}
extern "C" fn compare(_left: *const std::ffi::c_void, _right: *const std::ffi::c_void) -> i32 {
    payload() as i32
}
unsafe extern "C" {
    fn qsort(
        base: *mut std::ffi::c_void,
        count: usize,
        size: usize,
        compare: extern "C" fn(*const std::ffi::c_void, *const std::ffi::c_void) -> i32,
    );
    fn atexit(callback: extern "C" fn()) -> i32;
}
pub fn handed_to_c(numbers: &mut [u32]) {
    unsafe { qsort(numbers.as_mut_ptr().cast(), numbers.len(), 4, compare) }
}
extern "C" fn at_the_end() {
    payload();
}
pub fn at_exit() {
    unsafe { atexit(at_the_end) };
}
pub fn inside_a_macro_argument() -> String {
    let mut text = String::new();
    let _ = write!(text, "{}", payload());
    text
}
pub fn nested_function() -> u32 {
    fn inner() -> u32 {
        payload()
    }
    inner()
}
pub fn in_a_constant_block() -> u32 {
    (const { payload as fn() -> u32 })()
}
pub fn left_of_a_loop_label() -> u32 {
    'outer: loop {
        break 'outer payload();
    }
}
