//! Drafts to text. What is no UTF-8 is refused with the place and the remedy, never guessed at.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Offsets are 32 bits wide, so a text has to be shorter than this many bytes.
pub(crate) const TOO_LONG: u64 = u32::MAX as u64;

/// Reads a whole file.
pub(crate) fn file(path: &Path) -> Result<String, String> {
    let file = File::open(path).map_err(reason)?;
    let metadata = file.metadata().map_err(reason)?;
    if metadata.is_dir() {
        return Err("it is a folder, not a file".to_owned());
    }
    if metadata.len() >= TOO_LONG {
        return Err(too_long());
    }
    everything(file, metadata.len() as usize)
}

/// Reads all that comes from `reader`; `expected` bytes are set aside at first.
pub(crate) fn everything(reader: impl Read, expected: usize) -> Result<String, String> {
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(expected + 1).map_err(|error| error.to_string())?;
    reader.take(TOO_LONG).read_to_end(&mut bytes).map_err(reason)?;
    if bytes.len() as u64 >= TOO_LONG {
        return Err(too_long());
    }
    text(bytes)
}

/// Bytes as text.
pub(crate) fn text(bytes: Vec<u8>) -> Result<String, String> {
    if let [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] = bytes.as_slice() {
        return Err(
            "it is UTF-16, not UTF-8; save it as UTF-8 (in Word and Notepad: Save As, Encoding)"
                .to_owned(),
        );
    }
    if let Some(kind) = other_than_text(&bytes) {
        return Err(format!(
            "it is {kind}, not text; save the draft as plain text, Markdown or HTML"
        ));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("it is not UTF-8: byte {at} is not part of a character; save it as UTF-8")
    })
}

/// What the bytes are if they are no text: by how such files begin, or by a zero byte near the start, as git tells them.
fn other_than_text(bytes: &[u8]) -> Option<&'static str> {
    const NEAR: usize = 8000;
    let kinds: [(&[u8], &str); 4] = [
        (b"PK\x03\x04", "a Word document or a ZIP archive"),
        (b"\xD0\xCF\x11\xE0", "an old Word document"),
        (b"%PDF-", "a PDF"),
        (b"{\\rtf", "rich text (RTF)"),
    ];
    let known = kinds.into_iter().find(|(start, _)| bytes.starts_with(start));
    let binary = memchr::memchr(0, &bytes[..bytes.len().min(NEAR)]).map(|_| "a binary file");
    known.map(|(_, kind)| kind).or(binary)
}

fn too_long() -> String {
    "it is 4 GiB or longer; drafts have to be shorter".to_owned()
}

/// An error of the system in plain words.
pub(crate) fn reason(error: io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not read it (permission denied)".to_owned(),
        _ => error.to_string(),
    }
}
