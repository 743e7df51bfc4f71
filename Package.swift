// swift-tools-version: 6.1
import PackageDescription

let swiftSettings: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny")]

let package = Package(
  name: "mircap",
  products: [
    .library(name: "Project", targets: ["Project"]),
    .library(name: "RustDump", targets: ["RustDump"]),
    .library(name: "CrateFacts", targets: ["CrateFacts"]),
    .library(name: "CallGraph", targets: ["CallGraph"]),
    .library(name: "Capabilities", targets: ["Capabilities"]),
    .library(name: "MachineCode", targets: ["MachineCode"]),
    .library(name: "Policy", targets: ["Policy"]),
    .library(name: "SyntacticScan", targets: ["SyntacticScan"]),
    .library(name: "Reports", targets: ["Reports"]),
    .library(name: "NightlyStore", targets: ["NightlyStore"]),
    .library(name: "Nightly", targets: ["Nightly"]),
    .executable(name: "mircap", targets: ["mircap"]),
    .executable(name: "cargo-mircap", targets: ["cargo-mircap"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
  ],
  targets: [
    .systemLibrary(name: "CJSONC", pkgConfig: "json-c", providers: [.apt(["libjson-c-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CSupport"),
    .target(name: "Project", dependencies: ["CJSONC", "CZlib", "CSupport"], swiftSettings: swiftSettings),
    .target(
      name: "Settings", dependencies: ["Project", .product(name: "TOMLKit", package: "TOMLKit")],
      swiftSettings: swiftSettings),
    .target(name: "RustDump", dependencies: ["CSupport"], swiftSettings: swiftSettings),
    .target(name: "CrateFacts", dependencies: ["CSupport", "Project", "RustDump"], swiftSettings: swiftSettings),
    .target(
      name: "CallGraph", dependencies: ["CSupport", "Project", "RustDump", "CrateFacts"],
      exclude: ["Data"],
      // The graph's tables are shared by its passes through one object; checking each access for overlap costs a
      // multiple of the access itself.
      swiftSettings: swiftSettings + [.unsafeFlags(["-enforce-exclusivity=unchecked"])]),
    .target(
      name: "Capabilities", dependencies: ["CSupport", "Project", "RustDump", "CrateFacts", "CallGraph"],
      exclude: ["Data"], swiftSettings: swiftSettings),
    .target(
      name: "MachineCode",
      dependencies: ["CSupport", "Project", "RustDump", "CrateFacts", "CallGraph", "Capabilities"],
      swiftSettings: swiftSettings),
    .target(
      name: "Policy",
      dependencies: [
        "CSupport", "Project", "Settings", "RustDump", "CrateFacts", "CallGraph", "Capabilities",
      ],
      exclude: ["Data"], swiftSettings: swiftSettings),
    .target(
      name: "SyntacticScan",
      dependencies: ["Project", "RustDump", "CrateFacts", "CallGraph", "Capabilities", "MachineCode"],
      exclude: ["Data"], swiftSettings: swiftSettings),
    .target(
      name: "Reports",
      dependencies: [
        "CJSONC", "CSupport", "Project", "CrateFacts", "CallGraph", "Capabilities", "MachineCode", "Policy",
        "SyntacticScan",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      exclude: ["Html/Assets"], swiftSettings: swiftSettings),
    .target(
      name: "NightlyStore",
      dependencies: [
        "Project", "CrateFacts", "Capabilities", "Policy", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "Nightly",
      dependencies: [
        "CSupport", "Project", "Settings", "CrateFacts", "Capabilities", "Policy", "Reports", "NightlyStore",
      ],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "mircap",
      dependencies: [
        "CSupport", "Project", "RustDump", "CrateFacts", "CallGraph", "Capabilities", "MachineCode", "Policy",
        "SyntacticScan", "Reports", "NightlyStore", "Nightly",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swiftSettings),
    .executableTarget(name: "cargo-mircap", swiftSettings: swiftSettings),
    .executableTarget(
      name: "build-graph", dependencies: ["RustDump", "CrateFacts", "CallGraph", "Project"],
      path: "Tests/Benchmarks/BuildGraph", swiftSettings: swiftSettings),
    .executableTarget(
      name: "compare-standard", dependencies: ["CallGraph", "Capabilities", "CrateFacts", "MachineCode", "Project"],
      path: "Tests/Benchmarks/CompareStandard", swiftSettings: swiftSettings),
    .executableTarget(
      name: "make-standard-demands", dependencies: ["CallGraph", "CrateFacts", "Project"],
      path: "Tests/Benchmarks/MakeStandardDemands", swiftSettings: swiftSettings),
    .executableTarget(
      name: "make-standard-facts", dependencies: ["RustDump", "CrateFacts", "Project"],
      path: "Tests/Benchmarks/MakeStandardFacts", swiftSettings: swiftSettings),
    .executableTarget(
      name: "measure-nightly-store", dependencies: ["Capabilities", "NightlyStore", "Policy", "Project"],
      path: "Tests/Benchmarks/MeasureNightlyStore", swiftSettings: swiftSettings),
    .executableTarget(
      name: "read-items", dependencies: ["RustDump", "CrateFacts"], path: "Tests/Benchmarks/ReadItems",
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "read-mir", dependencies: ["RustDump"], path: "Tests/Benchmarks/ReadMir", swiftSettings: swiftSettings),
    .executableTarget(
      name: "read-symbols", dependencies: ["MachineCode"], path: "Tests/Benchmarks/ReadSymbols",
      swiftSettings: swiftSettings),
    .testTarget(name: "RustDumpTests", dependencies: ["RustDump"], swiftSettings: swiftSettings),
    .testTarget(
      name: "CrateFactsTests", dependencies: ["CrateFacts", "Project", "RustDump"], swiftSettings: swiftSettings),
    .testTarget(
      name: "CallGraphTests", dependencies: ["CallGraph", "Capabilities", "CrateFacts", "Project", "RustDump"],
      swiftSettings: swiftSettings),
    .testTarget(name: "ProjectTests", dependencies: ["CSupport", "Project"], swiftSettings: swiftSettings),
    .testTarget(name: "ArchitectureTests", swiftSettings: swiftSettings),
    .testTarget(
      name: "EndToEndTests", dependencies: ["mircap", "cargo-mircap"], swiftSettings: swiftSettings),
    .target(
      name: "TestSupport", dependencies: ["RustDump", "CallGraph", "Capabilities", "Project"],
      path: "Tests/TestSupport", swiftSettings: swiftSettings),
    .testTarget(
      name: "CapabilitiesTests", dependencies: ["TestSupport", "RustDump", "CallGraph", "Capabilities", "Project"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "MachineCodeTests",
      dependencies: ["TestSupport", "RustDump", "CallGraph", "Capabilities", "MachineCode", "Project"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "PolicyTests",
      dependencies: ["TestSupport", "Settings", "RustDump", "CallGraph", "Capabilities", "Policy", "Project"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "SyntacticScanTests",
      dependencies: [
        "TestSupport", "RustDump", "CrateFacts", "CallGraph", "Capabilities", "SyntacticScan", "Project",
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "NightlyTests",
      dependencies: [
        "TestSupport", "Nightly", "NightlyStore", "Capabilities", "Policy", "Project", "Reports",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "TestSupport", "RustDump", "CallGraph", "Capabilities", "MachineCode", "Policy", "SyntacticScan", "Reports",
        "Project",
      ],
      swiftSettings: swiftSettings),
  ],
  swiftLanguageModes: [.v6]
)

// libFuzzer brings its own main function: these targets are built by scripts/fuzz only.
if Context.environment["MIRCAP_FUZZ"] != nil {
  let readers = [
    ("Unit", ["Project"]), ("Mir", ["RustDump"]), ("Expanded", ["RustDump"]), ("Hir", ["RustDump"]),
    ("Facts", ["RustDump", "CrateFacts"]), ("Graph", ["Project", "CrateFacts", "CallGraph"]),
    ("Symbol", ["MachineCode"]), ("Report", ["Project", "Capabilities", "Policy"]),
    ("Scan", ["Project", "RustDump", "Capabilities", "SyntacticScan"]),
    ("Scanners", ["Project", "Capabilities", "SyntacticScan"]),
  ]
  package.targets += readers.map { name, parts in
    .executableTarget(
      name: "fuzz-\(name.lowercased())", dependencies: parts.map { .byName(name: $0) }, path: "Tests/Fuzz/\(name)",
      swiftSettings: swiftSettings + [.unsafeFlags(["-parse-as-library"])])
  }
}
