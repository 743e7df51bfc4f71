//! Paths and types as MIR writes them: bounds without parentheses, braces in types, callees that are operands.
use std::fmt::Debug;
use std::future::Future;
use std::marker::PhantomData;

pub struct Guard(pub u32);
impl Drop for Guard {
    fn drop(&mut self) {
        self.0 += 1;
    }
}
pub struct Wrap<T>(pub T);
pub struct Constant<const C: char>;
pub struct Flags<const A: bool, const B: i8, const C: usize>;

pub trait Operation {
    fn run(&self, x: u32) -> u32;
    fn twice(&self, x: u32) -> u32 {
        self.run(self.run(x))
    }
}
impl Operation for Guard {
    fn run(&self, x: u32) -> u32 {
        self.0 + x
    }
}

pub mod inner {
    pub mod deep {
        pub fn free(x: u32) -> u32 {
            x + 1
        }
        impl super::Meter {
            pub fn reset(self) -> u32 {
                super::super::NUMBER as u32
            }
        }
    }
    pub struct Meter;
    impl Meter {
        pub fn tick(&self) -> u32 {
            3
        }
    }
}
impl inner::Meter {
    pub fn generic<T>(&self, _value: T) -> u32 {
        self.tick()
    }
}
pub mod r#type {
    pub fn r#fn() -> u32 {
        4
    }
}

mod sys {
    unsafe extern "C" {
        pub safe fn getpid() -> i32;
        pub fn printf(format: *const u8, ...) -> i32;
        #[link_name = "sin"]
        pub fn my_sine(x: f64) -> f64;
        pub static environ: *const *const u8;
    }
}

pub const NUMBER: usize = compute(3);
pub const NAMES: [&str; 2] = ["a", "b"];
pub const POINTER: fn(u32) -> u32 = inner::deep::free;
const fn compute(x: usize) -> usize {
    x * 7
}
pub struct Holder<T>(PhantomData<T>);
impl<T: Default + Operation> Holder<T> {
    pub const METHOD: fn(&T, u32) -> u32 = T::run;
    pub const SIZE: usize = std::mem::size_of::<T>();
}

pub static PLAIN: [for<'a> fn(Option<&'a mut u8>) -> *const u8; { 1 + 1 }] = [null_of, null_of];
fn null_of(_x: Option<&mut u8>) -> *const u8 {
    std::ptr::null()
}

pub fn bounds(a: &(dyn Operation + Sync), b: Box<dyn Fn(u32) -> u32 + Send>, c: &mut dyn Iterator<Item = u8>) -> u32 {
    a.run(1) + a.twice(2) + b(3) + c.next().map_or(0, u32::from)
}
pub fn binding<'a>(v: &'a [u8]) -> Box<dyn Iterator<Item = u8> + 'a> {
    let it: Box<dyn Iterator<Item = u8> + 'a> = Box::new(v.iter().copied());
    it
}
pub fn higher(f: &dyn for<'a> Fn(&'a str) -> &'a str, g: for<'a, 'b> fn(&'a u8, &'b str) -> u8) -> usize {
    f("x").len() + g(&1, "y") as usize
}
pub fn coerces() -> u32 {
    let f: fn(u32) -> u32 = inner::deep::free;
    let g: fn(u32) -> u32 = |x| x + 1;
    let h: Box<dyn Fn(u32) -> u32 + Send> = Box::new(move |x| f(x) + g(x));
    let process: unsafe extern "C" fn(f64) -> f64 = sys::my_sine;
    let sine = unsafe { process(1.0) };
    bounds(&Guard(1), h, &mut [1u8].iter().copied()) + sine as u32 + sys::getpid() as u32
}
pub fn constants<T: Default + Operation>(value: &T) -> usize {
    (Holder::<T>::METHOD)(value, 1) as usize + Holder::<T>::SIZE + POINTER(2) as usize + NAMES.len()
}
pub fn operand(f: fn(u32) -> u32, g: &dyn Fn(u32) -> u32, h: impl Fn(u32) -> u32) -> u32 {
    f(1) + g(2) + h(3)
}
pub fn items_in_types() -> usize {
    [1u32, 2].iter().copied().map(inner::deep::free).map(Wrap::<u32>).map(|w| w.0).count()
}
pub fn takes_function<F: Fn(u32) -> u32>(f: F) -> u32 {
    f(1)
}
pub fn passes_items() -> u32 {
    takes_function(inner::deep::free) + takes_function(|x| x) + [Some(1u32)].map(Option::unwrap)[0]
}
pub fn constant_arguments(_a: Constant<'{'>, _b: Constant<'>'>, _c: Constant<'\''>) -> Flags<true, -5, { usize::MAX }> {
    Flags
}
pub fn source_text(_x: impl Future<Output = u8> + Send + 'static, _y: impl for<'a> Fn(&'a u8) -> &'a u8, z: &impl Debug) {
    println!("{z:?}");
}
pub fn methods() -> u32 {
    inner::Meter.tick() + inner::Meter.generic::<u8>(1) + inner::Meter.reset() + r#type::r#fn()
}
pub fn variadic() -> i32 {
    unsafe { sys::printf(c"%d".as_ptr().cast(), 3) + if sys::environ.is_null() { 1 } else { 0 } }
}

pub fn diverges() -> ! {
    std::process::exit(3)
}
pub fn diverges_with_cleanup(_guard: Guard) {
    diverges()
}
pub fn with_cleanup(g: Guard) -> u32 {
    let _h = Guard(2);
    inner::deep::free(g.0)
}
pub fn matched(x: Result<Guard, Guard>) -> u32 {
    match x {
        Ok(n) | Err(n) if n.0 > 2 => n.0,
        Ok(_) => 1,
        Err(_) => 0,
    }
}
pub fn never_taken() -> u32 {
    if cfg!(windows) { inner::deep::free(1) } else { 2 }
}
pub extern "C" fn aborts(g: Guard) {
    with_cleanup(g);
}
pub fn transmutes(x: u32) -> f32 {
    unsafe { std::mem::transmute::<[u8; 4], f32>(x.to_ne_bytes()) + *(&raw const x).cast::<f32>() }
}

pub fn shadowed() -> u32 {
    let a = {
        fn same() -> u32 {
            1
        }
        same()
    };
    let b = {
        fn same() -> u32 {
            2
        }
        same()
    };
    a + b
}

pub async fn leaf(n: u32) -> u32 {
    n
}
pub async fn waits(n: u32) -> u32 {
    let block = async move { leaf(n).await };
    block.await + leaf(2).await
}
pub async fn generic_wait<T: Future<Output = u32>>(t: T) -> u32 {
    t.await
}

macro_rules! one {
    ($x:expr) => {
        |a: u32| a + $x
    };
}
pub fn equal_closures(x: u32) -> u32 {
    let a = one!(x);
    let b = one!(x + 1);
    a(1) + b(2)
}
pub fn nested_closures(v: &[u32]) -> u32 {
    v.iter().map(|x| (move |w: u32| w + *x)(1)).sum()
}
pub fn empty_scope(x: u32) {
    let _ = x;
    {}
}
