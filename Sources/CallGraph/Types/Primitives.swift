/// Rust's primitive types by name.
enum Primitives {
  private static let names: Set<String> = [
    "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f16", "f32", "f64", "f128",
    "bool", "char", "str",
  ]
  static func isPrimitive(_ name: String) -> Bool { names.contains(name) }
}
