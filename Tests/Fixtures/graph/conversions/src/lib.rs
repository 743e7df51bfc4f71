//! std's traits on own types, used through std: conversions, collections, readers and writers, hashers, formatting.
use std::borrow::{Borrow, Cow};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::{self, Write as _};
use std::fs;
use std::hash::{BuildHasher, Hash, Hasher};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::iter::Sum;
use std::ops::{AddAssign, Deref, DerefMut, Index, IndexMut, Mul, Neg, Not};
use std::str::FromStr;

fn touch() {
    let _ = fs::read("a");
}
fn leaf() {}

// Conversions.
pub struct Text(pub String);
#[derive(Debug)]
pub struct Wrong;
impl Default for Text {
    fn default() -> Text {
        leaf(); //~ call leaf
        Text(String::new())
    }
}
impl From<&str> for Text {
    fn from(text: &str) -> Text {
        leaf(); //~ call leaf
        Text(text.to_string())
    }
}
impl From<u8> for Text {
    fn from(_number: u8) -> Text {
        touch(); //~ call touch
        Text(String::new())
    }
}
impl TryFrom<u16> for Text {
    type Error = Wrong;
    fn try_from(_number: u16) -> Result<Text, Wrong> {
        leaf(); //~ call leaf
        Err(Wrong)
    }
}
impl FromStr for Text {
    type Err = Wrong;
    fn from_str(_text: &str) -> Result<Text, Wrong> {
        leaf(); //~ call leaf
        Err(Wrong)
    }
}
impl fmt::Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        leaf(); //~ call leaf
        formatter.write_str(&self.0)
    }
}
impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        leaf(); //~ call leaf
        &self.0
    }
}
pub fn into() -> Text {
    "a".into() //~ callback <Text as std::convert::From<&str>>::from
}
pub fn into_bound(text: impl Into<Text>) -> Text {
    text.into() //~ into_bound<&str>: callback <Text as std::convert::From<&str>>::from
    //~| into_bound<u8>: callback <Text as std::convert::From<u8>>::from
}
pub fn into_from_str() -> Text {
    into_bound("a") //~ call into_bound<&str>
}
pub fn into_from_number() -> Text {
    into_bound(1u8) //~ call into_bound<u8>
}
pub fn try_into() -> Result<Text, Wrong> {
    1u16.try_into() //~ callback <Text as std::convert::TryFrom<u16>>::try_from
}
pub fn parse() -> Result<Text, Wrong> {
    "a".parse() //~ callback <Text as std::str::FromStr>::from_str
}
pub fn parse_or_default(text: &str) -> Text {
    text.parse().unwrap_or_default() //~ callback <Text as std::default::Default>::default
    //~| callback <Text as std::str::FromStr>::from_str
}
pub fn to_string(text: &Text) -> String {
    text.to_string() //~ callback <Text as std::fmt::Display>::fmt
}
fn length(text: impl AsRef<str>) -> usize {
    text.as_ref().len() //~ length<&Text>: callback <Text as std::convert::AsRef<str>>::as_ref
}
pub fn length_of_text(text: &Text) -> usize {
    length(text) //~ call length<&Text>
}
pub fn length_of_str() -> usize {
    length("a") //~ call length<&str>
}
pub fn defaulted() -> (Text, u8) {
    Default::default() //~ callback <Text as std::default::Default>::default
}
pub fn taken(text: &mut Text) -> Text {
    std::mem::take(text) //~ callback <Text as std::default::Default>::default
}

