//! A unit's compilation with its dump.

use crate::crate_names::{self, CrateName};
use crate::dep_info::DepInfo;
use crate::fingerprint;
use crate::identity::{self, Identity};
use crate::invocation::{self, Invocation};
use crate::settings::Settings;
use crate::side_calls::{self, SideCall};
use crate::unit::{Description, UnitFolder};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, ExitCode, ExitStatus, Stdio};

/// What makes MIR complete and unabridged; `docs/dumps.md` explains each.
pub const MIR_FLAGS: &[&str] = &["-Zmir-opt-level=0", "-Ztrim-diagnostic-paths=no", "-Zmir-include-spans=on"];

/// The file of MIR with names that tell crates apart, until it takes the place of the other.
const NAMED_MIR: &str = ".mir-named";

/// Compiles the unit as cargo asked and dumps it. Whatever goes wrong with the dump, cargo gets the result of the
/// compilation.
pub fn compile_with_dump(settings: &Settings, invocation: &Invocation) -> ExitCode {
    let id = invocation.id();
    let folder = match UnitFolder::begin(settings, &id) {
        Ok(folder) => folder,
        Err(error) => {
            eprintln!("warning: no dump of {id}: {}: {error}", settings.dump_directory.display());
            return finish_without_dump(invocation);
        }
    };
    let mut compilation = Compilation::new(settings, invocation);
    let mut calls = vec![
        SideCall::start(invocation, "hir", &folder.temporary),
        SideCall::start(invocation, "expanded", &folder.temporary),
    ];
    let naming = compilation.start_naming(&folder.temporary);
    let result = if naming.is_some() {
        compilation.run_without_mir(&folder.temporary.join("mir"))
    } else if compilation.refuses_mir() {
        calls.push(SideCall::start(invocation, "mir", &folder.temporary));
        compilation.run_without_mir(&folder.temporary.join("mir"))
    } else {
        compilation.run_with_retry(&folder.temporary.join("mir"))
    };
    match result {
        Ok(status) if status.success() => {}
        Ok(status) => {
            calls.into_iter().chain(naming).for_each(SideCall::cancel);
            folder.discard();
            return exit_code(status);
        }
        Err(error) => {
            calls.into_iter().chain(naming).for_each(SideCall::cancel);
            folder.discard();
            eprintln!("error: cannot run `{}`: {error}", invocation.rustc);
            return ExitCode::from(101);
        }
    }
    if naming.is_some_and(|call| compilation.finish_naming(call, &folder.temporary)) {
        compilation.has_mir = true;
    }
    if !compilation.has_mir && calls.iter().all(|call| call.form != "mir") {
        calls.push(SideCall::start(invocation, "mir", &folder.temporary));
    }
    if let Err(error) = compilation.describe(calls, &folder.temporary).and_then(|()| folder.commit()) {
        eprintln!("warning: no dump of {id}: {error}");
    }
    ExitCode::SUCCESS
}

fn finish_without_dump(invocation: &Invocation) -> ExitCode {
    match Command::new(&invocation.rustc).args(&invocation.arguments).status() {
        Ok(status) => exit_code(status),
        Err(error) => {
            eprintln!("error: cannot run `{}`: {error}", invocation.rustc);
            ExitCode::from(101)
        }
    }
}

/// The exit code that a shell would show.
pub fn exit_code(status: ExitStatus) -> ExitCode {
    use std::os::unix::process::ExitStatusExt;
    let code = status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or(0));
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}

struct Compilation<'a> {
    settings: &'a Settings,
    invocation: &'a Invocation,
    compiler: (String, String, String),
    closure: std::collections::BTreeSet<String>,
    inputs: Option<(DepInfo, String)>,
    announced: Vec<Vec<u8>>,
    /// What tells crates of one name apart in MIR.
    crate_names: Vec<CrateName>,
    /// MIR is there: the compilation itself wrote it, or the call that prints it with names.
    has_mir: bool,
    errors: Vec<String>,
}

