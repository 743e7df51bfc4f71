//! The calls of rustc that only print: they run beside the compilation and cannot disturb it.

use crate::invocation::{self, Invocation};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;

/// How much of a failing call's messages is kept.
const KEPT_MESSAGE_BYTES: usize = 4096;

/// A running call that prints one form of the dump.
pub struct SideCall {
    pub form: &'static str,
    file: PathBuf,
    child: std::io::Result<Child>,
    messages: Option<JoinHandle<String>>,
}

impl SideCall {
    /// Starts `-Zunpretty=FORM`, which writes `folder/FORM`.
    pub fn start(invocation: &Invocation, form: &'static str, folder: &Path) -> SideCall {
        SideCall::start_with(invocation, form, &invocation.arguments, &folder.join(form))
    }

    /// Starts the call with other arguments than those of the compilation.
    pub fn start_with(invocation: &Invocation, form: &'static str, arguments: &[String], file: &Path) -> SideCall {
        let mut command = Command::new(&invocation.rustc);
        let mut arguments = printing_arguments(arguments);
        arguments.push(format!("-Zunpretty={form}"));
        if form == "mir" {
            arguments.extend(crate::compile::MIR_FLAGS.iter().map(|flag| (*flag).to_owned()));
        }
        arguments.extend(["-o".to_owned(), file.to_string_lossy().into_owned()]);
        let file_name = file.file_name().unwrap_or_default().to_string_lossy();
        add_arguments(&mut command, &arguments, &file.with_file_name(format!(".arguments-{file_name}")));
        command.env("RUSTC_BOOTSTRAP", "1").env("RUSTC_ICE", "0");
        command.stdin(Stdio::null()).stderr(Stdio::piped()).stdout(Stdio::null());
        let mut child = command.spawn();
        let mut messages = None;
        if let Ok(child) = &mut child {
            messages = child.stderr.take().map(|stream| std::thread::spawn(move || read_limited(stream)));
        }
        SideCall { form, file: file.to_owned(), child, messages }
    }

    /// Waits for the end. A failure leaves no file and gives the reason.
    pub fn finish(self) -> Result<(), String> {
        let SideCall { form, file, child, messages } = self;
        let outcome = child.and_then(|mut child| child.wait());
        let messages = messages.and_then(|thread| thread.join().ok()).unwrap_or_default();
        let reason = match outcome {
            Ok(status) if status.success() && file.is_file() => return Ok(()),
            Ok(status) => format!("{form}: {status}: {}", first_line(&messages)),
            Err(error) => format!("{form}: {error}"),
        };
        let _ = std::fs::remove_file(&file);
        Err(reason)
    }

    /// Stops the call, because its unit does not compile.
    pub fn cancel(self) {
        if let Ok(mut child) = self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Gives the arguments to a command: through a response file where the command line would be too long.
pub fn add_arguments(command: &mut Command, arguments: &[String], response_file: &Path) {
    const LONGEST_COMMAND_LINE: usize = 100_000;
    let length: usize = arguments.iter().map(|argument| argument.len() + 1).sum();
    if length > LONGEST_COMMAND_LINE && std::fs::write(response_file, arguments.join("\n")).is_ok() {
        command.arg(format!("@{}", response_file.display()));
    } else {
        command.args(arguments);
    }
}

/// The arguments of the compilation without those that say what is written where and how messages look.
fn printing_arguments(arguments: &[String]) -> Vec<String> {
    let mut result = Vec::new();
    for option in invocation::options(arguments) {
        let is_dropped = match option.name {
            "--emit" | "--error-format" | "--json" | "--color" | "--out-dir" | "--cap-lints" | "--diagnostic-width"
            | "-o" => true,
            "-C" | "--codegen" => option.value.starts_with("incremental="),
            _ => false,
        };
        if !is_dropped {
            result.extend_from_slice(&arguments[option.range]);
        }
    }
    result.extend(["--cap-lints".to_owned(), "allow".to_owned()]);
    result
}

fn read_limited(mut stream: impl Read) -> String {
    let mut kept = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(count @ 1..) = stream.read(&mut buffer) {
        let room = KEPT_MESSAGE_BYTES.saturating_sub(kept.len());
        kept.extend_from_slice(&buffer[..count.min(room)]);
    }
    String::from_utf8_lossy(&kept).into_owned()
}

/// The line that says what went wrong: rustc's first error, the place of a panic, else whatever came first.
pub fn first_line(messages: &str) -> String {
    let lines = || messages.lines().map(plain_text).filter(|line| !line.is_empty());
    let telling = lines().find(|line| line.starts_with("error") || line.contains("panicked at"));
    telling.or_else(|| lines().next()).unwrap_or("no message".to_owned())
}

/// The message of a diagnostic, which is JSON where cargo asked for it.
fn plain_text(line: &str) -> String {
    let line = line.trim();
    let diagnostic = if line.starts_with('{') { crate::json::Value::parse(line) } else { None };
    let field = |name: &str| diagnostic.as_ref().and_then(|value| value.get(name)).and_then(crate::json::Value::text);
    match (field("level"), field("message")) {
        (Some(level), Some(message)) => format!("{level}: {message}"),
        _ => line.to_owned(),
    }
}
