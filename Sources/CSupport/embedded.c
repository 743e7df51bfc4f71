// Data that people review lives in commented files beside the part that reads it; the compiler carries it into the
// binary, so that the binary works wherever it is copied. So do the dump script and the compiler wrapper's sources.
// The compiler notes these files as dependencies: editing one of them compiles this file again.
#include "CSupport.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// A byte is added to each, because C has no empty arrays.

static const uint8_t taxonomy[] = {
#embed "../Capabilities/Data/taxonomy.txt" suffix(, 0) if_empty(0)
};
static const uint8_t std_sinks[] = {
#embed "../Capabilities/Data/std-sinks.txt" suffix(, 0) if_empty(0)
};
static const uint8_t std_sinks_other[] = {
#embed "../Capabilities/Data/std-sinks-other.txt" suffix(, 0) if_empty(0)
};
static const uint8_t std_pure[] = {
#embed "../Capabilities/Data/std-pure.txt" suffix(, 0) if_empty(0)
};
static const uint8_t foreign_symbols[] = {
#embed "../Capabilities/Data/foreign-symbols.txt" suffix(, 0) if_empty(0)
};
static const uint8_t risk_rules[] = {
#embed "../Capabilities/Data/risk-rules.txt" suffix(, 0) if_empty(0)
};
static const uint8_t foreign_symbols_windows[] = {
#embed "../Capabilities/Data/foreign-symbols-windows.txt" suffix(, 0) if_empty(0)
};
static const uint8_t ioctls[] = {
#embed "../Capabilities/Data/ioctls.txt" suffix(, 0) if_empty(0)
};
static const uint8_t runtime_symbols[] = {
#embed "../Capabilities/Data/runtime-symbols.txt" suffix(, 0) if_empty(0)
};
static const uint8_t syscalls[] = {
#embed "../Capabilities/Data/syscalls.txt" suffix(, 0) if_empty(0)
};
static const uint8_t allowlist[] = {
#embed "../Policy/Data/allowlist.txt" suffix(, 0) if_empty(0)
};
static const uint8_t scan_modules[] = {
#embed "../SyntacticScan/Data/scan-modules.txt" suffix(, 0) if_empty(0)
};
static const uint8_t scanner_categories[] = {
#embed "../SyntacticScan/Data/scanner-categories.txt" suffix(, 0) if_empty(0)
};
static const uint8_t std_demands[] = {
#embed "../CallGraph/Data/std-demands.txt" suffix(, 0) if_empty(0)
};
#if __has_embed("../CallGraph/Data/std.facts")
static const uint8_t std_items[] = {
#embed "../CallGraph/Data/std.facts" suffix(, 0) if_empty(0)
};
#endif

static const uint8_t html_report_mustache[] = {
#embed "../Reports/Html/Assets/html-report.mustache" suffix(, 0) if_empty(0)
};
static const uint8_t html_report_css[] = {
#embed "../Reports/Html/Assets/html-report.css" suffix(, 0) if_empty(0)
};
static const uint8_t html_elements_js[] = {
#embed "../Reports/Html/Assets/html-elements.js" suffix(, 0) if_empty(0)
};
static const uint8_t html_data_js[] = {
#embed "../Reports/Html/Assets/html-data.js" suffix(, 0) if_empty(0)
};
static const uint8_t html_path_js[] = {
#embed "../Reports/Html/Assets/html-path.js" suffix(, 0) if_empty(0)
};
static const uint8_t html_matrix_js[] = {
#embed "../Reports/Html/Assets/html-matrix.js" suffix(, 0) if_empty(0)
};
static const uint8_t html_panel_js[] = {
#embed "../Reports/Html/Assets/html-panel.js" suffix(, 0) if_empty(0)
};
static const uint8_t html_lists_js[] = {
#embed "../Reports/Html/Assets/html-lists.js" suffix(, 0) if_empty(0)
};
static const uint8_t html_tree_js[] = {
#embed "../Reports/Html/Assets/html-tree.js" suffix(, 0) if_empty(0)
};
static const uint8_t html_difference_js[] = {
#embed "../Reports/Html/Assets/html-difference.js" suffix(, 0) if_empty(0)
};
static const uint8_t html_comparison_js[] = {
#embed "../Reports/Html/Assets/html-comparison.js" suffix(, 0) if_empty(0)
};
static const uint8_t html_main_js[] = {
#embed "../Reports/Html/Assets/html-main.js" suffix(, 0) if_empty(0)
};

static const uint8_t dump_script[] = {
#embed "../../scripts/dump" suffix(, 0) if_empty(0)
};

