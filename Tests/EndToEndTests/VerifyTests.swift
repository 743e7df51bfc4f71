import Foundation
import Testing

/// A program that is linked and compared with its graph.
@Suite(.enabled(if: Shared.canDump, "no Rust toolchain"), .serialized)
struct VerifyTests {
  private static let manifest = """
    [package]
    name = "demo"
    version = "0.1.0"
    edition = "2021"

    [dependencies]
    util = { path = "util-1" }
    util-two = { path = "util-2", package = "util" }

    [workspace]
    exclude = ["util-1", "util-2"]

    """

  /// A script that would choose unstable code if the compiler allowed it.
  private static let script = """
    fn main() {
        println!("cargo:rustc-check-cfg=cfg(unstable)");
        if std::env::var_os("RUSTC_BOOTSTRAP").is_some() { println!("cargo:rustc-cfg=unstable") }
    }

    """

  private static func util(_ version: String) -> String {
    """
    [package]
    name = "util"
    version = "\(version)"
    edition = "2021"

    """
  }

  /// Two crates called `demo`, two called `util`, and most ways for a function to come to run.
  private static let program = """
    #[cfg(unstable)]
    compile_error!("the build script was told that the compiler takes unstable code");

    use std::collections::HashMap;
    use std::fmt;

    struct Disk(Vec<u8>);
    struct Wrapper<T>(T);

    impl demo::Store for Disk {
        fn put(&mut self, byte: u8) { self.0.push(byte) }
    }
    impl<T: demo::Store> demo::Store for Wrapper<T> {
        fn put(&mut self, byte: u8) { self.0.put(byte) }
    }
    impl Drop for Disk {
        fn drop(&mut self) { util::note("gone") }
    }
    #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
    enum Key { Number(u32), Text(String) }

    impl fmt::Display for Key {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            match self { Key::Number(n) => write!(f, "{n}"), Key::Text(t) => f.write_str(t) }
        }
    }

    #[inline(always)]
    fn always(n: u32) -> u32 { never(n) }
    #[inline(never)]
    fn never(n: u32) -> u32 { n + SIZE as u32 + std::env::args().count() as u32 }
    const fn size() -> usize { 4 }
    const SIZE: usize = size();

    thread_local!(static COUNT: std::cell::Cell<u32> = start().into());
    fn start() -> u32 { 3 }

    fn each<const N: usize>(f: fn(u32) -> u32) -> [u32; N] { std::array::from_fn(|n| f(n as u32)) }
    fn double(n: u32) -> u32 { n * 2 }

    #[no_mangle]
    pub extern "C" fn demo_exported(n: u32) -> u32 { double(n) }

    fn main() -> Result<(), util_two::Error> {
        let mut stores: Vec<Box<dyn demo::Store>> = vec![Box::new(Disk(Vec::new())), Box::new(Wrapper(Disk(Vec::new())))];
        for store in &mut stores { store.twice(always(1) as u8) }
        let mut map: HashMap<Key, Wrapper<u8>> = HashMap::new();
        map.insert(Key::Text("a".to_string()), Wrapper(1));
        let mut keys: Vec<Key> = map.keys().cloned().collect();
        keys.push(Key::Number(COUNT.with(|c| c.get())));
        keys.sort();
        println!("{} {:?} {:?}", keys[0], keys, each::<3>(double));
        util_two::note(&format!("{}", demo_exported(demo::apply(2, |n| n + 1))))
    }

    """

  private static let library = """
    pub trait Store {
        fn put(&mut self, byte: u8);
        fn twice(&mut self, byte: u8) { self.put(byte); self.put(byte) }
        fn unused(&self) {}
    }
    pub fn apply<R, F: FnOnce(u32) -> R>(n: u32, f: F) -> R { f(n) }
    pub fn not_called() { apply(1, |n| n); }

    """

  private static let project: Result<TemporaryFolder, any Error> = Result {
    let folder = TemporaryFolder()
    try folder.write(manifest, to: "Cargo.toml")
    try folder.write(script, to: "build.rs")
    try folder.write(program, to: "src/main.rs")
    try folder.write(library, to: "src/lib.rs")
    try folder.write(util("1.0.0"), to: "util-1/Cargo.toml")
    try folder.write("pub fn note(text: &str) { let _ = std::fs::remove_file(text); }\n", to: "util-1/src/lib.rs")
    try folder.write(util("2.0.0"), to: "util-2/Cargo.toml")
    let second = """
      #[derive(Debug)]
      pub struct Error;
      pub fn note(text: &str) -> Result<(), Error> { if text.is_empty() { Err(Error) } else { Ok(()) } }

      """
    try folder.write(second, to: "util-2/src/lib.rs")
    return folder
  }

