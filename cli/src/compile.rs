//! `baguan compile`: rules into one file that loads without being parsed.

use std::io::{self, Write as _};
use std::path::Path;

use crate::Exit;
use crate::args::CompileArgs;
use crate::error::{Error, counted};
use crate::load::{self, COMPILED};
use crate::streams::Streams;

/// Compiles the rules and says what the file holds.
pub(crate) fn run(args: &CompileArgs, streams: &mut Streams<'_>) -> Result<Exit, Error> {
    let path = &args.output;
    if path.extension().is_none_or(|extension| extension != COMPILED) {
        let message = format!("{}: expected a name that ends in .{COMPILED}", path.display());
        return Err(Error::Usage(message));
    }
    let rules = load::rules(&args.rules.rules)?;
    let file = if args.light { rules.compile_light()? } else { rules.compile()? };
    write_whole(path, &file).map_err(|error| Error::Usage(format!("{}: {error}", path.display())))?;
    let (count, bytes) = (counted(rules.rules().len(), "rule"), counted(file.len(), "byte"));
    writeln!(streams.stdout.writer, "{}: {count}, {bytes}", path.display())?;
    Ok(Exit::Pass)
}

/// Writes the file beside its place first, so that whoever loads it never sees a half.
fn write_whole(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(content)?;
    file.persist(path)?;
    Ok(())
}
