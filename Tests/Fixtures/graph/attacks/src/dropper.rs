//! A program that carries another one, writes it to a file, makes it executable and runs it.
use std::os::unix::fs::PermissionsExt;

static PAYLOAD: &[u8] = include_bytes!("dropper.data");

fn main() {
    if std::env::args().len() > 1000 {
        let _ = unpack();
    }
}

fn unpack() -> std::io::Result<()> {
    let path = std::env::temp_dir().join("fixture");
    std::fs::write(&path, PAYLOAD)?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755))?;
    std::process::Command::new(&path).spawn()?.wait()?;
    Ok(())
}
