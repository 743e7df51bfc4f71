//! `stub --assemble`: writes `build.json` from what cargo printed.

use crate::json::{self, Object, Value};
use crate::unit;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage: --assemble DUMP METADATA MESSAGES LOCKFILE RUSTC-TEXT TOOLCHAIN SUCCESS [ARGUMENT...]";

/// Writes `DUMP/build.json` and prints the hash of each unit without a complete dump, one a line. METADATA and MESSAGES
/// are files with the output of `cargo metadata` and `cargo check --message-format=json`; SUCCESS is `true` or `false`.
pub fn run(arguments: &[String]) -> ExitCode {
    let [dump, metadata, messages, lockfile, rustc, toolchain, success, rest @ ..] = arguments else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let dump = Path::new(dump);
    let read = |path: &str| match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("warning: {path}: {error}");
            String::new()
        }
    };
    let messages = Messages::parse(&read(messages));
    let metadata = read(metadata);
    let mut build = Object::new();
    build.string("schema", "mircap-build/1");
    build.boolean("success", success == "true");
    build.string("rustc", rustc);
    build.string("toolchain", toolchain);
    build.strings("arguments", rest);
    build.strings("units", &messages.units.iter().collect::<Vec<_>>());
    build.raw("checksums", &checksums(&read(lockfile)));
    build.raw("messages", &json::array(messages.lines.into_iter()));
    build.raw("metadata", if metadata.trim().is_empty() { "null" } else { metadata.trim() });
    let temporary = dump.join(format!(".build.json.{}", std::process::id()));
    let place = dump.join("build.json");
    let written = std::fs::write(&temporary, build.finish() + "\n").and_then(|()| std::fs::rename(&temporary, place));
    if let Err(error) = written {
        eprintln!("error: {}: {error}", dump.display());
        return ExitCode::from(3);
    }
    for id in &messages.units {
        if !unit::is_complete(&dump.join("units").join(id)) {
            println!("{}", id.rsplit_once('-').map_or(id.as_str(), |(_, hash)| hash));
        }
    }
    ExitCode::SUCCESS
}

/// Cargo's messages that describe the build.
#[derive(Default)]
struct Messages {
    units: BTreeSet<String>,
    lines: Vec<String>,
}

impl Messages {
    fn parse(text: &str) -> Messages {
        let mut result = Messages::default();
        for line in text.lines() {
            let Some(message) = Value::parse(line) else { continue };
            match message.get("reason").and_then(Value::text) {
                Some("compiler-artifact") => {
                    result.units.extend(unit_of_artifact(&message));
                    result.lines.push(line.to_owned());
                }
                Some("build-script-executed") => result.lines.push(line.to_owned()),
                _ => {}
            }
        }
        // Cargo prints in the order in which units end, which differs from run to run.
        result.lines.sort();
        result
    }
}

/// The unit's id from a file that it made: `deps/libdemo-HASH.rmeta`, or `build/demo-HASH/build-script-build`.
fn unit_of_artifact(message: &Value) -> Option<String> {
    let files = message.get("filenames")?.items();
    let is_build_script = message
        .get("target")
        .and_then(|target| target.get("kind"))
        .is_some_and(|kinds| kinds.items().iter().any(|kind| kind.text() == Some("custom-build")));
    files.iter().filter_map(Value::text).find_map(|file| {
        if is_build_script {
            let mut parts = file.rsplit('/');
            let crate_name = parts.next()?.replace('-', "_");
            let (_, hash) = parts.next()?.rsplit_once('-')?;
            Some(format!("{crate_name}-{hash}"))
        } else {
            crate::invocation::unit_of_file(file).map(str::to_owned)
        }
    })
}

/// The `[[package]]` entries of a lock file that have a checksum.
fn checksums(lockfile: &str) -> String {
    let mut entries = Vec::new();
    for block in lockfile.split("[[package]]").skip(1) {
        let field = |name: &str| {
            block.lines().find_map(|line| {
                line.strip_prefix(name)?.trim_start().strip_prefix('=')?.trim().strip_prefix('"')?.strip_suffix('"')
            })
        };
        if let (Some(name), Some(version), Some(checksum)) = (field("name"), field("version"), field("checksum")) {
            let mut entry = Object::new();
            entry.string("name", name);
            entry.string("version", version);
            entry.string("source", field("source").unwrap_or(""));
            entry.string("checksum", checksum);
            entries.push(entry.finish());
        }
    }
    json::array(entries.into_iter())
}
