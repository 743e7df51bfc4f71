import CallGraph
import Testing

@Suite struct VisibilityTests {
  private static let fixture = Fixture.shared("visibility")

  @Test func entryPointsAreWhatPathsLeadTo() {
    #expect(
      VisibilityTests.fixture.entries == [
        "exported-symbol visibility::exported_symbol",
        "public visibility::private::exported",
        "public visibility::private::inner::globbed",
        "public visibility::public::inside",
        "public visibility::public::nested::inside",
        "public visibility::hidden_in_documents",
        "public visibility::Open::provided",
        "public <visibility::private::Exported>::method",
        "public <visibility::Shape>::area",
        "trait-impl <visibility::private::Exported as std::ops::Drop>::drop",
        "trait-impl <visibility::private::Exported as visibility::Open>::required",
        "trait-impl <u8 as visibility::Open>::required",
      ])
  }

  @Test func whatNobodyCanNameIsNotReached() {
    let fixture = VisibilityTests.fixture
    for name in [
      "visibility::private::not_exported", "<visibility::private::NotExported>::method",
      "<visibility::private::Exported>::private_method", "<visibility::private::Exported>::crate_method",
      "visibility::private::inner::not_globbed", "visibility::private::Sealed::sealed",
      "<u8 as visibility::private::Sealed>::sealed", "visibility::public::hidden", "visibility::public::restricted",
      "visibility::crate_only", "visibility::private_function",
    ] { #expect(!fixture.isReached(name)) }
  }
}
