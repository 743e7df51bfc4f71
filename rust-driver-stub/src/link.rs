//! A unit's compilation for a program whose machine code is compared with the call graph.
//!
//! Functions keep names that tell instances apart, nothing is inlined or optimised, and the linker keeps relocations.
//! Build scripts and proc macros are no part of the program and are compiled as cargo asked.

use crate::compile;
use crate::invocation::Invocation;
use crate::json::Object;
use crate::settings::Settings;
use crate::unit;
use std::path::Path;
use std::process::{Command, ExitCode};

/// What makes machine code comparable; `docs/verify.md` explains each.
const LINK_FLAGS: &[&str] = &[
    "-Csymbol-mangling-version=v0",
    "-Copt-level=0",
    "-Cdebuginfo=0",
    "-Cstrip=none",
    "-Clto=off",
    "-Clink-arg=-Wl,--emit-relocs",
    "-Zmir-opt-level=0",
    "-Zinline-mir=no",
    "-Zcross-crate-inline-threshold=never",
];

/// Compiles the unit and notes which crate it is: symbols name crates by a hash.
pub fn compile(settings: &Settings, directory: &Path, invocation: &Invocation, arguments: &[String]) -> ExitCode {
    let mut command = Command::new(&invocation.rustc);
    command.args(arguments);
    if ["lib", "bin"].contains(&invocation.target_kind()) {
        command.args(LINK_FLAGS).env("RUSTC_BOOTSTRAP", "1");
    }
    let status = match command.status() {
        Ok(status) => status,
        Err(error) => {
            eprintln!("error: cannot run `{}`: {error}", invocation.rustc);
            return ExitCode::from(101);
        }
    };
    if status.success() {
        if let Err(error) = describe(settings, directory, invocation) {
            eprintln!("error: {}: {error}", directory.display());
            return ExitCode::from(101);
        }
    }
    compile::exit_code(status)
}

fn describe(settings: &Settings, directory: &Path, invocation: &Invocation) -> std::io::Result<()> {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let mut object = Object::new();
    object.string("crate", &invocation.crate_name);
    object.string("stableCrateId", &unit::stable_crate_id(invocation, &settings.completed(&invocation.rustc).1));
    object.string("package", &variable("CARGO_PKG_NAME"));
    object.string("version", &variable("CARGO_PKG_VERSION"));
    object.string("target", invocation.target_kind());
    object.string("targetName", &unit::target_name(invocation));
    object.strings("features", &invocation.features);
    std::fs::create_dir_all(directory)?;
    let path = directory.join(format!("{}.json", invocation.id()));
    let temporary = directory.join(format!(".{}.{}", invocation.id(), std::process::id()));
    std::fs::write(&temporary, object.finish() + "\n")?;
    std::fs::rename(&temporary, &path)
}
