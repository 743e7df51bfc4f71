//! Statics, consts, thread-locals and lazy values: their initialisers run for those who use them.
use std::cell::{Cell, LazyCell, RefCell};
use std::env;
use std::sync::{LazyLock, OnceLock};

static LAZY: LazyLock<String> = LazyLock::new(|| read_home());
fn read_home() -> String {
    env::var("HOME").unwrap_or_default()
}
pub fn use_lazy() -> usize {
    LAZY.len()
}

static BY_NAME: LazyLock<String> = LazyLock::new(read_path);
fn read_path() -> String {
    env::var("PATH").unwrap_or_default()
}
pub fn use_by_name() -> usize {
    BY_NAME.len()
}

thread_local! {
    static LOCAL: RefCell<String> = RefCell::new(read_user());
    static CONSTANT: Cell<u32> = const { Cell::new(1) };
}
fn read_user() -> String {
    env::var("USER").unwrap_or_default()
}
pub fn use_local() -> usize {
    LOCAL.with(|value| value.borrow().len())
}
pub fn use_constant_local() -> u32 {
    CONSTANT.get()
}

const fn compute(value: u32) -> u32 {
    value + 1
}
pub const COMPUTED: u32 = compute(1);
static TABLE: [u32; 2] = [compute(2), COMPUTED];
pub fn use_const() -> u32 {
    COMPUTED
}
pub fn use_static(index: usize) -> u32 {
    TABLE[index]
}
static mut COUNTER: u32 = 0;
pub fn count() -> u32 {
    unsafe {
        COUNTER += 1;
        COUNTER
    }
}

static ONCE: OnceLock<String> = OnceLock::new();
pub fn use_once() -> usize {
    ONCE.get_or_init(|| read_shell()).len()
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
    const ACTION: fn() -> String = read_term;
}
impl Described for Silent {
    const TEXT: &'static str = "silent";
    const ACTION: fn() -> String = String::new;
}
fn read_term() -> String {
    env::var("TERM").unwrap_or_default()
}
pub fn described<T: Described>() -> String {
    (T::ACTION)()
}
pub fn described_reader() -> String {
    described::<Reader>()
}
pub fn cell() -> usize {
    let lazy = LazyCell::new(|| read_shell());
    lazy.len()
}
pub fn nothing() -> u32 {
    1
}
