import CrateFacts
import RustDump

/// Collects the numbers of calls that a number decides: `syscall(NUMBER, ..)`, `ioctl(DESCRIPTOR, REQUEST, ..)`.
enum NumberArgumentCollector {
  static func collect(_ link: Linkage, _ input: GraphInput, _ graph: inout CallGraph, _ files: inout SourceFiles) {
    let sites = numberSites(link.program, unitCount: input.units.count)
    guard !sites.isEmpty else { return }
    for (index, instance) in link.edges.instances.instances.enumerated() where instance.kind == .body {
      guard let numbers = sites[instance.body] else { continue }
      let unit = link.program.unit(ofBody: instance.body)
      let context = link.lowering.context(ofBody: instance.body)
      for number in numbers {
        let site = link.program.units[unit].facts.bodies.sites[Int(number)]
        graph.numberArguments.append(
          NumberArgument(
            node: UInt32(index), position: files.position(ofSite: number, unit, link.program),
            value: value(of: site, unit, context, link)))
      }
    }
  }

  /// The sites with such numbers, by body.
  private static func numberSites(_ program: Program, unitCount: Int) -> [UInt32: [UInt32]] {
    var table: [UInt32: [UInt32]] = [:]
    for unit in 0..<unitCount {
      let facts = program.units[unit].facts.bodies
      for (index, body) in facts.bodies.enumerated() {
        let found = (body.sitesStart..<(body.sitesStart + body.sitesCount)).filter {
          facts.sites[Int($0)].kind == SiteKind.numberArgument.rawValue
        }
        if !found.isEmpty { table[program.bodyBase[unit] + UInt32(index)] = found }
      }
    }
    return table
  }

  private static func value(
    of site: SiteRecord, _ unit: Int, _ context: LoweringContext, _ link: Linkage
  ) -> Int64? {
    let literal: NameID?
    if site.a != 0 {
      literal = link.program.globalName(unit, link.program.terms(unit).record(TermID(site.a)).b)
    } else {
      literal = site.b == 0 ? nil : link.lowering.literal(ofConstant: TermID(site.b), context)
    }
    guard let literal else { return nil }
    let text = link.program.string(literal)
    return Int64(text) ?? UInt64(text).map { Int64(bitPattern: $0) }
  }
}