impl<'a> Compilation<'a> {
    fn new(settings: &'a Settings, invocation: &'a Invocation) -> Compilation<'a> {
        let externs: Vec<String> = invocation
            .externs
            .iter()
            .filter_map(|(_, path)| invocation::unit_of_file(path).map(str::to_owned))
            .collect();
        Compilation {
            settings,
            invocation,
            compiler: settings.completed(&invocation.rustc),
            closure: identity::closure(&settings.dump_directory, &externs),
            inputs: None,
            announced: Vec::new(),
            crate_names: Vec::new(),
            has_mir: false,
            errors: Vec::new(),
        }
    }

    /// Before 1.95, rustc asks for linkable dependencies where a program is checked with MIR, though it links nothing.
    fn refuses_mir(&self) -> bool {
        let minor: Option<u32> = self.compiler.0.split('.').nth(1).and_then(|minor| minor.parse().ok());
        let is_linkable = |kind: &String| ["bin", "dylib", "cdylib", "staticlib"].contains(&kind.as_str());
        minor.is_some_and(|minor| minor < 95)
            && self.invocation.crate_types.iter().any(is_linkable)
            && self.invocation.emit.iter().all(|kind| is_check_output(kind))
    }

    /// Starts the call that prints MIR with names that tell crates apart, if any share a name. Then the compilation
    /// itself need not print it.
    fn start_naming(&mut self, folder: &Path) -> Option<SideCall> {
        self.crate_names = crate_names::needed(self.invocation, &self.closure);
        if self.crate_names.is_empty() {
            return None;
        }
        match crate_names::arguments(self.invocation, &self.crate_names, folder) {
            Ok(arguments) => Some(SideCall::start_with(self.invocation, "mir", &arguments, &folder.join(NAMED_MIR))),
            Err(error) => {
                self.give_up_naming(&format!("the root file cannot be copied: {error}"));
                None
            }
        }
    }

    /// Puts MIR with the names in its place. False if there is none.
    fn finish_naming(&mut self, call: SideCall, folder: &Path) -> bool {
        let moved = |()| std::fs::rename(folder.join(NAMED_MIR), folder.join("mir")).map_err(|error| error.to_string());
        let outcome = call.finish().and_then(moved);
        if let Err(reason) = &outcome {
            self.give_up_naming(reason);
        }
        outcome.is_ok()
    }

    fn give_up_naming(&mut self, reason: &str) {
        self.crate_names.clear();
        self.errors.push(format!("crates of one name are not told apart: {reason}"));
    }

    fn run_without_mir(&mut self, mir: &Path) -> std::io::Result<ExitStatus> {
        let (status, messages) = self.run(&self.invocation.arguments, &response_file(mir), false)?;
        forward(&messages);
        Ok(status)
    }

    /// First with MIR; if that fails, without it, so that cargo sees whether the dump or the crate is at fault.
    fn run_with_retry(&mut self, mir: &Path) -> std::io::Result<ExitStatus> {
        let (status, held) = self.run(&with_mir(&self.invocation.arguments, mir), &response_file(mir), true)?;
        if status.success() {
            self.has_mir = true;
            forward(&held);
            return Ok(status);
        }
        let _ = std::fs::remove_file(mir);
        // Dependents may have read the metadata already: then it has to be made with the same flags again.
        let mut arguments = self.invocation.arguments.clone();
        let keeps_flags = !self.announced.is_empty();
        if keeps_flags {
            arguments.extend(MIR_FLAGS.iter().map(|flag| (*flag).to_owned()));
        }
        let (second, messages) = self.run(&arguments, &response_file(mir), keeps_flags)?;
        forward(&messages);
        if second.success() {
            let text: Vec<String> = held.iter().map(|line| String::from_utf8_lossy(line).into_owned()).collect();
            self.errors.push(format!("mir, first try: {status}: {}", side_calls::first_line(&text.concat())));
        }
        Ok(second)
    }

    /// Runs the compiler. What cargo needs at once is forwarded at once; messages are given back.
    fn run(
        &mut self,
        arguments: &[String],
        response_file: &Path,
        with_flags: bool,
    ) -> std::io::Result<(ExitStatus, Vec<Vec<u8>>)> {
        let mut command = Command::new(&self.invocation.rustc);
        side_calls::add_arguments(&mut command, arguments, response_file);
        command.stderr(Stdio::piped());
        if with_flags {
            command.env("RUSTC_BOOTSTRAP", "1").env("RUSTC_ICE", "0");
        }
        let mut child = command.spawn()?;
        let mut held = Vec::new();
        if let Some(stream) = child.stderr.take() {
            let mut reader = BufReader::new(stream);
            let mut line = Vec::new();
            while reader.read_until(b'\n', &mut line)? > 0 {
                let line = std::mem::take(&mut line);
                if is_notification(&line) {
                    self.announce(line);
                } else {
                    held.push(line);
                }
            }
        }
        Ok((child.wait()?, held))
    }

    /// Tells cargo of a finished file, once. Dependents may start as soon as cargo knows, so identity comes first.
    fn announce(&mut self, line: Vec<u8>) {
        if self.announced.contains(&line) {
            return;
        }
        if contains(&line, b"\"emit\":\"metadata\"") {
            self.write_identity();
        }
        forward(std::slice::from_ref(&line));
        self.announced.push(line);
    }

    fn write_identity(&mut self) {
        let text = std::fs::read_to_string(self.invocation.dep_info_path()).unwrap_or_default();
        let info = DepInfo::parse(&text);
        let directory = &self.settings.dump_directory;
        let fingerprint = fingerprint::of_inputs(self.invocation, &self.compiler.1, directory, &info);
        let identity = Identity {
            fingerprint: fingerprint.clone(),
            is_proc_macro: self.invocation.target_kind() == "proc-macro",
            closure: self.closure.clone(),
        };
        if let Err(error) = identity.write(directory, &self.invocation.id()) {
            self.errors.push(format!("identity: {error}"));
        }
        self.inputs = Some((info, fingerprint));
    }

    /// Waits for the other forms and writes `unit.json`.
    fn describe(mut self, calls: Vec<SideCall>, folder: &Path) -> std::io::Result<()> {
        let mut statuses = if self.has_mir { vec![("mir", "ok")] } else { Vec::new() };
        for call in calls {
            let form = call.form;
            match call.finish() {
                Ok(()) => statuses.push((form, "ok")),
                Err(reason) => {
                    statuses.push((form, "failed"));
                    self.errors.push(reason);
                }
            }
        }
        if self.inputs.is_none() {
            self.write_identity();
        }
        let (info, inputs) = self.inputs.take().unwrap_or_default();
        let description = Description {
            settings: self.settings,
            invocation: self.invocation,
            fingerprint: fingerprint::of_dump(&inputs, &statuses, folder),
            compiler: self.compiler,
            info,
            crate_names: self.crate_names,
            statuses,
            errors: self.errors,
        };
        std::fs::write(folder.join("unit.json"), description.text())
    }
}