// Owned and borrowed.
#[derive(PartialEq, Eq, Hash, PartialOrd, Ord)]
//~^ <Name as std::hash::Hash>::hash<Simple>: callback <Simple as std::hash::Hasher>::write
pub struct Name(String);
#[derive(PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(transparent)]
pub struct NameSlice(str);
impl NameSlice {
    fn new(text: &str) -> &NameSlice {
        unsafe { &*(text as *const str as *const NameSlice) }
    }
}
impl Borrow<NameSlice> for Name {
    fn borrow(&self) -> &NameSlice {
        leaf(); //~ call leaf
        NameSlice::new(&self.0) //~ call <NameSlice>::new
    }
}
impl ToOwned for NameSlice {
    type Owned = Name;
    fn to_owned(&self) -> Name {
        touch(); //~ call touch
        Name(self.0.to_string())
    }
}
pub fn look_up(map: &HashMap<Name, u8>, name: &NameSlice) -> Option<u8> {
    map.get(name).copied() //~ callback <Name as std::borrow::Borrow<NameSlice>>::borrow
    //~|! callback <Name as std::cmp::PartialEq>::eq
    //~|! callback <Name as std::hash::Hash>::hash<__H>
    //~| callback <NameSlice as std::cmp::PartialEq>::eq
    //~| callback <NameSlice as std::hash::Hash>::hash<__H>
}
pub fn look_up_sorted(map: &BTreeMap<Name, u8>, name: &NameSlice) -> Option<u8> {
    map.get(name).copied() //~ callback <Name as std::borrow::Borrow<NameSlice>>::borrow
    //~|! callback <Name as std::cmp::Ord>::cmp
    //~| callback <NameSlice as std::cmp::Ord>::cmp
}
pub fn owned(name: Cow<'_, NameSlice>) -> Name {
    name.into_owned() //~ callback <NameSlice as std::borrow::ToOwned>::to_owned
}
pub fn through_cow(name: &Cow<'_, NameSlice>) -> usize {
    name.0.len() //~ callback <Name as std::borrow::Borrow<NameSlice>>::borrow
}

// Collections.
#[derive(Clone, Copy)]
pub struct Meters(u32);
impl Sum for Meters {
    fn sum<I: Iterator<Item = Meters>>(items: I) -> Meters {
        leaf(); //~ call leaf
        items.fold(Meters(0), |left, right| Meters(left.0 + right.0))
        //~^ callback <Meters as std::iter::Sum>::sum<I>::{closure#0}
    }
}
impl<'a> Sum<&'a Meters> for Meters {
    fn sum<I: Iterator<Item = &'a Meters>>(items: I) -> Meters {
        touch(); //~ call touch
        items.copied().sum() //~! callback <Meters as std::iter::Sum<&Meters>>::sum<I>
        //~| callback <Meters as std::iter::Sum>::sum<I>
    }
}
pub fn sum_values(list: Vec<Meters>) -> Meters {
    list.into_iter().sum() //~ callback <Meters as std::iter::Sum>::sum<I>
}
pub fn sum_references(list: &[Meters]) -> Meters {
    list.iter().sum() //~ callback <Meters as std::iter::Sum<&Meters>>::sum<I>
}
pub struct Bag(Vec<u32>);
impl FromIterator<u32> for Bag {
    fn from_iter<I: IntoIterator<Item = u32>>(items: I) -> Bag {
        leaf(); //~ call leaf
        let mut bag = Bag(Vec::new());
        bag.extend(items); //~ dispatch <Bag as std::iter::Extend<u32>>::extend<I>
        bag
    }
}
impl Extend<u32> for Bag {
    fn extend<I: IntoIterator<Item = u32>>(&mut self, items: I) {
        for item in items {
            self.0.push(item);
        }
    }
}
impl IntoIterator for Bag {
    type Item = u32;
    type IntoIter = Countdown;
    fn into_iter(self) -> Countdown {
        leaf(); //~ call leaf
        Countdown(3)
    }
}
pub struct Countdown(u32);
impl Iterator for Countdown {
    type Item = u32;
    fn next(&mut self) -> Option<u32> {
        touch(); //~ call touch
        None
    }
}
impl DoubleEndedIterator for Countdown {
    fn next_back(&mut self) -> Option<u32> {
        leaf(); //~ call leaf
        None
    }
}
pub fn collect_bag() -> Bag {
    Countdown(1).collect() //~? callback <Bag as std::iter::FromIterator<u32>>::from_iter<Countdown>
    //~|! callback <Bag as std::iter::FromIterator<u32>>::from_iter<I>
    //~| callback <Countdown as std::iter::Iterator>::next
}
pub fn collect_result() -> Result<Bag, Wrong> {
    Countdown(1).map(|value| if value > 0 { Ok(value) } else { Err(Wrong) }).collect()
    //~^ callback <Bag as std::iter::FromIterator<u32>>::from_iter<I>
    //~| callback <Countdown as std::iter::Iterator>::next
    //~| callback collect_result::{closure#0}
}
pub fn partition() -> (Vec<u32>, Vec<u32>) {
    Countdown(1).partition(|value| value % 2 == 0) //~ callback <Countdown as std::iter::Iterator>::next
    //~| callback partition::{closure#0}
}
pub fn extend_vec(list: &mut Vec<u32>, bag: Bag) {
    list.extend(bag) //~ callback <Bag as std::iter::IntoIterator>::into_iter
    //~| callback <Countdown as std::iter::Iterator>::next
}
pub fn loop_over(bag: Bag) -> u32 {
    let mut sum = 0;
    for value in bag { //~ dispatch <Bag as std::iter::IntoIterator>::into_iter
    //~| dispatch <Countdown as std::iter::Iterator>::next
        sum += value;
    }
    sum
}
pub fn backwards() -> Vec<u32> {
    Countdown(1).rev().collect() //~ callback <Countdown as std::iter::DoubleEndedIterator>::next_back
}
pub fn zipped(bag: Bag) -> u32 {
    (0..3).zip(bag).map(|(left, right)| left + right).sum() //~ callback <Bag as std::iter::IntoIterator>::into_iter
    //~| callback <Countdown as std::iter::Iterator>::next
    //~| callback zipped::{closure#0}
}

