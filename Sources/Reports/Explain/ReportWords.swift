/// The words of reports beside the names of capabilities, edges and rules.
enum ReportWords {
  static let all: [(word: String, meaning: String)] = [
    ("direct", "the use of the sink stands in the crate's own code, and its entry points reach it"),
    (
      "transitive", "the crate's entry points reach it, and the use of the sink stands in other code (“through others”)"
    ),
    ("contained", "anywhere in the crate's own code, reached from its entry points or not"),
    ("ambient", "the sink acquires by path, address or name: nobody had to hand it anything"),
    ("handle", "the sink uses a value that somebody had to hand over: an open file, a connection"),
    ("certain", "each step of the path has one possible target"),
    (
      "may",
      "a step of the path is one of several candidates, or stands behind a condition that is never true in this build"
    ),
    ("sink", "a function or operation that has a capability of itself"),
    (
      "entry point",
      "where code from outside of the crate can start: main, public functions, trait impls, exported symbols"
    ),
    ("run", "the phase of what runs with the program; also a crate whose code is compiled into one"),
    ("build-script", "the phase of code that cargo runs before it compiles the crate: build.rs and what that uses"),
    ("proc-macro", "the phase of code that runs in the compiler: procedural macros and what they use"),
    ("main", "an entry point: where the program starts"),
    ("public", "an entry point: a function that code outside of the crate can name"),
    ("trait-impl", "an entry point: a method of a trait's impl, which code that knows the trait can call"),
    ("exported-symbol", "an entry point: a function with a symbol of its own choice (no_mangle, export_name)"),
    ("before-main", "an entry point: what the loader runs before main (.init_array and the like)"),
    ("unreadable", "a gap: a dump, or an item of it, could not be read; the report is incomplete"),
    ("unlinked", "a gap: a function was named and not found; the report is incomplete"),
    ("unknown-std", "a gap: a path of std that the tables do not know; the report is incomplete"),
    ("native-code", "code outside of Rust that is linked in: what it does is not analysed"),
    ("limit", "a documented limit (docs/limits.md): code may do there what the report does not say"),
  ]

  static func meaning(of word: String) -> String? { all.first { $0.word == word }?.meaning }
}
