import CallGraph
import CrateFacts
import Project

/// Prints the table of what functions of std call on the types that they are generic over: `make-standard-demands FACTS`.
@main
struct MakeStandardDemands {
  static func main() throws {
    guard CommandLine.arguments.count == 2 else {
      print("usage: make-standard-demands STD-FACTS")
      return
    }
    let file = try MappedFile(path: CommandLine.arguments[1])
    let standard = try StandardFacts.decode(file.withBytes { Array($0) }, withBodies: true)
    print(StandardDemandFinder(standard: standard).table(), terminator: "")
  }
}