// Adaptors kept in a struct and used elsewhere.
pub struct Pipeline<I> {
    stages: I,
}
fn pipeline() -> Pipeline<impl Iterator<Item = u32>> {
    Pipeline { stages: Countdown(1).filter(|value| odd(*value)).map(|value| double(value)) } //~ call double
    //~| call odd
    //~| callback pipeline::{closure#0}
    //~| callback pipeline::{closure#1}
}
fn odd(value: u32) -> bool {
    value % 2 == 1
}
fn double(value: u32) -> u32 {
    value * 2
}
impl<I: Iterator<Item = u32>> Pipeline<I> {
    fn first(&mut self) -> Option<u32> {
        self.stages.next() //~ callback <Countdown as std::iter::Iterator>::next
        //~| callback pipeline::{closure#0}
        //~| callback pipeline::{closure#1}
    }
}
pub fn use_pipeline() -> Option<u32> {
    pipeline().first()
    //~^ call <Pipeline<std::iter::Map<std::iter::Filter<Countdown, pipeline::{closure#0}>, pipeline::{closure#1}>>>::first
    //~| call pipeline
}

// Readers and writers.
pub struct Source;
impl Read for Source {
    fn read(&mut self, _bytes: &mut [u8]) -> io::Result<usize> {
        touch(); //~ call touch
        Ok(0)
    }
}
pub struct Sink;
impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        leaf(); //~ call leaf
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        touch(); //~ call touch
        Ok(())
    }
}
pub fn read_lines() -> usize {
    BufReader::new(Source).lines().count() //~ callback <Source as std::io::Read>::read
}
pub fn copy() -> u64 {
    io::copy(&mut Source, &mut Sink).unwrap_or(0) //~! callback <Sink as std::io::Write>::flush
    //~| callback <Sink as std::io::Write>::write
    //~| callback <Source as std::io::Read>::read
}
pub fn write_buffered() -> io::Result<()> {
    let mut writer = BufWriter::new(Sink);
    writer.write_all(b"a")?; //~ callback <Sink as std::io::Write>::write
    writer.flush() //~ callback <Sink as std::io::Write>::flush
    //~| callback <Sink as std::io::Write>::write
} //~ drop <Sink as std::io::Write>::write
pub fn write_formatted() -> io::Result<()> {
    writeln!(Sink, "{}", 1) //~ callback <Sink as std::io::Write>::write
}
pub fn take_and_chain() -> io::Result<usize> {
    let mut text = String::new();
    Source.take(3).chain(Source).read_to_string(&mut text) //~ callback <Source as std::io::Read>::read
}
pub fn by_object(reader: &mut dyn Read) -> io::Result<usize> {
    reader.read(&mut [0]) //~ dyn <Source as std::io::Read>::read
}
pub fn by_source_object() -> io::Result<usize> {
    by_object(&mut Source) //~ call by_object
    //~| cast <Source as std::io::Read>::read
}
pub struct Letters(String);
impl fmt::Write for Letters {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        leaf(); //~ call leaf
        self.0.push_str(text);
        Ok(())
    }
}
pub fn write_letters(letters: &mut Letters) -> fmt::Result {
    write!(letters, "{}", Text(String::new())) //~ callback <Letters as std::fmt::Write>::write_str
    //~| callback <Text as std::fmt::Display>::fmt
}

