import Project

/// Reads any bytes as `unit.json` and as `build.json`.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  let bytes = UnsafeRawBufferPointer(start: start, count: count)
  guard let json = try? JSONReader().read(bytes, name: "unit.json") else { return 0 }
  _ = try? Unit(json: json, folder: "fuzz")
  _ = try? BuildDescription(json: json, file: "build.json")
  precondition(!json.serialized().isEmpty)
  return 0
}
