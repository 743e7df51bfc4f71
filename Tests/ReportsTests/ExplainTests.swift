import Capabilities
import Project
import Reports
import TestSupport
import Testing

@Suite struct ExplainTests {
  private func explain(_ name: String) -> String {
    ReportFixture.text { output in
      do { try ExplainReport.write(name, TestTables.all, to: &output) } catch { output.append("\(error)") }
    }
  }

  @Test func explainsCapabilitiesGroupsNamesAndEdges() {
    #expect(explain("fs.write").contains("amounts to everything: can write /proc/self/mem"))
    #expect(explain("fs.write").contains("in the groups: fs, io, cap_io"))
    #expect(explain("net").contains("stands for: net.connect, net.listen"))
    #expect(explain("CAPABILITY_EXEC").contains("stands for: process.spawn"))
    #expect(explain("dyn").contains("control can pass"))
    #expect(explain("cast").contains("control does not pass"))
    #expect(explain("nothing").hasPrefix("nothing is no capability"))
    #expect(explain("nothing").contains("risk rules: environment-to-network"))
    // A group and a kind of step.
    #expect(explain("symbol").contains("stands for: symbol.define") && explain("symbol").contains("a kind of step"))
  }

  @Test func explainsRiskRules() {
    let rule = explain("fetch-and-run")
    #expect(rule.contains("counts in: run\n"))
    for need in ["receiving: receives from the network", "writing: writes files", "starting: starts programs"] {
      #expect(rule.contains("    \(need)\n"), "\(need)")
    }
    #expect(rule.contains("any of the capabilities: process.spawn (ambient)"))
    #expect(explain("secrets").contains("part of: environment-to-network, environment-to-network-while-building"))
    #expect(explain("decoding").contains(" more\n"))
    #expect(explain("gained-build-script").contains("mircap diff"))
  }

  @Test func explainsWordsOfReports() {
    #expect(explain("may").contains("one of several candidates"))
    #expect(explain("unlinked").contains("the report is incomplete"))
  }

  @Test func explainsLabelsOfAPolicy() throws {
    var rules = AnalysisRules()
    rules.tags = [.init(path: "demo::open", label: "ocap", origin: .init(file: "mircap.toml", line: 7))]
    rules.unsafeLabels = [
      .init(
        path: "demo::raw::*", operation: "unsafe.raw-deref", label: "reads-mmap",
        origin: .init(file: "mircap.toml", line: 9))
    ]
    func text(_ name: String) throws -> String {
      try ReportFixture.text { try ExplainReport.write(name, TestTables.all, labels: rules, to: &$0) }
    }
    #expect(try text("ocap").contains("functions: demo::open  mircap.toml:7"))
    #expect(try text("reads-mmap").contains("unsafe.raw-deref in: demo::raw::*  mircap.toml:9"))
    #expect(throws: Failure.self) { try text("other") }
  }
}

@Suite struct SinksReportTests {
  @Test func answersALineForEachPath() {
    let text = ReportFixture.text {
      SinksReport.classify(["std::fs::write", "std::fs::frobnicate", "core::mem::swap"], TestTables.all, to: &$0)
    }
    #expect(
      text == """
        std::fs::write\tfs.write\tambient
        std::fs::frobnicate\tunclassified\t-
        core::mem::swap\tnone\t-

        """)
  }

  @Test func printsTheTable() {
    let text = ReportFixture.text { SinksReport.write(TestTables.all, to: &$0) }
    #expect(text.hasPrefix("std::fs::{read,read_to_string,read_dir}\tfs.read\tambient\n"))
  }
}

@Suite struct DoctorReportTests {
  private let checks = [
    MachineCheck("rustc", .ok, "1.95.0"), MachineCheck("sandbox", .warning, "none\u{1B}[31m", advice: "install it"),
    MachineCheck("cc", .problem, "none", advice: "apt-get install gcc"),
  ]

  @Test func saysWhatToDo() {
    let text = ReportFixture.text { DoctorReport.writeText(checks, style: TextStyle(), to: &$0) }
    #expect(
      text == """
        ok       rustc   1.95.0
        warning  sandbox none\u{FFFD}[31m
                          → install it
        problem  cc      none
                          → apt-get install gcc
        mircap does not work here: 1 problem, 1 warning.

        """)
    let quiet = ReportFixture.text { DoctorReport.writeText(checks, style: TextStyle(quiet: true), to: &$0) }
    #expect(!quiet.contains("rustc") && quiet.contains("problem  cc"))
  }

  @Test func jsonFollowsItsSchema() throws {
    let text = ReportFixture.text { DoctorReport.writeJSON(checks, toolVersion: "0.1.0", to: &$0) }
    #expect(try SchemaChecker.errors(Array(text.utf8), schema: "doctor.schema.json") == [])
    #expect(text.contains("\"works\":false"))
  }
}
