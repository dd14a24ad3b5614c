//! Receipts in files: kept at `baguan check`, written on by `baguan sign` and `baguan override`.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use baguan::{Override, Receipt, ReceiptError, Report, SignOff};

use crate::Exit;
use crate::args::{CheckArgs, OverrideArgs, SignArgs};
use crate::error::Error;
use crate::fix;
use crate::input::{InputError, read_bytes, read_text};
use crate::streams::Streams;

/// Where `baguan check` keeps its receipt, and how.
pub(crate) struct Keeper {
    path: PathBuf,
    key: Option<Vec<u8>>,
    without_text: bool,
}

impl Keeper {
    /// The one that the arguments ask for, if any.
    pub(crate) fn new(args: &CheckArgs) -> Result<Option<Keeper>, Error> {
        let Some(path) = args.receipt.clone() else { return Ok(None) };
        if args.files.len() > 1 {
            return Err(Error::Usage("--receipt is for one draft; review each by itself".to_owned()));
        }
        if path.exists() {
            return Err(InputError::ReceiptExists { name: path.display().to_string() }.into());
        }
        Ok(Some(Keeper { path, key: key(args.key.path.as_deref())?, without_text: args.without_text }))
    }

    /// Writes the receipt of `report` on `text`.
    pub(crate) fn keep(&self, report: &Report, text: &str) -> Result<(), InputError> {
        let receipt = report.receipt(text, self.key.as_deref());
        let receipt = if self.without_text { receipt.without_text() } else { receipt };
        let written =
            File::create_new(&self.path).and_then(|mut file| file.write_all(receipt.to_json().as_bytes()));
        written.map_err(|error| InputError::Unwritable { name: self.path.display().to_string(), error })
    }
}

/// The receipt at `path`.
pub(crate) fn read(path: &Path) -> Result<Receipt, InputError> {
    Receipt::parse(&read_text(path)?).map_err(|error| wrong(path, error))
}

/// The key in the file at `path`, where one is named.
pub(crate) fn key(path: Option<&Path>) -> Result<Option<Vec<u8>>, InputError> {
    let Some(path) = path else { return Ok(None) };
    let mut key = read_bytes(path)?;
    while key.pop_if(|byte| matches!(byte, b'\n' | b'\r')).is_some() {}
    if key.is_empty() {
        return Err(InputError::NoKey { name: path.display().to_string() });
    }
    Ok(Some(key))
}

/// Adds a sign-off.
pub(crate) fn sign(args: SignArgs, streams: &mut Streams<'_>) -> Result<Exit, Error> {
    let key = key(args.key.path.as_deref())?;
    let act = SignOff { level: args.level, name: args.name, time: args.time };
    write_on(&args.receipt, streams, |receipt| receipt.signed(act, key.as_deref()))
}

/// Adds an override.
pub(crate) fn override_finding(args: OverrideArgs, streams: &mut Streams<'_>) -> Result<Exit, Error> {
    let key = key(args.key.path.as_deref())?;
    let OverrideArgs { fingerprint, reason, by, until, .. } = args;
    let act = Override { fingerprint, reason, by, until };
    write_on(&args.receipt, streams, |receipt| receipt.overridden(act, key.as_deref()))
}

/// Writes the receipt at `path` back with one more act, and says which levels are still to sign.
fn write_on(
    path: &Path,
    streams: &mut Streams<'_>,
    act: impl FnOnce(Receipt) -> Result<Receipt, ReceiptError>,
) -> Result<Exit, Error> {
    let receipt = act(read(path)?).map_err(|error| wrong(path, error))?;
    let name = path.display().to_string();
    let written = fix::write(path, &receipt.to_json());
    written.map_err(|error| InputError::Unwritable { name: name.clone(), error })?;
    let missing = match receipt.missing_levels() {
        [] => "签审完毕".to_owned(),
        levels => format!("待签：{}", levels.join("、")),
    };
    writeln!(streams.stdout.writer, "{name}: {missing}")?;
    Ok(Exit::Pass)
}

fn wrong(path: &Path, error: ReceiptError) -> InputError {
    InputError::Receipt { name: path.display().to_string(), error }
}
