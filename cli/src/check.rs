//! `baguan check`: drafts in, reports out.

use std::io::Write;

use baguan::{Accepted, Date, Report, Reviewer};

use crate::Exit;
use crate::args::{CheckArgs, FailOn};
use crate::error::Error;
use crate::input::{Draft, InputError, read_text};
use crate::output::{self, Reports, Reviewed, Shown};
use crate::receipt::Keeper;
use crate::streams::Streams;
use crate::{fix, load};

/// Reviews every file, those after a bad one too.
pub(crate) fn run(args: &CheckArgs, streams: &mut Streams<'_>) -> Result<Exit, Error> {
    let from_stdin = args.files.iter().filter(|path| path.as_os_str() == "-").count();
    if from_stdin > 1 {
        return Err(Error::Usage("`-` is given twice; standard input can be read once".to_owned()));
    }
    let keeper = Keeper::new(args)?;
    let reviewer = reviewer(args)?;
    let reports_aside = args.fix && from_stdin > 0;
    let colors = if reports_aside { streams.stderr.takes_colors } else { streams.stdout.takes_colors };
    let shown = Shown {
        offsets: args.offsets,
        least: args.severity,
        suppressed: args.suppressed,
        several: args.files.len() > 1,
        colors,
    };
    Run { args, reviewer, keeper, streams, reports: output::reports(args.format, shown), reports_aside }
        .files()
}

/// The reviewer that the arguments ask for.
pub(crate) fn reviewer(args: &CheckArgs) -> Result<Reviewer, Error> {
    let mut rules = load::rules(&args.rules.rules)?;
    load::disable(&mut rules, &args.disable)?;
    let mut reviewer = Reviewer::new(rules)?.as_of(args.as_of.unwrap_or_else(today));
    if let Some(class) = &args.class {
        reviewer = reviewer.class(class).map_err(|error| Error::Usage(error.to_string()))?;
    }
    if let Some(path) = &args.accept {
        let accepted = Accepted::parse(&read_text(path)?)
            .map_err(|message| InputError::Accepted { name: path.display().to_string(), message })?;
        reviewer = reviewer.accept(accepted);
    }
    Ok(reviewer)
}

struct Run<'r, 's> {
    args: &'r CheckArgs,
    reviewer: Reviewer,
    keeper: Option<Keeper>,
    streams: &'r mut Streams<'s>,
    reports: Box<dyn Reports>,
    /// Whether reports go to standard error, because standard output is for the fixed text.
    reports_aside: bool,
}

impl Run<'_, '_> {
    fn files(mut self) -> Result<Exit, Error> {
        let mut exit = Exit::Pass;
        for path in &self.args.files {
            let own = match Draft::read(path, self.args.input, self.streams.stdin) {
                Ok(draft) => self.draft(draft)?,
                Err(error) => self.refuse(error),
            };
            exit = exit.max(own);
        }
        if !self.args.diff {
            self.reports.finish(exit, sink(self.streams, self.reports_aside))?;
        }
        Ok(exit)
    }

    /// Reviews one draft and prints what was asked for.
    fn draft(&mut self, mut draft: Draft) -> Result<Exit, Error> {
        if draft.text.trim().is_empty() {
            self.streams.stderr.note(&format!("{}: holds no text", draft.name));
        }
        let mended = if self.args.fix { self.mend(&mut draft)? } else { Exit::Pass };
        let report = self.reviewer.review(&draft.text);
        if self.args.diff {
            let diff = fix::diff(&draft.name, &draft.text, &fix::fixed(&self.reviewer, &draft.text));
            self.streams.stdout.writer.write_all(diff.as_bytes())?;
        } else {
            let Draft { name, text, .. } = &draft;
            let reviewed = Reviewed { file: name, text, report: &report, reviewer: &self.reviewer };
            self.reports.draft(&reviewed, sink(self.streams, self.reports_aside))?;
        }
        let kept = match self.keeper.as_ref().map(|keeper| keeper.keep(&report, &draft.text)) {
            Some(Err(error)) => self.refuse(error),
            _ => Exit::Pass,
        };
        Ok(mended.max(kept).max(verdict(self.args.fail_on.unwrap_or(FailOn::Revise), &report)))
    }

    /// Carries out the safe fixes: in the file, or on standard output for standard input.
    fn mend(&mut self, draft: &mut Draft) -> Result<Exit, Error> {
        let fixed = fix::fixed(&self.reviewer, &draft.text);
        let Some(path) = &draft.path else {
            self.streams.stdout.writer.write_all(fixed.as_bytes())?;
            draft.text = fixed;
            return Ok(Exit::Pass);
        };
        if fixed == draft.text {
            return Ok(Exit::Pass);
        }
        if let Err(error) = fix::write(path, &fixed) {
            return Ok(self.refuse(InputError::Unwritable { name: draft.name.clone(), error }));
        }
        self.streams.stderr.note(&format!("{}: fixed", draft.name));
        draft.text = fixed;
        Ok(Exit::Pass)
    }

    fn refuse(&mut self, error: InputError) -> Exit {
        self.streams.stderr.complain(&error.into());
        Exit::Wrong
    }
}

/// Where reports go.
fn sink<'s>(streams: &'s mut Streams<'_>, aside: bool) -> &'s mut dyn Write {
    if aside { streams.stderr.writer } else { streams.stdout.writer }
}

/// What a report means for the exit code.
pub(crate) fn verdict(fail_on: FailOn, report: &Report) -> Exit {
    if fail_on.is_reached(report.verdict()) { Exit::Stopped } else { Exit::Pass }
}

/// The day it is here.
pub(crate) fn today() -> Date {
    let today = jiff::Zoned::now().date();
    let part = |number: i8| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(today.year()).unwrap_or_default();
    Date::new(year, part(today.month()), part(today.day())).unwrap_or(Date::LAST)
}
