//! What std calls back: closures and trait impls handed to it.
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::fs;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::thread;

fn compare(left: &u32, right: &u32) -> std::cmp::Ordering {
    left.cmp(right)
}
pub fn sort(list: &mut [u32]) {
    list.sort_by(|left, right| compare(left, right)) //~ call compare
    //~| callback sort::{closure#0}
}
pub fn sort_by_function(list: &mut [u32]) {
    list.sort_by(compare) //~ callback compare
}

pub fn chain(list: &[u32]) -> u32 {
    list.iter().map(|value| mapped(*value)).filter(|value| filtered(*value)).sum() //~ call filtered
    //~| call mapped
    //~| callback chain::{closure#0}
    //~| callback chain::{closure#1}
}
fn mapped(value: u32) -> u32 {
    value
}
fn filtered(value: u32) -> bool {
    let _ = fs::read("filter");
    value > 1
}

pub struct Shown;
impl fmt::Display for Shown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(shown_text()) //~ call shown_text
    }
}
impl fmt::Debug for Shown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(debug_text()) //~ call debug_text
    }
}
fn shown_text() -> &'static str {
    "shown"
}
fn debug_text() -> &'static str {
    "debug"
}
pub fn print() {
    println!("{}", Shown) //~ callback <Shown as std::fmt::Display>::fmt
}
pub fn format_debug() -> String {
    format!("{:?}", Shown) //~ callback <Shown as std::fmt::Debug>::fmt
}
pub fn to_string() -> String {
    Shown.to_string() //~ callback <Shown as std::fmt::Display>::fmt
}

pub struct Key(pub u32);
impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hashing(); //~ call hashing
        state.write_u32(self.0)
    }
}
impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        comparing(); //~ call comparing
        self.0 == other.0
    }
}
impl Eq for Key {}
fn hashing() {}
fn comparing() {}
pub fn hash_map(map: &mut HashMap<Key, u32>) {
    map.insert(Key(1), 2); //~ callback <Key as std::cmp::PartialEq>::eq
    //~| callback <Key as std::hash::Hash>::hash<H>
}
impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Key) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other)) //~ dispatch <Key as std::cmp::Ord>::cmp
    }
}
impl Ord for Key {
    fn cmp(&self, other: &Key) -> std::cmp::Ordering {
        ordering(); //~ call ordering
        self.0.cmp(&other.0)
    }
}
fn ordering() {}
pub fn tree_map(map: &mut BTreeMap<Key, u32>) {
    map.insert(Key(1), 2); //~ callback <Key as std::cmp::Ord>::cmp
}

pub fn spawn() {
    let _ = thread::spawn(|| in_thread()).join(); //~ call in_thread
    //~| callback spawn::{closure#0}
}
fn in_thread() {
    let _ = fs::read("thread");
}

pub struct Number(pub u32);
impl FromStr for Number {
    type Err = ();
    fn from_str(_text: &str) -> Result<Number, ()> {
        parsing(); //~ call parsing
        Ok(Number(1))
    }
}
fn parsing() {}
pub fn parse() -> Result<Number, ()> {
    "1".parse() //~ callback <Number as std::str::FromStr>::from_str
}

pub struct Countdown(pub u32);
impl Iterator for Countdown {
    type Item = u32;
    fn next(&mut self) -> Option<u32> {
        counting(); //~ call counting
        None
    }
}
fn counting() {}
pub fn collect() -> Vec<u32> {
    Countdown(3).collect() //~ callback <Countdown as std::iter::Iterator>::next
}
pub fn for_loop() {
    for _ in Countdown(3) {} //~ dispatch <Countdown as std::iter::Iterator>::next
}

pub struct Celsius(pub u32);
impl From<u32> for Celsius {
    fn from(value: u32) -> Celsius {
        converting(); //~ call converting
        Celsius(value)
    }
}
fn converting() {}
pub fn into() -> Celsius {
    1.into() //~ callback <Celsius as std::convert::From<u32>>::from
}
#[derive(Default)] //~ dispatch <Inner as std::default::Default>::default
pub struct Defaults {
    pub inner: Inner,
}
pub struct Inner;
impl Default for Inner {
    fn default() -> Inner {
        defaulting(); //~ call defaulting
        Inner
    }
}
fn defaulting() {}
pub fn unwrap(value: Option<Defaults>) -> Defaults {
    value.unwrap_or_default() //~ callback <Defaults as std::default::Default>::default
}
pub fn clone_list(list: &Vec<Copied>) -> Vec<Copied> {
    list.clone() //~ callback <Copied as std::clone::Clone>::clone
}
pub struct Copied;
impl Clone for Copied {
    fn clone(&self) -> Copied {
        cloning(); //~ call cloning
        Copied
    }
}
fn cloning() {}
pub fn unrelated(value: Option<u32>) -> u32 {
    value.map(|value| value + 1).unwrap_or(0) //~ callback unrelated::{closure#0}
}
pub struct Sink;
impl std::io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        writing(); //~ call writing
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
fn writing() {}
pub fn write_all() {
    use std::io::Write;
    let _ = write!(Sink, "{}", 1); //~ callback <Sink as std::io::Write>::write
}
