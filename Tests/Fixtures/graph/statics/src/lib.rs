//! Statics, consts, thread-locals and lazy values: their initialisers run for those who use them.
use std::cell::{Cell, LazyCell, RefCell};
use std::env;
use std::sync::{LazyLock, OnceLock};

static LAZY: LazyLock<String> = LazyLock::new(|| read_home()); //~ call read_home
//~| cast LAZY::{closure#0}
//~| static LAZY::{closure#0}
fn read_home() -> String {
    env::var("HOME").unwrap_or_default()
}
pub fn use_lazy() -> usize {
    LAZY.len() //~ static LAZY
}

static BY_NAME: LazyLock<String> = LazyLock::new(read_path); //~ static read_path
fn read_path() -> String {
    env::var("PATH").unwrap_or_default()
}
pub fn use_by_name() -> usize {
    BY_NAME.len() //~ static BY_NAME
}

thread_local! {
    static LOCAL: RefCell<String> = RefCell::new(read_user()); //~ call read_user
    //~| callback LOCAL::__rust_std_internal_init_fn
    //~| cast LOCAL::{constant#0}::{closure#0}
    //~| cast LOCAL::{constant#0}::{closure#1}
    //~| pointer LOCAL::{constant#0}::{closure#0}
    //~| static LOCAL::__RUST_STD_INTERNAL_VAL
    //~| static LOCAL::{constant#0}::{closure#0}
    //~| static LOCAL::{constant#0}::{closure#1}
    static CONSTANT: Cell<u32> = const { Cell::new(1) }; //~ cast CONSTANT::{constant#0}::{closure#0}
    //~| cast CONSTANT::{constant#0}::{closure#1}
    //~| pointer CONSTANT::{constant#0}::{closure#1}
    //~| static CONSTANT::__RUST_STD_INTERNAL_INIT
    //~| static CONSTANT::__RUST_STD_INTERNAL_VAL
    //~| static CONSTANT::{constant#0}::{closure#0}
    //~| static CONSTANT::{constant#0}::{closure#1}
}
fn read_user() -> String {
    env::var("USER").unwrap_or_default()
}
pub fn use_local() -> usize {
    LOCAL.with(|value| value.borrow().len()) //~ callback use_local::{closure#0}
    //~| static LOCAL
}
pub fn use_constant_local() -> u32 {
    CONSTANT.get() //~ static CONSTANT
}

const fn compute(value: u32) -> u32 {
    value + 1
}
pub const COMPUTED: u32 = compute(1); //~ call compute
//~| unused COMPUTED
static TABLE: [u32; 2] = [compute(2), COMPUTED]; //~ call compute
pub fn use_const() -> u32 {
    COMPUTED
}
pub fn use_static(index: usize) -> u32 {
    TABLE[index] //~ static TABLE
}
static mut COUNTER: u32 = 0;
pub fn count() -> u32 {
    unsafe {
        COUNTER += 1; //~ static COUNTER
        COUNTER //~ static COUNTER
    }
}

static ONCE: OnceLock<String> = OnceLock::new();
pub fn use_once() -> usize {
    ONCE.get_or_init(|| read_shell()).len() //~ call read_shell
    //~| callback use_once::{closure#0}
    //~| static ONCE
}
fn read_shell() -> String {
    env::var("SHELL").unwrap_or_default()
}

pub trait Described {
    const TEXT: &'static str;
    const ACTION: fn() -> String;
}
pub struct Reader;
pub struct Silent;
impl Described for Reader {
    const TEXT: &'static str = "reader";
    const ACTION: fn() -> String = read_term; //~ cast read_term
}
impl Described for Silent {
    const TEXT: &'static str = "silent";
    const ACTION: fn() -> String = String::new; //~ unused <Silent as Described>::ACTION
}
fn read_term() -> String {
    env::var("TERM").unwrap_or_default()
}
pub fn described<T: Described>() -> String {
    (T::ACTION)() //~ described<Reader>: pointer read_term
    //~| described<Reader>: static <Reader as Described>::ACTION
}
pub fn described_reader() -> String {
    described::<Reader>() //~ call described<Reader>
}
pub fn cell() -> usize {
    let lazy = LazyCell::new(|| read_shell()); //~ call read_shell
    //~| callback cell::{closure#0}
    lazy.len() //~ callback cell::{closure#0}
}
pub fn nothing() -> u32 {
    1
}

static ACTIONS: std::sync::Mutex<Vec<Box<dyn Fn() + Send>>> = std::sync::Mutex::new(Vec::new());
pub fn add_action() {
    if let Ok(mut actions) = ACTIONS.lock() { //~ static ACTIONS
        actions.push(Box::new(|| acted())) //~ call acted
        //~| cast add_action::{closure#0}
    }
}
pub fn run_actions() {
    if let Ok(actions) = ACTIONS.lock() { //~ static ACTIONS
        for action in actions.iter() {
            action() //~ dyn add_action::{closure#0}
        }
    }
}
fn acted() {
    let _ = env::current_dir();
}
pub fn static_in_function() -> usize {
    static INNER: LazyLock<String> = LazyLock::new(|| env::var("INNER").unwrap_or_default());
    //~^ cast static_in_function::INNER::{closure#0}
    //~| static static_in_function::INNER::{closure#0}
    INNER.len() //~ static static_in_function::INNER
}
pub fn constant_in_function() -> u32 {
    const INNER: fn(u32) -> u32 = tripled; //~ cast tripled
    INNER(1) //~ pointer tripled
    //~| static constant_in_function::INNER
}
fn tripled(value: u32) -> u32 {
    value * 3
}
pub fn constant_block() -> u32 {
    const { compute(3) } //~ call compute
}
pub struct Held(&'static str);
impl Drop for Held {
    fn drop(&mut self) {
        dropped() //~ call dropped
    }
}
fn dropped() {
    let _ = env::var(self::NAME); //~ static NAME
}
const NAME: &str = "HELD";
static HELD: Held = Held("a");
pub fn use_held() -> usize {
    HELD.0.len() //~ static HELD
}
pub fn copy_constant() -> usize {
    const OWNED: Held = Held("b");
    OWNED.0.len() //~ drop <Held as std::ops::Drop>::drop
    //~| static copy_constant::OWNED
}
static TABLE_OF_OBJECTS: [&(dyn Fn(u8) -> u8 + Sync); 2] = [&|value| plus(value), &minus]; //~ call plus
//~| cast TABLE_OF_OBJECTS::{closure#0}
//~| cast minus
fn plus(value: u8) -> u8 {
    value + 1
}
fn minus(value: u8) -> u8 {
    value - 1
}
pub fn use_objects(index: usize) -> u8 {
    TABLE_OF_OBJECTS[index](1) //~ dyn/2 TABLE_OF_OBJECTS::{closure#0}
    //~| dyn/2 minus
    //~| static TABLE_OF_OBJECTS
}
static CHAIN: &Link = &Link { next: Some(&Link { next: None, action: last }), action: first }; //~ cast first
//~| cast last
pub struct Link {
    next: Option<&'static Link>,
    action: fn(&Link) -> usize,
}
fn first(link: &Link) -> usize {
    link.next.map(|next| (next.action)(next)).unwrap_or(0) //~ callback first::{closure#0}
    //~| pointer/2 first
    //~| pointer/2 last
}
fn last(_link: &Link) -> usize {
    0
}
pub fn use_chain() -> usize {
    (CHAIN.action)(CHAIN) //~ pointer/2 first
    //~| pointer/2 last
    //~| static CHAIN
}
