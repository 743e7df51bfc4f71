//! Impls chosen by where clauses, const arguments and associated items.
use std::fs;
use std::marker::PhantomData;

fn read() -> usize {
    fs::read("a").map(|bytes| bytes.len()).unwrap_or(0) //~ callback read::{closure#0}
}
fn pure() -> usize {
    1
}

pub trait Amount {
    fn amount(&self) -> usize;
}
pub struct Disk;
pub struct Memory;
impl Amount for Disk {
    fn amount(&self) -> usize {
        read() //~ call read
    }
}
impl Amount for Memory {
    fn amount(&self) -> usize {
        pure() //~ call pure
    }
}

pub mod blanket {
    //! Of blanket impls and own ones the where clauses decide.
    use super::*;

    pub trait Load {
        fn load(&self) -> usize;
    }
    impl<T> Load for T
    where
        T: Amount,
    {
        fn load(&self) -> usize {
            self.amount() //~ <Disk as blanket::Load>::load: dispatch <Disk as Amount>::amount
            //~| <Memory as blanket::Load>::load: dispatch <Memory as Amount>::amount
        }
    }
    pub struct Own;
    impl Load for Own {
        fn load(&self) -> usize {
            2
        }
    }
    pub struct Pair<T>(pub T, pub T);
    impl<T: Amount> Load for Pair<T> {
        fn load(&self) -> usize {
            self.0.load() + self.1.amount()
            //~^ <blanket::Pair<Memory> as blanket::Load>::load: dispatch <Memory as Amount>::amount
            //~| <blanket::Pair<Memory> as blanket::Load>::load: dispatch <Memory as blanket::Load>::load
            //~| <blanket::Pair<T> as blanket::Load>::load: dispatch <T as blanket::Load>::load
        }
    }
    pub trait Total {
        fn total(self) -> usize;
    }
    impl<I> Total for I
    where
        I: Iterator,
        I::Item: Amount,
    {
        fn total(self) -> usize {
            let mut sum = 0;
            for item in self {
                sum += item.amount();
                //~^ <std::option::IntoIter<Disk> as blanket::Total>::total: dispatch <Disk as Amount>::amount
                //~| <std::vec::IntoIter<Memory, std::alloc::Global> as blanket::Total>::total: dispatch <Memory as Amount>::amount
            }
            sum
        }
    }
    fn load_any<L: Load + ?Sized>(load: &L) -> usize {
        load.load() //~ blanket::load_any<Disk>: dispatch <Disk as blanket::Load>::load
        //~| blanket::load_any<Memory>: dispatch <Memory as blanket::Load>::load
        //~| blanket::load_any<blanket::Own>: dispatch <blanket::Own as blanket::Load>::load
        //~| blanket::load_any<blanket::Pair<Memory>>: dispatch <blanket::Pair<Memory> as blanket::Load>::load
    }
    pub fn of_memory() -> usize {
        load_any(&Memory) //~ call blanket::load_any<Memory>
    }
    pub fn of_disk() -> usize {
        load_any(&Disk) //~ call blanket::load_any<Disk>
    }
    pub fn of_own() -> usize {
        load_any(&Own) //~ call blanket::load_any<blanket::Own>
    }
    pub fn of_pair() -> usize {
        load_any(&Pair(Memory, Memory)) //~ call blanket::load_any<blanket::Pair<Memory>>
    }
    pub fn of_items(items: Vec<Memory>) -> usize {
        items.into_iter().total()
        //~^ dispatch <std::vec::IntoIter<Memory, std::alloc::Global> as blanket::Total>::total
    }
    pub fn of_options() -> usize {
        Some(Disk).into_iter().total() //~ dispatch <std::option::IntoIter<Disk> as blanket::Total>::total
    }
}

pub mod numbers {
    //! Const arguments choose impls.
    use super::*;