static const uint8_t stub_assemble[] = {
#embed "../../rust-driver-stub/src/assemble.rs" suffix(, 0) if_empty(0)
};
static const uint8_t stub_compile[] = {
#embed "../../rust-driver-stub/src/compile.rs" suffix(, 0) if_empty(0)
};
static const uint8_t stub_crate_identity[] = {
#embed "../../rust-driver-stub/src/crate_identity.rs" suffix(, 0) if_empty(0)
};
static const uint8_t stub_crate_names[] = {
#embed "../../rust-driver-stub/src/crate_names.rs" suffix(, 0) if_empty(0)
};
static const uint8_t stub_dep_info[] = {
#embed "../../rust-driver-stub/src/dep_info.rs" suffix(, 0) if_empty(0)
};
static const uint8_t stub_fingerprint[] = {
#embed "../../rust-driver-stub/src/fingerprint.rs" suffix(, 0) if_empty(0)
};
static const uint8_t stub_identity[] = {
#embed "../../rust-driver-stub/src/identity.rs" suffix(, 0) if_empty(0)
};
static const uint8_t stub_invocation[] = {
#embed "../../rust-driver-stub/src/invocation.rs" suffix(, 0) if_empty(0)
};
static const uint8_t stub_json[] = {
#embed "../../rust-driver-stub/src/json.rs" suffix(, 0) if_empty(0)
};
static const uint8_t stub_link[] = {
#embed "../../rust-driver-stub/src/link.rs" suffix(, 0) if_empty(0)
};
static const uint8_t stub_main[] = {
#embed "../../rust-driver-stub/src/main.rs" suffix(, 0) if_empty(0)
};
static const uint8_t stub_root_copy[] = {
#embed "../../rust-driver-stub/src/root_copy.rs" suffix(, 0) if_empty(0)
};
static const uint8_t stub_settings[] = {
#embed "../../rust-driver-stub/src/settings.rs" suffix(, 0) if_empty(0)
};
static const uint8_t stub_sha256[] = {
#embed "../../rust-driver-stub/src/sha256.rs" suffix(, 0) if_empty(0)
};
static const uint8_t stub_side_calls[] = {
#embed "../../rust-driver-stub/src/side_calls.rs" suffix(, 0) if_empty(0)
};
static const uint8_t stub_unit[] = {
#embed "../../rust-driver-stub/src/unit.rs" suffix(, 0) if_empty(0)
};

#define EMBEDDED(name, bytes) {name, bytes, sizeof(bytes) - 1}

static const mircap_embedded_file files[] = {
    EMBEDDED("taxonomy.txt", taxonomy),
    EMBEDDED("std-sinks.txt", std_sinks),
    EMBEDDED("std-sinks-other.txt", std_sinks_other),
    EMBEDDED("std-pure.txt", std_pure),
    EMBEDDED("foreign-symbols.txt", foreign_symbols),
    EMBEDDED("risk-rules.txt", risk_rules),
    EMBEDDED("foreign-symbols-windows.txt", foreign_symbols_windows),
    EMBEDDED("syscalls.txt", syscalls),
    EMBEDDED("allowlist.txt", allowlist),
    EMBEDDED("ioctls.txt", ioctls),
    EMBEDDED("runtime-symbols.txt", runtime_symbols),
    EMBEDDED("scan-modules.txt", scan_modules),
    EMBEDDED("scanner-categories.txt", scanner_categories),
    EMBEDDED("std-demands.txt", std_demands),
#if __has_embed("../CallGraph/Data/std.facts")
    EMBEDDED("std.facts", std_items),
#endif
    EMBEDDED("html-report.mustache", html_report_mustache),
    EMBEDDED("html-report.css", html_report_css),
    EMBEDDED("html-elements.js", html_elements_js),
    EMBEDDED("html-data.js", html_data_js),
    EMBEDDED("html-path.js", html_path_js),
    EMBEDDED("html-matrix.js", html_matrix_js),
    EMBEDDED("html-panel.js", html_panel_js),
    EMBEDDED("html-lists.js", html_lists_js),
    EMBEDDED("html-tree.js", html_tree_js),
    EMBEDDED("html-difference.js", html_difference_js),
    EMBEDDED("html-comparison.js", html_comparison_js),
    EMBEDDED("html-main.js", html_main_js),
    EMBEDDED("scripts/dump", dump_script),
    EMBEDDED("rust-driver-stub/src/assemble.rs", stub_assemble),
    EMBEDDED("rust-driver-stub/src/compile.rs", stub_compile),
    EMBEDDED("rust-driver-stub/src/crate_identity.rs", stub_crate_identity),
    EMBEDDED("rust-driver-stub/src/crate_names.rs", stub_crate_names),
    EMBEDDED("rust-driver-stub/src/dep_info.rs", stub_dep_info),
    EMBEDDED("rust-driver-stub/src/fingerprint.rs", stub_fingerprint),
    EMBEDDED("rust-driver-stub/src/identity.rs", stub_identity),
    EMBEDDED("rust-driver-stub/src/invocation.rs", stub_invocation),
    EMBEDDED("rust-driver-stub/src/json.rs", stub_json),
    EMBEDDED("rust-driver-stub/src/link.rs", stub_link),
    EMBEDDED("rust-driver-stub/src/main.rs", stub_main),
    EMBEDDED("rust-driver-stub/src/root_copy.rs", stub_root_copy),
    EMBEDDED("rust-driver-stub/src/settings.rs", stub_settings),
    EMBEDDED("rust-driver-stub/src/sha256.rs", stub_sha256),
    EMBEDDED("rust-driver-stub/src/side_calls.rs", stub_side_calls),
    EMBEDDED("rust-driver-stub/src/unit.rs", stub_unit),
};

size_t mircap_embedded_count(void) { return sizeof(files) / sizeof(files[0]); }

mircap_embedded_file mircap_embedded_at(size_t index) { return files[index]; }