fn with_mir(arguments: &[String], mir: &Path) -> Vec<String> {
    let mut result = Vec::new();
    for option in invocation::options(arguments) {
        if option.name == "--emit" {
            result.push(format!("--emit={},mir={}", option.value, mir.display()));
            // Asking for MIR makes rustc generate machine code even where nobody wants any.
            if option.value.split(',').all(is_check_output) {
                result.push("-Zno-codegen".to_owned());
            }
        } else {
            result.extend_from_slice(&arguments[option.range]);
        }
    }
    result.extend(MIR_FLAGS.iter().map(|flag| (*flag).to_owned()));
    result
}

/// Kinds of output for which no machine code is needed.
fn is_check_output(kind: &str) -> bool {
    kind == "dep-info" || kind == "metadata"
}

fn response_file(mir: &Path) -> std::path::PathBuf {
    mir.with_file_name(".arguments-mir")
}

fn forward(lines: &[Vec<u8>]) {
    let mut output = std::io::stderr().lock();
    for line in lines {
        let _ = output.write_all(line);
    }
    let _ = output.flush();
}

/// Lines by which rustc tells cargo of finished files.
fn is_notification(line: &[u8]) -> bool {
    line.starts_with(b"{\"$message_type\":\"artifact\"")
}

fn contains(line: &[u8], part: &[u8]) -> bool {
    line.windows(part.len()).any(|window| window == part)
}