    pub const SIZE: usize = 4;
    pub struct Buffer<const N: usize>;
    pub trait Fill {
        fn fill(&self) -> usize;
    }
    impl Fill for Buffer<0> {
        fn fill(&self) -> usize {
            read() //~ call read
        }
    }
    impl Fill for Buffer<{ SIZE }> {
        fn fill(&self) -> usize {
            pure() //~ call pure
        }
    }
    impl<const N: usize> Fill for [u8; N] {
        fn fill(&self) -> usize {
            N
        }
    }
    pub fn filled<const N: usize>(buffer: Buffer<N>) -> usize
    where
        Buffer<N>: Fill,
    {
        buffer.fill() //~ numbers::filled<0>: dispatch <numbers::Buffer<0> as numbers::Fill>::fill
        //~| numbers::filled<4>: dispatch <numbers::Buffer<4> as numbers::Fill>::fill
    }
    pub fn fill_none() -> usize {
        filled(Buffer::<0>) //~ call numbers::filled<0>
    }
    pub fn fill_four() -> usize {
        filled(Buffer::<4>) //~ call numbers::filled<4>
    }
    pub fn fill_array() -> usize {
        [0u8; 3].fill() //~ dispatch <[u8; 3] as numbers::Fill>::fill
    }
    pub fn fill_sized() -> usize {
        filled(Buffer::<{ 2 + 2 }>) //~ call numbers::filled<4>
    }
    pub struct Switch<const ON: bool>;
    impl Switch<true> {
        pub fn turn(&self) -> usize {
            read() //~ call read
        }
    }
    impl Switch<false> {
        pub fn turn(&self) -> usize {
            pure() //~ call pure
        }
    }
    pub fn turn_off() -> usize {
        Switch::<false>.turn() //~ call <numbers::Switch<false>>::turn
    }
    pub struct Letter<const C: char>;
    impl Amount for Letter<'a'> {
        fn amount(&self) -> usize {
            pure() //~ call pure
        }
    }
    impl Amount for Letter<'b'> {
        fn amount(&self) -> usize {
            read() //~ call read
        }
    }
    pub fn letter() -> usize {
        Letter::<'a'>.amount() //~ dispatch <numbers::Letter<'a'> as Amount>::amount
    }
    pub fn count_down<const N: usize>() -> usize {
        leaf_of::<N>() //~ numbers::count_down<1>: call numbers::leaf_of<1>
        //~| numbers::count_down<2>: call numbers::leaf_of<2>
        //~| numbers::count_down<N>: call numbers::leaf_of<N>
    }
    fn leaf_of<const N: usize>() -> usize {
        N
    }
    pub fn counts() -> usize {
        count_down::<1>() + count_down::<2>() //~ call numbers::count_down<1>
        //~| call numbers::count_down<2>
    }
}

pub mod members {
    //! Associated consts and types, generic ones too, through type parameters.
    use super::*;

    pub trait Handler {
        const RUN: fn() -> usize;
        const OTHER: fn() -> usize = standard; //~ cast members::standard
        const BOTH: [fn() -> usize; 2] = [Self::RUN, Self::OTHER];
        //~^ static <members::Counts as members::Handler>::OTHER
        //~| static <members::Counts as members::Handler>::RUN
    }
    fn standard() -> usize {
        3
    }
    pub struct Reads;
    pub struct Counts;
    impl Handler for Reads {
        const RUN: fn() -> usize = read; //~ cast read
    }
    impl Handler for Counts {
        const RUN: fn() -> usize = pure; //~ cast pure
        const OTHER: fn() -> usize = || pure() + 1; //~ call pure
        //~| cast <members::Counts as members::Handler>::OTHER::{closure#0}
    }
    fn run<H: Handler>() -> usize {
        (H::RUN)() //~ members::run<members::Counts>: pointer pure
        //~| members::run<members::Counts>: static <members::Counts as members::Handler>::RUN
        //~| members::run<members::Reads>: pointer read
        //~| members::run<members::Reads>: static <members::Reads as members::Handler>::RUN
    }
    fn run_other<H: Handler>() -> usize {
        (H::OTHER)()
        //~^ members::run_other<members::Counts>: pointer <members::Counts as members::Handler>::OTHER::{closure#0}
        //~| members::run_other<members::Counts>: static <members::Counts as members::Handler>::OTHER
        //~| members::run_other<members::Reads>: pointer members::standard
        //~| members::run_other<members::Reads>: static <members::Reads as members::Handler>::OTHER
    }
    pub fn run_counts() -> usize {
        run::<Counts>() //~ call members::run<members::Counts>
    }
    pub fn run_reads() -> usize {
        run::<Reads>() //~ call members::run<members::Reads>
    }
    pub fn other_of_reads() -> usize {
        run_other::<Reads>() //~ call members::run_other<members::Reads>
    }
    pub fn other_of_counts() -> usize {
        run_other::<Counts>() //~ call members::run_other<members::Counts>
    }
    pub fn first_of_counts() -> usize {
        (<Counts as Handler>::BOTH[0])() //~ pointer/4 <members::Counts as members::Handler>::OTHER::{closure#0}
        //~| pointer/4 members::standard
        //~| pointer/4 pure
        //~| pointer/4 read
        //~| static <members::Counts as members::Handler>::BOTH
    }
    pub struct Wrap<H>(PhantomData<H>);
    impl<H: Handler> Wrap<H> {
        const INNER: fn() -> usize = H::RUN;
        //~^ <members::Wrap<members::Counts>>::INNER: static <members::Counts as members::Handler>::RUN
        pub fn go() -> usize {
            (Self::INNER)()
            //~^ <members::Wrap<H>>::go: pointer/4 <members::Counts as members::Handler>::OTHER::{closure#0}
            //~| <members::Wrap<H>>::go: pointer/4 members::standard
            //~| <members::Wrap<H>>::go: pointer/4 pure
            //~| <members::Wrap<H>>::go: pointer/4 read
            //~| <members::Wrap<H>>::go: static <members::Wrap<H>>::INNER
            //~| <members::Wrap<members::Counts>>::go: pointer pure
            //~| <members::Wrap<members::Counts>>::go: static <members::Wrap<members::Counts>>::INNER
        }
    }
    pub fn wrapped_counts() -> usize {
        Wrap::<Counts>::go() //~ call <members::Wrap<members::Counts>>::go
    }

