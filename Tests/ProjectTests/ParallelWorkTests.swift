import Project
import Testing

@Suite struct ParallelWorkTests {
  @Test(arguments: [1, 2, 7, 100])
  func resultsKeepTheirOrder(jobs: Int) throws {
    let items = Array(0..<50)
    #expect(try ParallelWork.map(items, jobs: jobs, weight: { $0 % 7 }) { $0 * $0 } == items.map { $0 * $0 })
  }

  @Test func theFirstFailureCounts() {
    let problem = failure {
      try ParallelWork.map(Array(0..<20), jobs: 3, weight: { $0 }) { item in
        if item % 5 == 3 { throw Failure("\(item)") }
        return item
      }
    }
    #expect(problem?.message == "3")
  }

  @Test func nothingToDo() throws {
    #expect(try ParallelWork.map([Int](), jobs: 2, weight: { $0 }) { $0 }.isEmpty)
  }

  @Test func stacksAreDeep() throws {
    @Sendable func sum(_ depth: Int) -> Int { depth == 0 ? 0 : 1 + sum(depth - 1) }
    #expect(try ParallelWork.map([100_000], jobs: 1, weight: { $0 }) { sum($0) } == [100_000])
  }
}
