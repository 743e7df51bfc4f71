import Glibc
import Project
import Testing

@Suite struct BackgroundWorkTests {
  @Test func theResultCanBeAskedForAgain() throws {
    let work = BackgroundWork { (0..<1000).reduce(0, +) }
    #expect(try work.result() == 499_500)
    #expect(try work.result() == 499_500)
  }

  @Test func whatTheWorkThrowsIsThrownWhereItIsAskedFor() {
    let work = BackgroundWork<Int> { throw Failure("no such thing") }
    for _ in 0..<2 { #expect(throws: Failure.self) { try work.result() } }
  }

  @Test func itGoesOnWhileNobodyWaits() throws {
    let folder = TemporaryFolder()
    let file = folder.path + "/done"
    let work = BackgroundWork { try AtomicFile.write([1], to: file) }
    for _ in 0..<1000 where !FileSystem.isFile(file) { usleep(10_000) }
    #expect(FileSystem.isFile(file))
    try work.result()
  }
}