    pub trait Lend {
        type Item<'a>: Amount
        where
            Self: 'a;
        fn lend<'a>(&'a mut self) -> Option<Self::Item<'a>>;
    }
    pub struct View<'a>(&'a [u8]);
    impl Amount for View<'_> {
        fn amount(&self) -> usize {
            pure() + self.0.len() //~ call pure
        }
    }
    impl Lend for Vec<u8> {
        type Item<'a> = View<'a>;
        fn lend<'a>(&'a mut self) -> Option<View<'a>> {
            Some(View(self))
        }
    }
    fn lend_all<L: Lend>(lender: &mut L) -> usize {
        lender.lend().map(|item| item.amount()).unwrap_or(0)
        //~^ callback members::lend_all<std::vec::Vec<u8, std::alloc::Global>>::{closure#0}
        //~| dispatch <members::View as Amount>::amount
        //~| dispatch <std::vec::Vec<u8, std::alloc::Global> as members::Lend>::lend
    }
    pub fn lend_bytes(bytes: &mut Vec<u8>) -> usize {
        lend_all(bytes) //~ call members::lend_all<std::vec::Vec<u8, std::alloc::Global>>
    }

    pub trait Family {
        type Of<T>: Keep<T>;
    }
    pub trait Keep<T> {
        fn keep(value: T) -> Self;
    }
    pub struct Single<T>(pub T);
    pub struct Twice<T>(pub T);
    impl<T> Keep<T> for Single<T> {
        fn keep(value: T) -> Single<T> {
            pure(); //~ <members::Single<T> as members::Keep<T>>::keep: call pure
            //~| <members::Single<u32> as members::Keep<u32>>::keep: call pure
            Single(value)
        }
    }
    impl<T> Keep<T> for Twice<T> {
        fn keep(value: T) -> Twice<T> {
            read(); //~ <members::Twice<T> as members::Keep<T>>::keep: call read
            //~| <members::Twice<u32> as members::Keep<u32>>::keep: call read
            Twice(value)
        }
    }
    pub struct Singles;
    pub struct Twices;
    impl Family for Singles {
        type Of<T> = Single<T>;
    }
    impl Family for Twices {
        type Of<T> = Twice<T>;
    }
    fn keep_number<F: Family>() -> F::Of<u32> {
        <F::Of<u32>>::keep(1)
        //~^ members::keep_number<members::Singles>: dispatch <members::Single<u32> as members::Keep<u32>>::keep
        //~| members::keep_number<members::Twices>: dispatch <members::Twice<u32> as members::Keep<u32>>::keep
    }
    pub fn keep_single() -> Single<u32> {
        keep_number::<Singles>() //~ call members::keep_number<members::Singles>
    }
    pub fn keep_twice() -> Twice<u32> {
        keep_number::<Twices>() //~ call members::keep_number<members::Twices>
    }
}

pub mod parents {
    //! Supertraits with arguments, default arguments, methods of parents on open types.
    use super::*;

