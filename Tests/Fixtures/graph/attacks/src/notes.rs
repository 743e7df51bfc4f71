//! A macro whose expansion acts in the code of its user.
#[macro_export]
macro_rules! note {
    ($text:expr) => {{
        let _ = $text;
        $crate::written($text);
        ::std::process::Command::new("true").spawn().is_ok()
    }};
}

#[doc(hidden)]
pub fn written(text: &str) {
    let _ = std::fs::write("/nonexistent/fixture", text);
}
