//! Impls that one macro makes: their headers have one span.
use std::fs;

pub trait Act {
    fn act(&self) -> u32;
    fn also(&self) -> u32 {
        0
    }
}
pub struct Reader;
pub struct Pure;
pub struct Third<T>(pub T);

macro_rules! implement {
    ($($type:ty => $body:expr),*) => {
        $(impl Act for $type {
            fn act(&self) -> u32 {
                $body
            } //~ call read
            //~| call third
        })*
    };
}
implement!(Reader => read(), Pure => 1, Third<u8> => third());

fn read() -> u32 {
    let _ = fs::read("a");
    1
}
fn third() -> u32 {
    3
}
pub fn act_reader() -> u32 {
    Reader.act() //~ dispatch <Reader as Act>::act
}
pub fn act_pure() -> u32 {
    Pure.act() //~ dispatch <Pure as Act>::act
}
pub fn act_third() -> u32 {
    Third(1u8).act() //~ dispatch <Third<u8> as Act>::act
}

macro_rules! structures {
    ($($name:ident $call:ident;)*) => {
        $(
            #[derive(Clone, Debug, PartialEq)]
            pub struct $name(pub u32);
            impl $name {
                pub fn run(&self) -> u32 {
                    $call() //~ call first_call
                    //~| call second_call
                }
            }
        )*
    };
}
structures! {
    First first_call;
    Second second_call;
}
fn first_call() -> u32 {
    1
}
fn second_call() -> u32 {
    2
}
pub fn run_first() -> u32 {
    First(1).clone().run() //~ call <First>::run
    //~| dispatch <First as std::clone::Clone>::clone
}
pub fn run_second() -> u32 {
    Second(1).run() //~ call <Second>::run
}
pub fn equal(left: &Second, right: &Second) -> bool {
    left == right //~ callback <Second as std::cmp::PartialEq>::eq
}
macro_rules! functions {
    ($($name:ident)*) => {
        $(pub fn $name() -> u32 {
            struct Local;
            impl Act for Local {
                fn act(&self) -> u32 {
                    self.also() + line!() //~ dispatch <in_one::Local as Act>::also
                    //~| dispatch <in_two::Local as Act>::also
                }
            }
            Local.act() //~ dispatch <in_one::Local as Act>::act
            //~| dispatch <in_two::Local as Act>::act
        })*
    };
}
functions!(in_one in_two);
const _: () = {
    impl Act for u64 {
        fn act(&self) -> u32 {
            third() //~ call third
        }
    }
};
pub fn act_number() -> u32 {
    1u64.act() //~ dispatch <u64 as Act>::act
}
