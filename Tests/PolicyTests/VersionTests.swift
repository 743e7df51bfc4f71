import Policy
import Testing

@Suite struct VersionTests {
  @Test(arguments: [
    ("1.2.3", "1.2.3", true), ("1.2.3", "1.9.0", true), ("1.2.3", "2.0.0", false), ("1.2.3", "1.2.2", false),
    ("^0.2.3", "0.2.9", true), ("^0.2.3", "0.3.0", false), ("^0.0.3", "0.0.3", true), ("^0.0.3", "0.0.4", false),
    ("^0.0", "0.0.9", true), ("^0.0", "0.1.0", false), ("^0", "0.9.9", true), ("^0", "1.0.0", false),
    ("^1", "1.9.9", true), ("~1.2.3", "1.2.9", true), ("~1.2.3", "1.3.0", false), ("~1", "1.9.0", true),
    ("~1.2", "1.3.0", false), ("=1.2.3", "1.2.3", true), ("=1.2.3", "1.2.4", false), ("=1.2", "1.2.4", true),
    (">=1.2, <1.5", "1.4.9", true), (">=1.2, <1.5", "1.5.0", false), (">1.2", "1.2.9", false),
    (">1.2", "1.3.0", true), ("<=1.2", "1.2.9", true), ("<=1.2", "1.3.0", false), ("1.*", "1.7.0", true),
    ("1.*", "2.0.0", false), ("1.2.*", "1.2.7", true), ("*", "7.0.0", true), ("^1.0", "1.0.0-beta", false),
    ("^1.0.0-alpha", "1.0.0-beta", true), ("^1.0.0-beta.2", "1.0.0-beta.11", true),
    ("^1.0.0-beta.2", "1.0.0-alpha.3", false), ("^1.0.0-alpha", "1.1.0-beta", false), ("^0.14", "0.14.1+1.5.0", true),
  ])
  func ranges(range: String, version: String, isIn: Bool) throws {
    #expect(try #require(VersionRange(range)).contains(version) == isIn)
  }

  @Test(arguments: ["", "new", "1.2.3.4", "1.x.3", "^*", "^1.2-beta", ">", "1,", "99999999999999999999"])
  func noRanges(text: String) { #expect(VersionRange(text) == nil) }

  @Test(arguments: ["1.2", "1.2.3.4", "a.b.c", "1.2.3-", "", "1..2"])
  func noVersions(text: String) { #expect(SemanticVersion(text) == nil) }

  @Test func order() throws {
    let versions = [
      "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0", "1.0.10",
    ]
    let read = versions.compactMap { SemanticVersion($0) }
    #expect(read.count == versions.count)
    #expect(read.sorted() == read)
    #expect(zip(read, read.dropFirst()).allSatisfy { $0 < $1 && !($1 < $0) })
  }
}
