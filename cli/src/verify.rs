//! `baguan verify`: whether a text may be published on its receipt.

use baguan::{Against, Receipt, Verification};
use serde::Serialize;

use crate::Exit;
use crate::args::{ListFormat, VerifyArgs};
use crate::check::today;
use crate::error::Error;
use crate::input::Draft;
use crate::output::verified;
use crate::streams::Streams;
use crate::{load, receipt};

/// What was found, as data.
#[derive(Serialize)]
struct Answer<'a> {
    file: &'a str,
    holds: bool,
    #[serde(flatten)]
    verification: &'a Verification,
    receipt: &'a Receipt,
}

/// Holds a text against its receipt.
pub(crate) fn run(args: &VerifyArgs, streams: &mut Streams<'_>) -> Result<Exit, Error> {
    let receipt = receipt::read(&args.receipt)?;
    let key = receipt::key(args.key.as_deref())?;
    let rules = if args.any_rules { None } else { Some(load::rules(&args.rules.rules)?) };
    let digest = rules.as_ref().map(baguan::Ruleset::digest);
    let draft = Draft::read(&args.text, None, streams.stdin)?;

    let mut against = Against::new().day(args.as_of.unwrap_or_else(today));
    if let Some(key) = &key {
        against = against.key(key);
    }
    if let Some(digest) = &digest {
        against = against.ruleset(digest);
    }
    let verification = receipt.verify(&draft.text, &against);
    let holds = verification.holds();
    let out = &mut *streams.stdout.writer;
    match args.format {
        ListFormat::Text => verified::print(&draft.name, &receipt, &verification, rules.as_ref(), out)?,
        ListFormat::Json => {
            let answer = Answer { file: &draft.name, holds, verification: &verification, receipt: &receipt };
            serde_json::to_writer_pretty(&mut *out, &answer).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
    }
    Ok(if holds { Exit::Pass } else { Exit::Stopped })
}
