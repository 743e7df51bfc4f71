import Project

/// Which trait methods functions of std may call on the types that they are generic over: the table `std-demands.txt`.
///
/// `StandardDemandFinder` makes it. A function that it does not have may call all methods of the traits that it asks for.
public struct StandardDemands: Sendable {
  /// The table's name among the data files.
  public static let fileName = "std-demands.txt"
  /// The table that the binary carries.
  public static let embedded = StandardDemands(
    text: EmbeddedFile.named(fileName).map { String(decoding: $0.bytes, as: UTF8.self) } ?? "")

  /// The methods, as `TRAIT::METHOD`, by the function's path.
  private let lines: [String: Substring]

  /// - Parameter text: lines `PATH<TAB>METHOD METHOD ..`, `-` for none; `#` begins a comment.
  public init(text: String) {
    var lines: [String: Substring] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: "\t", maxSplits: 1)
      if parts.count == 2 { lines[String(parts[0])] = parts[1] }
    }
    self.lines = lines
  }

  /// The methods that a function may call, or `nil` if the table does not have it.
  func methods(of path: String) -> [Substring]? {
    lines[path].map { $0 == "-" ? [] : $0.split(separator: " ") }
  }
}

/// The table in terms of a program's items.
final class StandardDemandIndex {
  /// The methods that may be called; `all` stands for those of all traits that are asked for.
  struct Filter: Hashable {
    fileprivate(set) var number: UInt32
    static let all = Filter(number: 0)
  }

  private let demands: StandardDemands
  private let names: StandardNames
  private var methods: [Set<Substring>] = [[]]
  private var filters: [UInt32: Filter] = [:]
  private var numbers: [Set<Substring>: UInt32] = [:]

  init(_ demands: StandardDemands, _ names: StandardNames) {
    self.demands = demands
    self.names = names
  }

  /// What a function of std may call.
  func filter(of function: UInt32) -> Filter {
    if let known = filters[function] { return known }
    var filter = Filter.all
    if let list = demands.methods(of: names.path(of: function)).map({ Set($0) }) {
      filter.number = numbers[list] ?? UInt32(methods.count)
      if numbers[list] == nil {
        numbers[list] = filter.number
        methods.append(list)
      }
    }
    filters[function] = filter
    return filter
  }

  /// Whether a method of a trait may be called.
  func allows(_ filter: Filter, trait: UInt32, method: UInt32) -> Bool {
    filter == .all || methods[Int(filter.number)].contains(Substring(names.path(of: method)))
  }
}
