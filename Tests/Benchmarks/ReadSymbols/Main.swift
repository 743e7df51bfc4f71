import MachineCode

/// Prints what symbols on standard input name, one a line, as binutils' `c++filt -s rust` does without hashes: to compare
/// the two over all symbols of a program, and to measure.
///
///     readelf -sW PROGRAM | awk '{print $8}' | grep ^_R | read-symbols
@main
struct ReadSymbols {
  static func main() {
    while let line = readLine() {
      guard let tree = SymbolParser.parse(line) else {
        print(line)
        continue
      }
      var printer = SymbolPrinter(tree)
      print(printer.text())
    }
  }
}
