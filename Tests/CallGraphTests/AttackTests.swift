import CallGraph
import Capabilities
import Testing

/// Payloads as they occur in attacks, and what only looks like one.
@Suite struct AttackTests {
  private static let fixture = Fixture.shared("attacks")
  private var attacks: Fixture { AttackTests.fixture }

  /// A payload: the entry point, the capability, functions that the path leads through in this order, the sink.
  struct Payload: CustomTestStringConvertible, Sendable {
    var entry: String
    var capability: String
    var functions: [String]
    var sink: String
    var testDescription: String { "\(entry) \(capability)" }

    init(_ entry: String, _ capability: String, _ functions: [String], _ sink: String) {
      self.entry = entry
      self.capability = capability
      self.functions = functions
      self.sink = sink
    }
  }

  @Test(arguments: [
    // Download and run, behind a variable of the environment, in one method.
    Payload("<download::Client>::refresh", "env.read", [], "std::env::temp_dir"),
    Payload("<download::Client>::refresh", "net.connect", [], "<std::net::TcpStream as std::io::Read>::read"),
    Payload("<download::Client>::refresh", "fs.write", [], "std::fs::write"),
    Payload("<download::Client>::refresh", "process.spawn", [], "std::process::Command::spawn"),
    // Two crates away from a build script.
    Payload(
      "hop_tool::configure", "process.spawn", ["<hop_parts::Version>::detect", "hop_parts::probe"],
      "std::process::Command::output"),
    Payload(
      "hop_tool::configure", "fs.write", ["<hop_parts::Version>::detect", "hop_parts::probe"], "std::fs::write"),
    // A clean wrapper.
    Payload(
      "wrapper::shorten", "net.udp", ["<engine::Text as std::fmt::Display>::fmt", "engine::leak"],
      "std::net::UdpSocket::bind"),
    Payload("wrapper::shorten", "fs.read", ["<engine::Text as std::fmt::Display>::fmt"], "std::env::home_dir"),
    // At expansion, and in what the expansion leaves.
    Payload("expander::derive_describe", "env.read", [], "std::env::var_os"),
    Payload("expander::derive_describe", "net.connect", ["expander::phone_home"], "std::net::TcpStream::connect"),
    Payload("<expanded_user::Car>::describe", "process.spawn", [], "std::process::Command::status"),
    Payload("expanded_user::answer", "fs.read", [], "std::fs::read"),
    Payload("expanded_user::sum", "net.udp", [], "std::net::UdpSocket::bind"),
    // Written, made executable, started.
    Payload("dropper::main", "fs.write", ["dropper::unpack"], "std::fs::set_permissions"),
    Payload("dropper::main", "process.spawn", ["dropper::unpack"], "std::process::Child::wait"),
    // Before and after main.
    Payload("early::EARLY", "env.read", ["early::early", "early::collect"], "std::env::var"),
    Payload("early::EARLY", "fs.write", ["early::early", "early::collect"], "std::fs::write"),
    Payload("early_forms::FIRST", "fs.write", ["early_forms::first", "early_forms::act"], "std::fs::remove_file"),
    Payload("early_forms::SEVERAL", "fs.write", ["early_forms::second", "early_forms::act"], "std::fs::remove_file"),
    Payload("early_forms::LAST", "fs.write", ["early_forms::last", "early_forms::act"], "std::fs::remove_file"),
    Payload("early_forms::OLD", "fs.write", ["early_forms::OLD::inner", "early_forms::act"], "std::fs::remove_file"),
    Payload("early_forms::in_the_section_itself", "fs.write", ["early_forms::act"], "std::fs::remove_file"),
    Payload("early_forms::from_assembly", "fs.write", ["early_forms::act"], "std::fs::remove_file"),
    Payload(
      "failing_main::main", "process.spawn", ["<overridden::Fault as std::fmt::Debug>::fmt"],
      "std::process::Command::spawn"),
    Payload(
      "ending_main::main", "process.spawn", ["<overridden::Alarm as std::process::Termination>::report"],
      "std::process::Command::spawn"),
    // In the place of a function of libc.
    Payload("random_override::getrandom", "fs.write", ["random_override::log"], "std::fs::write"),
    Payload("random_override::getrandom", "symbol.define", [], "getrandom"),
    Payload("override_user::key", "symbol.call", [], "getrandom"),
    Payload(
      "override_user::key", "fs.write", ["random_override::getrandom", "random_override::log"], "std::fs::write"),
    // System calls without libc's functions for them.
    Payload("raw_calls::by_assembly", "asm", [], "asm!"),
    Payload("raw_calls::by_function", "ffi", [], "syscall"),
    Payload("raw_calls::by_number", "ffi", [], "syscall"),
    Payload("raw_calls::by_number", "unknown", [], "syscall"),
    // What a macro of another crate leaves in the code of its user.
    Payload("hidden::a_macro_of_another_crate", "process.spawn", [], "std::process::Command::spawn"),
    Payload("hidden::a_macro_of_another_crate", "fs.write", ["notes::written"], "std::fs::write"),
  ])
  func isFound(_ payload: Payload) {
    let path = attacks.path(payload.entry, payload.capability)
    #expect(path?.sink == payload.sink)
    let isInOrder = contains(path?.functions ?? [], inOrder: [payload.entry] + payload.functions)
    #expect(isInOrder, "\(path?.text ?? "")")
  }

