use std::process::Command;
use std::{env, fs, io, process};

/// What the user writes in an editor.
pub fn text() -> io::Result<String> {
    let file = env::temp_dir().join(format!("jotter-{}.txt", process::id()));
    fs::write(&file, "")?;
    let editor = env::var("EDITOR").unwrap_or_else(|_| "vi".to_owned());
    let status = Command::new(editor).arg(&file).status()?;
    let text = fs::read_to_string(&file)?;
    fs::remove_file(&file)?;
    if status.success() {
        Ok(text)
    } else {
        Err(io::Error::other("the editor failed"))
    }
}
