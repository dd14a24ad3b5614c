//! Fixes written back, or shown.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use baguan::{Reviewer, Safety};
use similar::TextDiff;

/// `text` with every safe fix carried out.
pub(crate) fn fixed(reviewer: &Reviewer, text: &str) -> String {
    // Of fixes that overlap one is carried out at a time; what it leaves is seen in the next round.
    const ROUNDS: usize = 8;
    let mut fixed = text.to_owned();
    for _ in 0..ROUNDS {
        let next = reviewer.review(&fixed).fixed(&fixed, Safety::Safe);
        if next == fixed {
            break;
        }
        fixed = next;
    }
    fixed
}

/// Puts `text` in the place of the file at `path`: whole or not at all, permissions kept.
pub(crate) fn write(path: &Path, text: &str) -> io::Result<()> {
    // The file that a link names is replaced, not the link.
    let path = fs::canonicalize(path)?;
    let permissions = fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
    }
    let mut file = tempfile::NamedTempFile::new_in(path.parent().unwrap_or(Path::new(".")))?;
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(permissions)?;
    file.as_file().sync_all()?;
    file.persist(&path)?;
    Ok(())
}

/// The change from `text` to `fixed` as a unified diff; empty where there is none.
pub(crate) fn diff(name: &str, text: &str, fixed: &str) -> String {
    let diff = TextDiff::from_lines(text, fixed);
    diff.unified_diff().context_radius(1).header(&format!("a/{name}"), &format!("b/{name}")).to_string()
}