// Hashing.
#[derive(Default)]
pub struct Simple(u64);
impl Hasher for Simple {
    fn write(&mut self, _bytes: &[u8]) {
        leaf() //~ call leaf
    }
    fn finish(&self) -> u64 {
        touch(); //~ call touch
        self.0
    }
}
#[derive(Default)]
pub struct Building;
impl BuildHasher for Building {
    type Hasher = Simple;
    fn build_hasher(&self) -> Simple {
        leaf(); //~ call leaf
        Simple(0)
    }
}
pub fn own_hasher(map: &mut HashMap<u32, u32, Building>) {
    map.insert(1, 2); //~ callback <Building as std::hash::BuildHasher>::build_hasher
    //~| callback <Simple as std::hash::Hasher>::finish
    //~| callback <Simple as std::hash::Hasher>::write
}
pub fn hash_one(name: &Name) -> u64 {
    let mut hasher = Simple(0);
    name.hash(&mut hasher); //~ dispatch <Name as std::hash::Hash>::hash<Simple>
    hasher.finish() //~ dispatch <Simple as std::hash::Hasher>::finish
}

// Operators.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub struct Vector(f64);
impl Mul<f64> for Vector {
    type Output = Vector;
    fn mul(self, factor: f64) -> Vector {
        leaf(); //~ call leaf
        Vector(self.0 * factor)
    }
}
impl Mul<Vector> for f64 {
    type Output = Vector;
    fn mul(self, vector: Vector) -> Vector {
        touch(); //~ call touch
        vector
    }
}
impl AddAssign for Vector {
    fn add_assign(&mut self, other: Vector) {
        leaf(); //~ call leaf
        self.0 += other.0
    }
}
impl Neg for Vector {
    type Output = Vector;
    fn neg(self) -> Vector {
        leaf(); //~ call leaf
        self
    }
}
impl Not for Vector {
    type Output = bool;
    fn not(self) -> bool {
        leaf(); //~ call leaf
        true
    }
}
pub fn operate(mut vector: Vector) -> bool {
    vector += vector * 2.0; //~ dispatch <Vector as std::ops::AddAssign>::add_assign
    //~| dispatch <Vector as std::ops::Mul<f64>>::mul
    !-vector //~ dispatch <Vector as std::ops::Neg>::neg
    //~| dispatch <Vector as std::ops::Not>::not
}
pub fn operate_reversed(vector: Vector) -> Vector {
    2.0 * vector //~ dispatch <f64 as std::ops::Mul<Vector>>::mul
}
pub struct Grid(Vec<u8>);
impl Index<(usize, usize)> for Grid {
    type Output = u8;
    fn index(&self, place: (usize, usize)) -> &u8 {
        leaf(); //~ call leaf
        &self.0[place.0]
    }
}
impl IndexMut<(usize, usize)> for Grid {
    fn index_mut(&mut self, place: (usize, usize)) -> &mut u8 {
        touch(); //~ call touch
        &mut self.0[place.0]
    }
}
pub fn index(grid: &Grid) -> u8 {
    grid[(1, 2)] //~ dispatch <Grid as std::ops::Index<(usize, usize)>>::index
}
pub fn index_mut(grid: &mut Grid) {
    grid[(1, 2)] = 3 //~ dispatch <Grid as std::ops::IndexMut<(usize, usize)>>::index_mut
}
pub struct Shared(Text);
impl Deref for Shared {
    type Target = Text;
    fn deref(&self) -> &Text {
        leaf(); //~ call leaf
        &self.0
    }
}
impl DerefMut for Shared {
    fn deref_mut(&mut self) -> &mut Text {
        touch(); //~ call touch
        &mut self.0
    }
}
pub fn deref(shared: &Shared) -> usize {
    shared.0.0.len()
}
pub fn deref_twice(shared: &Box<Shared>) -> &str {
    shared.as_ref().as_ref() //~ dispatch <Shared as std::ops::Deref>::deref
    //~| dispatch <Text as std::convert::AsRef<str>>::as_ref
}
pub fn deref_mut(shared: &mut Shared) {
    shared.0.0.clear()
}
impl Text {
    fn clear(&mut self) {}
}
pub fn deref_method(shared: &mut Shared) {
    shared.clear() //~ call <Text>::clear
    //~| dispatch <Shared as std::ops::DerefMut>::deref_mut
}
pub fn sorted_by_key(list: &mut [Name]) {
    list.sort_by_key(|name| key_of(name)) //~ call key_of
    //~| callback sorted_by_key::{closure#0}
}
fn key_of(name: &Name) -> usize {
    name.0.len()
}
pub fn tree_of_names(names: Vec<Name>) -> BTreeSet<Name> {
    names.into_iter().collect() //~ callback <Name as std::cmp::PartialEq>::eq
    //~| callback <Name as std::cmp::PartialOrd>::partial_cmp
}

