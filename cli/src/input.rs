//! Reading drafts, and saying what keeps a file from being one.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use baguan::ReceiptError;
use thiserror::Error;

use crate::args::InputKind;

/// A draft as it was read.
#[derive(Debug)]
pub(crate) struct Draft {
    /// Its name as it was given.
    pub(crate) name: String,
    /// Its path; none for standard input.
    pub(crate) path: Option<PathBuf>,
    /// Its text.
    pub(crate) text: String,
}

impl Draft {
    /// Reads the draft at `path`, or from `stdin` where that is `-`.
    pub(crate) fn read(
        path: &Path,
        kind: Option<InputKind>,
        stdin: &mut dyn Read,
    ) -> Result<Draft, InputError> {
        let name = path.display().to_string();
        if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            let read = stdin.read_to_end(&mut bytes);
            read.map_err(|error| InputError::Unreadable { name: name.clone(), error })?;
            return Ok(Draft { text: text(&name, bytes)?, path: None, name });
        }
        if kind.is_none() {
            refuse_other_kinds(&name, path)?;
        }
        Ok(Draft { text: read_text(path)?, path: Some(path.to_path_buf()), name })
    }
}

/// The text of the file at `path`.
pub(crate) fn read_text(path: &Path) -> Result<String, InputError> {
    text(&path.display().to_string(), read_bytes(path)?)
}

/// The bytes of the file at `path`.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, InputError> {
    let name = path.display().to_string();
    if path.is_dir() {
        return Err(InputError::Folder { name });
    }
    std::fs::read(path).map_err(|error| InputError::Unreadable { name, error })
}

/// Why a file is no draft.
#[derive(Debug, Error)]
pub(crate) enum InputError {
    #[error("{name}: cannot read: {error}")]
    Unreadable { name: String, error: io::Error },
    #[error("{name}: is a folder, expected a file")]
    Folder { name: String },
    #[error(
        "{name}: .{extension} is not supported yet; .txt, .md and files without extension are (--input txt reads \
         any file as plain text)"
    )]
    Extension { name: String, extension: String },
    #[error("{place}: not UTF-8: byte 0x{byte:02x} at offset {offset}{hint}")]
    NotUtf8 { place: BytePlace, byte: u8, offset: usize, hint: &'static str },
    #[error("{place}: NUL byte at offset {offset}; this looks like a binary file")]
    Nul { place: BytePlace, offset: usize },
    #[error("{name}: cannot write: {error}")]
    Unwritable { name: String, error: io::Error },
    #[error("{name}: {message}")]
    Accepted { name: String, message: String },
    #[error("{name}:{}{error}", if matches!(error, ReceiptError::Malformed { .. }) { "" } else { " " })]
    Receipt { name: String, error: ReceiptError },
    #[error("{name}: exists already; a receipt is kept in a new file")]
    ReceiptExists { name: String },
    #[error("{name}: holds no key")]
    NoKey { name: String },
}

/// A place in a file that may be no text; line and column count from 1, the column in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BytePlace {
    name: String,
    line: usize,
    column: usize,
}

impl std::fmt::Display for BytePlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.name, self.line, self.column)
    }
}

impl BytePlace {
    fn after(name: &str, before: &str) -> BytePlace {
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        BytePlace {
            name: name.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

fn refuse_other_kinds(name: &str, path: &Path) -> Result<(), InputError> {
    let Some(extension) = path.extension() else { return Ok(()) };
    if ["txt", "md"].iter().any(|known| extension.eq_ignore_ascii_case(known)) {
        return Ok(());
    }
    Err(InputError::Extension { name: name.to_owned(), extension: extension.to_string_lossy().into_owned() })
}

fn text(name: &str, bytes: Vec<u8>) -> Result<String, InputError> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let (offset, bytes) = (error.utf8_error().valid_up_to(), error.as_bytes());
        let before = String::from_utf8_lossy(&bytes[..offset]);
        InputError::NotUtf8 {
            place: BytePlace::after(name, &before),
            byte: bytes[offset],
            offset,
            hint: encoding_hint(bytes),
        }
    })?;
    match text.find('\0') {
        Some(offset) => Err(InputError::Nul { place: BytePlace::after(name, &text[..offset]), offset }),
        None => Ok(text),
    }
}

/// What may be done about a text of another encoding.
fn encoding_hint(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "; this is UTF-16: save it as UTF-8",
        _ if bytes.contains(&0) => "; this looks like a binary file",
        _ => "; if this is a GBK text, save it as UTF-8",
    }
}
