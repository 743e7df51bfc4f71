import CallGraph
import Testing

@Suite struct ObjectTests {
  private static let fixture = Fixture.shared("objects")
  private var objects: Fixture { ObjectTests.fixture }

  @Test func dynEdgesStandAtTheCall() {
    let disk = "<objects::Disk as objects::Store>::put"
    #expect(objects.kinds("objects::through_box", disk) == [.dyn])
    #expect(objects.edges("objects::through_box", disk).map(\.candidates) == [2])
    #expect(objects.kinds("objects::make", disk) == [.cast])
    #expect(!objects.runs("objects::make", disk))
    #expect(objects.runs("objects::both", "objects::through_box", disk, "std::fs::write"))
  }

  @Test func typesThatAreNeverMadeObjectsAreNoTargets() {
    #expect(objects.edges("objects::through_box", "<objects::Unboxed as objects::Store>::put").isEmpty)
    #expect(!objects.runs("objects::both", "std::fs::read"))
    #expect(objects.capabilities("objects::both") == ["fs.write"])
    #expect(objects.path("objects::both", "fs.write")?.isCertain == false)
  }

  @Test func methodsOfAVtableThatNobodyCallsAreReachedOnly() {
    let never = "<objects::Disk as objects::Store>::never_called"
    #expect(objects.isReached(never))
    #expect(!objects.mayRun(never))
    #expect(objects.kinds("objects::make", never) == [.cast])
  }

  @Test func supertraitMethodsRunThroughTheVtable() {
    #expect(objects.kinds("objects::supertrait_method", "<objects::Only as objects::Base>::base").contains(.dyn))
    #expect(objects.capabilities("objects::supertrait_method") == ["fs.read"])
  }

  @Test func upcastObjectsKeepTheirTypes() {
    #expect(objects.kinds("objects::use_base", "<objects::Only as objects::Base>::base") == [.dyn])
    #expect(objects.kinds("objects::use_derived", "<objects::Only as objects::Derived>::derived") == [.dyn])
    #expect(objects.runs("objects::upcast", "objects::use_base", "std::fs::read"))
    #expect(objects.path("objects::upcast", "fs.read")?.isCertain == true)
  }

  @Test func closuresRunThroughDynFn() {
    let closure = "objects::boxed_closure::{closure#0}"
    #expect(objects.kinds("objects::call_boxed", closure) == [.dyn])
    #expect(objects.runs("objects::boxed_closure", "objects::call_boxed", closure, "objects::helper"))
    #expect(objects.edges("objects::call_boxed", "objects::other_closure::{closure#0}").isEmpty)
    #expect(objects.targets("objects::call_other") == ["objects::other_closure::{closure#0}"])
    #expect(objects.runs("objects::other_closure", "objects::call_other", "std::fs::remove_dir"))
  }

  @Test func errorsAreShownThroughTheirVtable() {
    let display = "<objects::Failed as std::fmt::Display>::fmt"
    #expect(objects.kinds("objects::fail", display) == [.cast])
    #expect(objects.kinds("objects::show_error", display).contains(.dyn))
    #expect(objects.runs("objects::show_error", display, "objects::describe"))
  }

  @Test func traitArgumentsTellObjectsApart() {
    #expect(
      objects.kinds("objects::visit_bytes", "<objects::Visitor as objects::Visit<u8>>::visit").contains(.dyn))
    #expect(
      !objects.kinds("objects::visit_bytes", "<objects::Visitor as objects::Visit<u16>>::visit").contains(.dyn))
    #expect(!objects.runs("objects::visit_bytes", "objects::helper"))
  }

  @Test func genericTypesAreErasedWithTheirArguments() {
    let late = "<objects::Generic<objects::Memory> as objects::Late>::late"
    #expect(objects.kinds("objects::erase<objects::Memory>", late) == [.cast])
    #expect(objects.runs("objects::erased_memory", late, "<objects::Memory as objects::Store>::put"))
    #expect(!objects.runs("objects::erased_memory", "std::fs::write"))
  }

  @Test func anObjectOfOneTypeIsOneTarget() {
    #expect(objects.graph.coverage.several == 1)
  }
}