#[derive(Debug, Clone, PartialEq, Default)] //~ callback <Part as std::clone::Clone>::clone
//~| callback <Part as std::cmp::PartialEq>::eq
//~| callback <Part as std::fmt::Debug>::fmt
//~| cast <Part as std::fmt::Debug>::fmt
//~| dispatch <Part as std::clone::Clone>::clone
//~| dispatch <Part as std::cmp::PartialEq>::eq
//~| dispatch <Part as std::default::Default>::default
pub struct Derived {
    part: Part,
    list: Vec<Part>,
}
#[derive(Default)]
pub struct Part;
impl fmt::Debug for Part {
    fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        leaf(); //~ call leaf
        Ok(())
    }
}
impl Clone for Part {
    fn clone(&self) -> Part {
        touch(); //~ call touch
        Part
    }
}
impl PartialEq for Part {
    fn eq(&self, _other: &Part) -> bool {
        leaf(); //~ call leaf
        true
    }
}
pub fn clone_derived(derived: &Derived) -> Derived {
    derived.clone() //~ dispatch <Derived as std::clone::Clone>::clone
}
pub fn debug_derived(derived: &Derived) -> String {
    format!("{derived:?} {:>width$}", "a", width = 3) //~ callback <Derived as std::fmt::Debug>::fmt
}
pub fn compare_derived(left: &Derived, right: &Derived) -> bool {
    left != right //~ callback <Derived as std::cmp::PartialEq>::eq
}
pub fn dbg_value(text: &Part) { //~ callback <Part as std::fmt::Debug>::fmt
//~| cast <Part as std::fmt::Debug>::fmt
//~| dyn/3 <Part as std::fmt::Debug>::fmt
    dbg!(text);
}
pub fn question(text: &str) -> Result<Text, Wrapped> {
    let parsed: Text = text.parse()?; //~ callback <Text as std::str::FromStr>::from_str
    //~| callback <Wrapped as std::convert::From<Wrong>>::from
    Ok(parsed)
}
pub struct Wrapped(Wrong);
impl From<Wrong> for Wrapped {
    fn from(wrong: Wrong) -> Wrapped {
        touch(); //~ call touch
        Wrapped(wrong)
    }
}
pub fn question_option(list: &[Text]) -> Option<usize> {
    let first = list.first()?;
    Some(first.0.len())
}