  private func verify(_ arguments: String...) throws -> Program.Outcome {
    let folder = try Self.project.get()
    return try Program.mircap.run(["verify", folder.path, "--bin", "demo"] + arguments)
  }

  private func ratios(_ json: [String: Any]) throws -> [String: (part: Int, whole: Int)] {
    let all = try #require(json["ratios"] as? [String: [String: Any]])
    return all.mapValues { ($0["part"] as? Int ?? -1, $0["whole"] as? Int ?? -1) }
  }

  private func functions(_ json: [String: Any], _ list: String) -> [String] {
    (json[list] as? [[String: Any]] ?? []).compactMap { $0["function"] as? String }
  }

  @Test func aProgramIsLinkedAndCompared() throws {
    let outcome = try verify("--format", "json", "--minimum-recall", "1", "--minimum-precision", "0.9")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(json["schema"] as? String == "mircap-verify/1")
    #expect(json["cratesToldBy"] as? String == "hash")
    #expect(json["missingCrates"] as? [String] == [])
    let ratios = try ratios(json)
    for name in ["definitionRecall", "machineEdges", "machineInstanceEdges", "evidenceSteps"] {
      let ratio = try #require(ratios[name])
      #expect(ratio.part == ratio.whole && ratio.whole > 3, "\(name): \(ratio), \(json)")
    }
    #expect(functions(json, "missed") == [])
    // The hasher is chosen in std's code.
    let others = Set(functions(json, "missedInstances"))
    #expect(others.isSubset(of: ["<demo::Key as core::hash::Hash>::hash<?>"]), "\(others)")
    // std's bounds ask for more than std's code uses.
    let extra = Set(functions(json, "extra"))
    let asked = ["Ord>::cmp", "PartialOrd>::partial_cmp"].map { "<demo::Key as core::cmp::\($0)" }
    #expect(extra.isSubset(of: asked), "\(extra)")
    // Both crates of one name were told apart.
    let precision = try #require(ratios["definitionPrecision"])
    #expect(precision.whole > 25 && precision.whole - precision.part == extra.count)
  }

  @Test func aLinkedProgramIsTaken() throws {
    let folder = try Self.project.get()
    #expect(try verify().status == 0)
    let linked = folder.path + "/target/mircap/linked/demo"
    let copy = folder.path + "/copy"
    try? FileManager.default.removeItem(atPath: copy)
    try FileManager.default.copyItem(atPath: linked, toPath: copy)
    let exact = try Program.mircap.run(
      "verify", "--dumps", folder.path + "/target/mircap", "--bin", "demo", "--binary", linked)
    #expect(exact.status == 0 && !exact.output.contains("told by their names"))
    // The precision of this program is below one for as long as std's bounds ask for too much.
    let strict = try verify("--binary", linked, "--minimum-precision", "1")
    #expect(strict.status == (strict.output.contains("reached, not kept by the linker") ? 1 : 0))
    #expect((strict.status == 1) == strict.errors.contains("below 1"))
    let guessed = try verify("--binary", copy)
    #expect(guessed.status == 0 && guessed.output.contains("told by their names"))
    let lines = guessed.output.split(separator: "\n")
    let recall = lines.first { $0.contains("definitions kept by the linker, and reached") }
    #expect(recall?.contains(" 100.00 % ") == true)
  }

  @Test func wrongUse() throws {
    let folder = try Self.project.get()
    #expect(try Program.mircap.run("verify", folder.path).status == 2)
    #expect(try Program.mircap.run("verify", folder.path, "--bin", "nope", "--offline").status == 3)
    #expect(try Program.mircap.run("verify", "--dumps", folder.path, "--bin", "demo").status == 2)
    #expect(try verify("--minimum-recall", "2").status == 2)
    let wrong = try verify("--binary", folder.path + "/Cargo.toml")
    #expect(wrong.status == 3 && wrong.errors.contains("ELF"))
    let stripped = try verify("--binary", "/bin/sh")
    #expect(stripped.status == 3 && stripped.errors.contains("symbol-mangling-version=v0"))
  }
}
