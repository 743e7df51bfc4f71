//! What std calls of the traits that it asks for.
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpStream};

struct Numbers(u32);

impl Iterator for Numbers {
    type Item = u32;
    fn next(&mut self) -> Option<u32> {
        self.0 = self.0.checked_sub(1)?;
        Some(self.0)
    }
    fn count(self) -> usize {
        0
    }
    fn last(self) -> Option<u32> {
        None
    }
}

/// Making an adaptor runs nothing.
pub fn adaptor() -> impl Iterator<Item = u32> {
    Numbers(3).skip(1)
}

/// Collecting asks for the next element, not for the last.
pub fn collected() -> Vec<u32> {
    Numbers(3).map(|number| number + 1).collect()
}

/// The iterator is handed on, wrapped, to what `Vec` is made of.
pub fn collected_results() -> Result<Vec<u32>, ()> {
    Numbers(3).map(Ok).collect()
}

/// The method of the same name is called.
pub fn counted() -> usize {
    Numbers(3).by_ref().count() + Numbers(2).count()
}

pub struct Key(u32);

impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        self.0 == other.0
    }
}

impl Eq for Key {}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Key) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Key) -> Ordering {
        self.0.cmp(&other.0)
    }
    fn max(self, other: Key) -> Key {
        other
    }
}

/// A map compares keys by `cmp` alone.
pub fn inserted(map: &mut BTreeMap<Key, u32>) {
    map.insert(Key(1), 1);
}

/// `to_string` formats, by way of a trait of std's own.
pub struct Shown;

impl std::fmt::Display for Shown {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("shown")
    }
}

pub fn shown() -> String {
    Shown.to_string()
}

/// A function behind a reference is called all the same.
pub fn by_reference(test: fn(&u32) -> bool) -> usize {
    let closure = |number: &u32| *number > 1 && test(number);
    [1, 2, 3].iter().copied().filter(&closure).count()
}

// One impl of std's (`impl<A: ToSocketAddrs> ToSocketAddrs for &A`) counts for some types and not for others.
pub fn connected_to_name(name: &str) -> bool {
    TcpStream::connect(name).is_ok()
}
pub fn connected_to_address(address: &SocketAddr) -> bool {
    TcpStream::connect(address).is_ok()
}
