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
