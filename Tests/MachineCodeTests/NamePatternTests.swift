import Testing

@testable import MachineCode

/// Definitions with parameters and the instances of them.
@Suite struct NamePatternTests {
  @Test(arguments: [
    ("demo::f", "demo::f", true),
    ("demo::f", "demo::g", false),
    ("demo::f", "demo::ff", false),
    ("demo::f<?>", "demo::f<u8>", true),
    ("demo::f<?>", "demo::f<u8, u8>", false),
    ("demo::f<?, ?>", "demo::f<(u8, u16), [u8; 4]>", true),
    ("demo::f<?>::{closure#0}", "demo::f<demo::g<u8>::{closure#1}>::{closure#0}", true),
    ("demo::f<?>", "demo::f<fn(u8, u16) -> demo::T<u8>>", true),
    ("demo::f<?>", "demo::f<>", false),
    ("<? as demo::T>::put", "<demo::A<u8, u16> as demo::T>::put", true),
    ("<? as demo::T>::put", "<demo::A as demo::U>::put", false),
    ("<? as demo::T<?>>::put", "<<demo::A as demo::T>::g as demo::T<u8>>::put", true),
    ("<demo::Map<?, ?=>>::get", "<demo::Map<u8>>::get", true),
    ("<demo::Map<?, ?=>>::get", "<demo::Map<u8, u16>>::get", true),
    ("<demo::Map<?, ?=>>::get", "<demo::Map>::get", false),
    ("<demo::Set<?=, ?=> as demo::T<?=>>::get", "<demo::Set as demo::T>::get", true),
    ("demo::Host<?=>::V6", "demo::Host::V6", true),
    ("<demo::Set<?=> as demo::T>::get", "<demo::Set<u8> as demo::T>::get", true),
  ])
  func matching(pattern: String, name: String, expected: Bool) {
    #expect(NamePattern.matches(Array(pattern.utf8), Array(name.utf8)) == expected)
  }

  @Test(arguments: [
    ("demo::f", "demo::f"),
    ("<demo::A<u8> as demo::T>::put<u16>::{closure#0}", "<>::put::{closure#0}"),
    ("demo::f<fn(u8) -> u8>::g", "demo::f::g"),
    ("demo::Host<?=>::V6", "demo::Host::V6"),
    ("<<demo::A as demo::T>::f as demo::U>::put", "<>::put"),
  ])
  func skeletons(name: String, expected: String) {
    #expect(String(decoding: NamePattern.skeleton(Array(name.utf8)), as: UTF8.self) == expected)
  }
}
