//! Members of impls in every place where an impl can stand, and what HIR prints in a way of its own.
#![allow(dead_code)]
use std::cell::{Cell, RefCell};
use std::fmt::{self, Display as Shown};
use std::{collections::HashMap, sync::LazyLock};

pub trait Store {
    type Out;
    const ID: u32 = 0;
    fn put(&self) -> u32;
    fn provided(&self) -> u32 {
        struct InProvided;
        impl InProvided {
            fn in_provided(&self) -> u32 {
                1
            }
        }
        InProvided.in_provided()
    }
}
pub struct Disk;
pub struct Memory<T>(pub T);
impl Store for Disk {
    type Out = u8;
    fn put(&self) -> u32 {
        1
    }
}
impl<T: Clone> Store for Memory<T>
where
    T: Send,
{
    type Out = T;
    const ID: u32 = 9;
    fn put(&self) -> u32 {
        2
    }
}
impl<T: Store + ?Sized> Store for &T {
    type Out = ();
    fn put(&self) -> u32 {
        (**self).put()
    }
}
impl Store for dyn fmt::Debug + Send {
    type Out = ();
    fn put(&self) -> u32 {
        3
    }
}
impl<const N: usize> Store for [u16; N] {
    type Out = ();
    fn put(&self) -> u32 {
        5
    }
}
impl Store for fn(u32) -> u32 {
    type Out = ();
    fn put(&self) -> u32 {
        7
    }
}
impl Shown for Disk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "disk {}", self.put())
    }
}
unsafe impl<T> Sync for Memory<T> {}

#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Derived<T> {
    first: T,
    second: Vec<u8>,
}
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Choice {
    None,
    Tuple(u8, u16),
    Fields { x: u8 },
}

macro_rules! stores {
    ($($type:ty),*) => { $(impl Store for Wrapped<$type> {
        type Out = $type;
        fn put(&self) -> u32 { <$type>::default() as u32 }
    })* };
}
pub struct Wrapped<T>(pub T);
stores!(u8, u16, i64);

macro_rules! outer_macro {
    ($name:ident) => {
        pub struct $name;
        impl $name {
            pub fn make() -> $name {
                macro_rules! inner_macro {
                    ($self:ident, $value:expr) => {{
                        struct Local;
                        impl Local {
                            fn local(&self) -> u32 {
                                $value
                            }
                        }
                        let $self = Local;
                        $self.local()
                    }};
                }
                let _ = inner_macro!(this, 3);
                $name
            }
        }
        impl Drop for $name {
            fn drop(&mut self) {
                let closure = |x: u32| x + 1;
                closure(2);
            }
        }
    };
}
outer_macro!(Alpha);
outer_macro!(Beta);

pub fn in_function() -> u32 {
    struct Inner;
    impl Store for Inner {
        type Out = ();
        fn put(&self) -> u32 {
            const C: u32 = {
                struct Deep;
                impl Deep {
                    const fn value() -> u32 {
                        4
                    }
                }
                Deep::value()
            };
            C
        }
    }
    let closure = || {
        impl Inner {
            fn in_closure(&self) -> u32 {
                5
            }
        }
        Inner.in_closure()
    };
    Inner.put() + closure()
}
const _: () = {
    impl Disk {
        pub fn in_unnamed_constant(&self) {}
    }
};
pub const IN_CONSTANT: u32 = {
    struct K;
    impl K {
        const fn f() -> u32 {
            3
        }
    }
    K::f()
};

#[deprecated(since = "1.0.0", note = "don't use \"this\", see {elsewhere}")]
pub struct Old;
#[allow(deprecated)]
impl Old {
    #[deprecated]
    pub fn old(&self) {}
    #[deprecated(note = "a (b [c {d")]
    #[must_use = "} ] )"]
    pub fn older(&self) -> u8 {
        1
    }
    #[inline(always)]
    #[doc(hidden)]
    pub fn hidden(&self) {}
}

#[unsafe(no_mangle)]
pub extern "C" fn exported(x: u32) -> u32 {
    x
}
#[unsafe(export_name = "renamed_export")]
pub extern "C" fn other(x: u32) -> u32 {
    x
}
#[used]
#[unsafe(link_section = ".init_array")]
static START: extern "C" fn() = start;
extern "C" fn start() {}
#[link(name = "m")]
unsafe extern "C" {
    #[link_name = "sin"]
    fn my_sine(x: f64) -> f64;
    pub safe fn cos(x: f64) -> f64;
    static environ: *const *const u8;
}

thread_local! {
    static PLAIN: RefCell<Vec<u32>> = RefCell::new(vec![seed()]);
    static CONSTANT: Cell<u32> = const { Cell::new(5) };
}
static LAZY: LazyLock<HashMap<u8, u8>> = LazyLock::new(|| HashMap::from([(1, 2)]));
fn seed() -> u32 {
    std::process::id()
}
pub fn thread_local() -> u32 {
    PLAIN.with(|v| v.borrow().len() as u32) + CONSTANT.get() + LAZY.len() as u32
}

pub struct Loops;
impl Loops {
    pub fn for_loop(&self, v: &[u8]) -> Result<u32, std::num::ParseIntError> {
        let mut n = 0;
        for x in v {
            n += u32::from(*x) + "1".parse::<u32>()?;
        }
        'outer: while n < 5 {
            loop {
                break 'outer;
            }
        }
        Ok(n)
    }
    pub async fn waits(&self, other: &Loops) -> u32 {
        impl Loops {
            fn in_async(&self) -> u32 {
                6
            }
        }
        Box::pin(other.waits(self)).await + other.in_async()
    }
    pub fn opaque<'a>(&'a self) -> impl Iterator<Item = u8> + 'a {
        (0..3).map(move |x| x + self.unsafe_blocks())
    }
    pub fn argument(&self, f: impl Fn(&u8) -> bool, d: &dyn for<'a> Fn(&'a u8) -> &'a u8) -> bool {
        f(d(&1))
    }
    pub fn unsafe_blocks(&self) -> u8 {
        let n = unsafe { my_sine(1.0) as u8 };
        if let Some(x) = Some(n).filter(|x| unsafe { environ.is_null() } || *x > 2) {
            return x;
        }
        let Some(y) = Some(2) else { return 3 };
        y
    }
    pub unsafe fn unsafe_method<T, const N: usize>(&mut self, (a, _): (T, [T; N])) -> T
    where
        T: Copy,
    {
        a
    }
}
pub mod nested {
    pub(crate) mod deeper {
        pub(in crate::nested) struct Inside;
        impl Inside {
            pub(super) fn inside(&self) -> super::super::Disk {
                super::super::Disk
            }
        }
    }
    pub use deeper::*;
    pub fn uses() -> super::Disk {
        Inside.inside()
    }
}
pub mod r#struct {
    pub struct r#type;
    impl r#type {
        pub fn r#fn(&self) {}
    }
}
