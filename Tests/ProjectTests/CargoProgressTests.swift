import Project
import Testing

@Suite struct CargoProgressTests {
  @Test func readsWhatCargoPrints() throws {
    let progress = try #require(
      CargoProgress(line: "    Building [=====>         ] 12/160: syn, quote(build), corpus_bat        "))
    #expect(progress.done == 12 && progress.total == 160)
    #expect(progress.names == "syn, quote(build), corpus_bat")
    let colored = CargoProgress(line: "\u{1B}[1m\u{1B}[36m    Building\u{1B}[0m [=>   ] 3/4: a")
    #expect(colored?.done == 3 && colored?.total == 4 && colored?.names == "a")
  }

  @Test(arguments: [
    "", "   Compiling syn v2.0.0", "    Building", "    Building [=> ] x/y: a", "    Building [ ] 1/0: a",
    "error: Building [=> ] 1/2", "    Building [=> ] 1/99999999999999999999: a",
  ])
  func otherLinesAreNone(line: String) {
    #expect(CargoProgress(line: line) == nil)
  }
}
