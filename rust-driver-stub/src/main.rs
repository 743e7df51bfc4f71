//! The compiler wrapper of mircap.
//!
//! Cargo starts it instead of rustc (`RUSTC_WRAPPER`), with the path of the real rustc as the first argument. Each
//! unit is compiled as cargo asked, and its dump is written beside: MIR by the same compilation, HIR and the expanded
//! source by two more calls that run at the same time, and so does MIR where crates share a name. All other calls (version
//! probes, build scripts that try the compiler) pass through untouched.
//!
//! With `MIRCAP_LINK_DIR`, units are compiled for a program to compare the call graph with, and not dumped.
//!
//! `stub --assemble` is the second half of `scripts/dump`: it writes `build.json` from what cargo printed.
//!
//! Standard library only, so that plain `rustc` builds it. `docs/dumps.md` describes what it writes.

mod assemble;
mod compile;
mod crate_identity;
mod crate_names;
mod dep_info;
mod fingerprint;
mod identity;
mod invocation;
mod json;
mod link;
mod root_copy;
mod settings;
mod sha256;
mod side_calls;
mod unit;

use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let mut arguments: Vec<String> = Vec::new();
    for argument in std::env::args_os().skip(1) {
        match argument.into_string() {
            Ok(text) => arguments.push(text),
            // Not UTF-8: nothing that could be described in JSON, so it is compiled without a dump.
            Err(_) => return pass_through_raw(),
        }
    }
    match arguments.first().map(String::as_str) {
        None => {
            eprintln!("mircap's compiler wrapper: expected the path of rustc and its arguments");
            ExitCode::from(2)
        }
        Some("--assemble") => assemble::run(&arguments[1..]),
        Some("--format-version") => {
            println!("{}", unit::FORMAT);
            ExitCode::SUCCESS
        }
        Some(_) => wrap(&arguments[0], &arguments[1..]),
    }
}

/// Runs one call of rustc: with a dump, or for a program to compare with, if cargo compiles a unit; else untouched.
fn wrap(rustc: &str, arguments: &[String]) -> ExitCode {
    let Some(settings) = settings::Settings::from_environment() else {
        return pass_through(rustc, arguments);
    };
    let Some(invocation) = invocation::Invocation::parse(rustc, arguments) else {
        return pass_through(rustc, arguments);
    };
    match &settings.link_directory {
        Some(directory) => link::compile(&settings, directory, &invocation, arguments),
        None => compile::compile_with_dump(&settings, &invocation),
    }
}

fn pass_through(rustc: &str, arguments: &[String]) -> ExitCode {
    report(rustc, Command::new(rustc).args(arguments).status())
}

fn pass_through_raw() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let Some(rustc) = arguments.next() else { return ExitCode::from(2) };
    let name = rustc.to_string_lossy().into_owned();
    report(&name, Command::new(rustc).args(arguments).status())
}

fn report(rustc: &str, status: std::io::Result<std::process::ExitStatus>) -> ExitCode {
    match status {
        Ok(status) => compile::exit_code(status),
        Err(error) => {
            eprintln!("error: cannot run `{rustc}`: {error}");
            ExitCode::from(101)
        }
    }
}