    pub trait Base<T> {
        fn base(&self, value: T) -> usize;
    }
    pub trait Sub<T>: Base<T> {
        fn sub(&self, value: T) -> usize {
            self.base(value) //~ <Memory as parents::Sub<u16>>::sub: dispatch <Memory as parents::Base<u16>>::base
            //~| <Memory as parents::Sub<u8>>::sub: dispatch <Memory as parents::Base<u8>>::base
        }
    }
    impl Base<u8> for Memory {
        fn base(&self, _value: u8) -> usize {
            pure() //~ call pure
        }
    }
    impl Base<u16> for Memory {
        fn base(&self, _value: u16) -> usize {
            read() //~ call read
        }
    }
    impl Sub<u8> for Memory {}
    impl Sub<u16> for Memory {}
    fn through<T, S: Sub<T>>(sub: &S, value: T) -> usize {
        sub.sub(value) //~ parents::through<u16, Memory>: dispatch <Memory as parents::Sub<u16>>::sub
        //~| parents::through<u8, Memory>: dispatch <Memory as parents::Sub<u8>>::sub
    }
    pub fn through_byte() -> usize {
        through(&Memory, 1u8) //~ call parents::through<u8, Memory>
    }
    pub fn through_word() -> usize {
        through(&Memory, 1u16) //~ call parents::through<u16, Memory>
    }
    pub trait Combine<Other = Self> {
        fn combine(&self, other: &Other) -> usize;
    }
    impl Combine for Memory {
        fn combine(&self, _other: &Memory) -> usize {
            pure() //~ call pure
        }
    }
    impl Combine<Disk> for Memory {
        fn combine(&self, _other: &Disk) -> usize {
            read() //~ call read
        }
    }
    fn combine_same<T: Combine>(value: &T) -> usize {
        value.combine(value) //~ dispatch <Memory as parents::Combine>::combine
    }
    pub fn combine_memory() -> usize {
        combine_same(&Memory) //~ call parents::combine_same<Memory>
    }
    pub fn combine_disk() -> usize {
        Memory.combine(&Disk) //~ dispatch <Memory as parents::Combine<Disk>>::combine
    }
}

pub mod lists {
    //! Types that are lists, and recursion over types.
    use super::*;

    pub trait Run {
        fn run(&self) -> usize;
    }
    pub struct Nil;
    pub struct Cons<H, T>(pub H, pub T);
    impl Run for Nil {
        fn run(&self) -> usize {
            0
        }
    }
    impl<H: Amount, T: Run> Run for Cons<H, T> {
        fn run(&self) -> usize {
            self.0.amount() + self.1.run()
            //~^ <lists::Cons<Disk, lists::Nil> as lists::Run>::run: dispatch <Disk as Amount>::amount
            //~| <lists::Cons<Disk, lists::Nil> as lists::Run>::run: dispatch <lists::Nil as lists::Run>::run
            //~| <lists::Cons<Memory, lists::Cons<Disk, lists::Nil>> as lists::Run>::run: dispatch <Memory as Amount>::amount
            //~| <lists::Cons<Memory, lists::Cons<Disk, lists::Nil>> as lists::Run>::run: dispatch <lists::Cons<Disk, lists::Nil> as lists::Run>::run
            //~| <lists::Cons<Memory, lists::Nil> as lists::Run>::run: dispatch <Memory as Amount>::amount
            //~| <lists::Cons<Memory, lists::Nil> as lists::Run>::run: dispatch <lists::Nil as lists::Run>::run
        }
    }
    pub fn of_two() -> usize {
        Cons(Memory, Cons(Disk, Nil)).run()
        //~^ dispatch <lists::Cons<Memory, lists::Cons<Disk, lists::Nil>> as lists::Run>::run
    }
    pub fn of_memory() -> usize {
        Cons(Memory, Nil).run() //~ dispatch <lists::Cons<Memory, lists::Nil> as lists::Run>::run
    }
    fn ping<A: Amount, B: Amount>(first: A, second: B, depth: usize) -> usize {
        if depth == 0 { first.amount() } else { pong(second, first, depth - 1) }
        //~^ lists::ping<Disk, Memory>: call lists::pong<Memory, Disk>
        //~| lists::ping<Disk, Memory>: dispatch <Disk as Amount>::amount
        //~| lists::ping<Memory, Disk>: call lists::pong<Disk, Memory>
        //~| lists::ping<Memory, Disk>: dispatch <Memory as Amount>::amount
    }
    fn pong<A: Amount, B: Amount>(first: A, second: B, depth: usize) -> usize {
        ping(first, second, depth) //~ lists::pong<Disk, Memory>: call lists::ping<Disk, Memory>
        //~| lists::pong<Memory, Disk>: call lists::ping<Memory, Disk>
    }
    pub fn swapped() -> usize {
        ping(Memory, Disk, 3) //~ call lists::ping<Memory, Disk>
    }
}

pub mod alike {
    //! Parameters that print alike: MIR does not tell which one is meant.
    use super::*;

    fn one(amount: &impl Amount) -> usize {
        amount.amount() //~ alike::one<Disk>: dispatch <Disk as Amount>::amount
        //~| alike::one<Memory>: dispatch <Memory as Amount>::amount
    }
    fn second(_first: &impl Amount, second: &impl Amount) -> usize {
        one(second) //~ call/2 alike::one<Disk>
        //~| call/2 alike::one<Memory>
    }
    pub fn pair() -> usize {
        second(&Memory, &Disk) //~ call alike::second<Memory, Disk>
    }
}