  private func contains(_ functions: [String], inOrder names: [String]) -> Bool {
    var rest = functions[...]
    for name in names {
      guard let place = rest.firstIndex(of: name) else { return false }
      rest = rest[(place + 1)...]
    }
    return true
  }

  /// Of the build scripts of several packages, which all have one name.
  private func scriptPath(_ unit: String, _ capability: String) -> Path? {
    let evidence = attacks.result.evidence(ofUnit: attacks.unit(unit))
    return evidence.first { attacks.result.taxonomy.name($0.capability) == capability }.map { Path(attacks, $0) }
  }

  @Test func buildScriptsAreFound() {
    let report = scriptPath("meter_script", "net.connect")
    #expect(report?.functions == ["build_script_build::main", "build_script_build::report"])
    #expect(scriptPath("meter_script", "env.read")?.sink == "std::env::var_os")
    let probe = scriptPath("hop_script", "process.spawn")
    #expect(
      probe?.functions == [
        "build_script_build::main", "hop_tool::configure", "<hop_parts::Version>::detect", "hop_parts::probe",
      ])
    #expect(attacks.capabilities("meter::mean").isEmpty)
    #expect(attacks.capabilities("hop::double").isEmpty)
  }

  @Test func codeBeforeMainIsThatOfTheProgram() {
    let user = attacks.unit("early_user")
    let entries = attacks.graph.entryPoints.filter { $0.unit == UInt32(user) }
    #expect(entries.map(\.kind).contains(.beforeMain))
    #expect(attacks.capabilities("early_user::main").isEmpty)
    let path = attacks.result.evidence(ofUnit: user).first.map { Path(attacks, $0) }
    #expect(path?.functions == ["early::EARLY", "early::early", "early::collect"])
  }

  /// One payload behind operators, conversions, iterators, drops, closures, pointers, statics, futures.
  @Test(arguments: [("hidden", 75), ("overridden", 33)])
  func noDisguiseHidesAPayload(_ unit: String, _ count: Int) {
    let number = UInt32(attacks.unit(unit))
    let entries = attacks.graph.entryPoints.filter { $0.unit == number && $0.kind == .publicItem }
      .map { attacks.graph.names.string(attacks.graph.nodes[Int($0.node)].name) }
      .filter { $0.hasPrefix(unit + "::") && !$0.contains("{") && !$0.contains("promoted") }
    // One only keeps what another runs, one returns a closure, which is an entry point of its own.
    let harmless: Set<String> = ["hidden::kept_for_later", "hidden::returned"]
    let names = Set(entries).subtracting(harmless)
    #expect(names.count >= count)
    for name in names {
      let path = attacks.path(name, "process.spawn")
      #expect(path?.functions.first == name, "\(name) reaches nothing")
    }
    #expect(attacks.path("hidden::returned::{closure#0}", "process.spawn") != nil)
  }

  /// std's functions by other names, as values, and behind std's own traits: what each entry point reaches. Trait objects
  /// can be of the types of all crates here, so that some reach more.
  @Test(arguments: [
    ("renamed", "process.spawn"), ("aliased", "process.spawn"), ("in_a_renamed_module", "process.exit"),
    ("through_an_associated_type", "process.spawn"), ("through_an_associated_constant", "fs.write"),
    ("as_a_value", "fs.write"), ("as_a_method_value", "process.spawn"), ("as_a_pointer", "net.connect net.dns"),
    ("in_a_table_by_name", "fs.write"), ("in_a_thread", "net.connect thread"),
    ("handed_to_a_thread", "process.exit thread"), ("through_a_bound", "net.connect"),
    ("through_a_reference", "net.connect"), ("through_a_buffer", "fs.write"), ("when_the_buffer_goes", "fs.write"),
    ("through_an_object", "fs.write stdio.write"), ("through_an_object_of_std", "fs.write stdio.write"),
    ("through_an_opaque_result", "fs.read"), ("copied", "fs.write net.connect"), ("read_by_lines", "net.connect"),
    ("shared", "net.connect"), ("kept", "net.connect"), ("printed_path", "fs.meta"), ("found_by_a_method", "fs.meta"),
    ("through_deref", "fs.meta"), ("by_conversion", "process.spawn"), ("resolved", "net.dns"), ("listed", "fs.read"),
    ("through_a_glob", "fs.write"), ("through_two_globs", "process.spawn"), ("by_a_macro", "fs.write"),
    ("by_turbofish", "net.connect net.dns"), ("by_raw_descriptor", "fs.read fs.write"), ("replaced", "process.spawn"),
    ("by_ref", "fs.write"), ("chained", "fs.read"),
  ])
  func otherNamesHideNothing(_ function: String, _ capabilities: String) {
    let found = attacks.capabilities("aliases::\(function)")
    #expect(found.isSuperset(of: capabilities.split(separator: " ").map(String.init)), "\(found.sorted())")
  }

  @Test func decoysAreNotReached() {
    let unit = attacks.unit("decoys")
    #expect(attacks.result.evidence(ofUnit: unit).isEmpty)
    let summary = attacks.result.unitResults[unit]
    #expect(summary.direct.isEmpty && summary.transitive.isEmpty)
    #expect(attacks.names(of: summary.contained) == ["fs.write", "net.udp", "net.dns", "process.spawn"])
    #expect(!attacks.has("decoys::tests::runs_a_program"))
  }

  @Test func whatAnotherSystemRunsIsNotReached() {
    #expect(attacks.capabilities("windows::start").isEmpty)
    #expect(attacks.path("windows::maybe", "process.spawn")?.isCertain == false)
  }

  @Test func aPayloadForTheNextVersionIsNotInThisOne() {
    let old = Fixture.shared("update-old")
    let new = Fixture.shared("update-new")
    #expect(old.capabilities("shop::main").isSuperset(of: ["fs.read", "stdio.write", "unsafe.raw-deref"]))
    #expect(!old.capabilities("shop::main").contains("fs.write"))
    #expect(new.path("shop::main", "fs.write")?.functions.last == "<parcel::Parcel>::remember")
    #expect(new.path("parcel::send", "net.connect") != nil)
  }

  /// Rule, crate (its package for build scripts), entry point.
  private func risks(_ rule: String) -> [String] {
    attacks.result.risks.filter { $0.rule.name == rule }.map { risk in
      let entry = attacks.graph.nodes[Int(attacks.graph.entryPoints[risk.entry].node)].name
      return "\(attacks.result.units[risk.unit].package) \(attacks.graph.names.string(entry))"
    }
  }

  @Test func riskRulesPointOutWhatComesTogether() {
    #expect(
      risks("environment-to-network") == [
        "download <download::Client>::refresh", "engine <engine::Text as std::fmt::Display>::fmt",
        "wrapper wrapper::shorten",
      ])
    // A system call whose number is not known can be any.
    #expect(risks("fetch-and-run") == ["download <download::Client>::refresh", "raw_calls raw_calls::by_number"])
    #expect(risks("write-and-run") == ["dropper dropper::main"])
    #expect(
      risks("network-while-building") == ["expander expander::derive_describe", "meter build_script_build::main"])
    #expect(risks("environment-to-network-while-building") == risks("network-while-building"))
    #expect(risks("fetch-and-run-while-building").isEmpty)
  }

  @Test func aRiskHasAPathToEachOfItsParts() throws {
    let risk = try #require(
      attacks.result.risks.first {
        $0.rule.name == "environment-to-network" && $0.unit == attacks.unit("wrapper")
      })
    #expect(attacks.label(Int(risk.meeting)) == "<engine::Text as std::fmt::Display>::fmt")
    #expect(risk.paths.map(\.need.name) == ["secrets", "network"])
    #expect(risk.paths.map(\.sink) == ["std::env::home_dir", "<&str as std::net::ToSocketAddrs>::to_socket_addrs"])
    let names = risk.paths.map { path in path.steps.map { attacks.label(Int($0.node)) } }
    #expect(
      names == [
        ["wrapper::shorten", "<engine::Text as std::fmt::Display>::fmt"],
        ["wrapper::shorten", "<engine::Text as std::fmt::Display>::fmt", "engine::leak"],
      ])
  }
}
