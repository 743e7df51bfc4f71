import CallGraph
import Capabilities

extension TextReportWriter {
  /// What crates define in others' place, hook into the start of programs, and have linked.
  mutating func writeSymbols() {
    let entries = result.unitOrder.flatMap { unit in
      (definitions(unit) + hooks(unit) + directives(unit)).map { (unit: unit, text: $0.text, position: $0.position) }
    }
    if entries.isEmpty { return }
    line()
    line(style.paint("Symbols, start-up, linking", .heading))
    for entry in entries {
      let words = TextStyle.harmless(entry.text).split(separator: " ").map(String.init)
      let lines = style.wrapped(words, indent: "      ", first: "    \(result.crateLabel(entry.unit)): ")
      for text in lines.dropLast() { line(text) }
      let position = entry.position.isEmpty ? "" : "  " + TextStyle.harmless(entry.position)
      line((lines.last ?? "") + style.paint(position, .position))
    }
  }

  private typealias Entry = (text: String, position: String)

  private func definitions(_ unit: Int) -> [Entry] {
    let symbols = result.unitResults[unit].definedSymbols
    let overriding = symbols.filter { !$0.overrides.isEmpty }
    var entries: [Entry] = overriding.map { symbol in
      ("defines \(symbol.name), which overrides \(symbol.overrides.joined(separator: ", "))", "")
    }
    let others = symbols.filter { $0.overrides.isEmpty }.map(\.name)
    if !others.isEmpty {
      let shown = others.prefix(style.verbose ? others.count : 8)
      let more = others.count > shown.count ? " and \(others.count - shown.count) more" : ""
      entries.append(("defines symbols: " + shown.joined(separator: ", ") + more, ""))
    }
    return entries
  }

  private func hooks(_ unit: Int) -> [Entry] {
    result.graph.units[unit].hooks.map { hook in
      let words =
        switch hook.kind {
        case .beforeMain: "runs before main: \(hook.name), section \(hook.detail)"
        case .afterMain: "runs after main: \(hook.name), section \(hook.detail)"
        case .section: "puts \(hook.name) into section \(hook.detail)"
        case .globalAllocator: "is the allocator of the program: \(hook.name)"
        case .panicHandler: "handles panics: \(hook.name)"
        case .globalAssembly: "global_asm! in \(hook.name)"
        }
      return (words, hook.line == 0 ? "" : "\(hook.file):\(hook.line)")
    }
  }

  private func directives(_ unit: Int) -> [Entry] {
    result.units[unit].linkDirectives.map { directive in
      let what =
        switch directive.kind {
        case .library: "links the library \(directive.value)"
        case .folder: "has libraries looked for in \(directive.value)"
        case .argument: "gives the linker the argument \(directive.value)"
        case .linker: "is linked by \(directive.value)"
        }
      let whose =
        switch directive.source {
        case .attribute: "#[link]"
        case .buildScript: "its build script"
        case .compiler: "the compiler's arguments"
        }
      return ("\(what) (\(whose))", "")
    }
  }
}
