//! `baguan check --jsonl`: records in, answers out, one a line and in the same order.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use baguan::{BriefView, Date, Reviewer};
use rayon::prelude::*;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::Exit;
use crate::args::{CheckArgs, Format};
use crate::check::{reviewer, verdict};
use crate::error::Error;
use crate::streams::{Output, Streams};

/// How many lines are read ahead of the review, and how many are reviewed together at most.
const LINES_IN_FLIGHT: usize = 2048;

/// Answers every record; a malformed one with what is wrong with it.
pub(crate) fn run(args: &CheckArgs, streams: &mut Streams<'_>) -> Result<Exit, Error> {
    if args.format.is_some_and(|format| format != Format::Json) {
        return Err(Error::Usage("--jsonl answers in JSON; leave --format out".to_owned()));
    }
    let batch = Batch { args, reviewer: reviewer(args)? };
    let (sender, lines) = sync_channel(LINES_IN_FLIGHT);
    let (stdin, stdout) = (&mut *streams.stdin, &mut streams.stdout);
    let mut progress = Progress::new(stdout.is_terminal, &mut streams.stderr);
    std::thread::scope(|scope| {
        scope.spawn(move || read_lines(stdin, &sender));
        let ended = batch.answer_all(&lines, stdout.writer, &mut progress);
        // The reader stops where nobody listens any more.
        drop(lines);
        ended
    })
}

/// A line of input, numbered from 1.
type Line = (usize, io::Result<Vec<u8>>);

/// Sends line after line that holds something, until the input ends or nobody listens.
fn read_lines(input: &mut (dyn Read + Send), lines: &SyncSender<Line>) {
    const BUFFER: usize = 1 << 16;
    let mut input = BufReader::with_capacity(BUFFER, input);
    for number in 1.. {
        let mut line = Vec::new();
        let read = input.read_until(b'\n', &mut line);
        let ends = !matches!(read, Ok(1..));
        if read.is_ok() && line.trim_ascii().is_empty() && !ends {
            continue;
        }
        let sent = read.is_err() || !ends;
        if sent && lines.send((number, read.map(|_| line))).is_err() || ends {
            return;
        }
    }
}

struct Batch<'a> {
    args: &'a CheckArgs,
    reviewer: Reviewer,
}

impl Batch<'_> {
    fn answer_all(
        &self,
        lines: &Receiver<Line>,
        out: &mut dyn Write,
        progress: &mut Progress<'_, '_>,
    ) -> Result<Exit, Error> {
        let mut exit = Exit::Pass;
        while let Ok(first) = lines.recv() {
            // What has come by now is reviewed together: none waits for a line that may take its time.
            let together: Vec<Line> =
                std::iter::once(first).chain(lines.try_iter().take(LINES_IN_FLIGHT - 1)).collect();
            let answers: Vec<(Vec<u8>, Exit)> =
                together.par_iter().map(|(number, line)| self.answer(*number, line)).collect();
            for (answer, own) in &answers {
                out.write_all(answer)?;
                exit = exit.max(*own);
            }
            out.flush()?;
            progress.add(answers.len());
        }
        progress.finish();
        Ok(exit)
    }

    /// The answer to a line, ending in a line break, and what it means for the exit code.
    fn answer(&self, number: usize, line: &io::Result<Vec<u8>>) -> (Vec<u8>, Exit) {
        let (mut id, mut exit) = (None, Exit::Wrong);
        let answered = line.as_ref().map_err(|error| format!("cannot read: {error}")).and_then(|line| {
            let record = Record::parse(line)?;
            id = record.fields.get("id").copied();
            let reviewer = self.reviewer_for(&record)?;
            let text = record.text("text")?.ok_or("no field `text`")?;
            let report = reviewer.review(&text);
            exit = self.args.fail_on.map_or(Exit::Pass, |fail_on| verdict(fail_on, &report));
            let mut brief = BriefView::new(&report, &text, self.args.offsets);
            brief.findings.retain(|finding| finding.severity >= self.args.severity);
            Ok(json(&Answer { id, report: brief }))
        });
        (answered.unwrap_or_else(|error| json(&Refusal { id, line: number, error })), exit)
    }

    /// The reviewer with the day and class that the record names.
    fn reviewer_for(&self, record: &Record<'_>) -> Result<Reviewer, String> {
        let mut reviewer = self.reviewer.clone();
        if let Some(field) = &self.args.as_of_field
            && let Some(day) = record.text(field)?
        {
            reviewer = reviewer.as_of(day.parse::<Date>().map_err(|error| format!("`{field}`: {error}"))?);
        }
        if let Some(field) = &self.args.class_field
            && let Some(class) = record.text(field)?
        {
            reviewer = reviewer.class(&class).map_err(|error| format!("`{field}`: {error}"))?;
        }
        Ok(reviewer)
    }
}

/// A line of input: fields not read yet.
struct Record<'l> {
    fields: HashMap<String, &'l RawValue>,
}

impl Record<'_> {
    fn parse(line: &[u8]) -> Result<Record<'_>, String> {
        let line = std::str::from_utf8(line)
            .map_err(|error| format!("not UTF-8 at byte {}", error.valid_up_to()))?;
        let line = line.trim_start_matches('\u{feff}');
        let fields = serde_json::from_str(line)
            .map_err(|error| format!("no JSON object: {}", without_line(&error)))?;
        Ok(Record { fields })
    }

    /// The text in a field; none where the field is absent or null.
    fn text(&self, field: &str) -> Result<Option<String>, String> {
        let Some(value) = self.fields.get(field) else { return Ok(None) };
        serde_json::from_str(value.get()).map_err(|error| format!("`{field}`: {}", without_line(&error)))
    }
}

/// The message of an error in one line of JSON: the column is enough.
fn without_line(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", " at column ")
}

#[derive(Serialize)]
struct Answer<'r> {
    id: Option<&'r RawValue>,
    #[serde(flatten)]
    report: BriefView<'r>,
}

#[derive(Serialize)]
struct Refusal<'r> {
    id: Option<&'r RawValue>,
    line: usize,
    error: String,
}

fn json(answer: &impl Serialize) -> Vec<u8> {
    let mut line = serde_json::to_vec(answer).expect("names are strings and nothing else fails");
    line.push(b'\n');
    line
}

/// A line on standard error that tells a person how far the run is.
struct Progress<'a, 's> {
    /// None where nobody looks, or where the answers themselves can be seen.
    stderr: Option<&'a mut Output<'s>>,
    done: usize,
    started: Instant,
    shown: Option<Instant>,
}

impl<'a, 's> Progress<'a, 's> {
    fn new(answers_seen: bool, stderr: &'a mut Output<'s>) -> Progress<'a, 's> {
        let stderr = (stderr.is_terminal && !answers_seen).then_some(stderr);
        Progress { stderr, done: 0, started: Instant::now(), shown: None }
    }

    fn add(&mut self, done: usize) {
        const PAUSE: Duration = Duration::from_millis(200);
        self.done += done;
        if self.shown.is_none_or(|shown| shown.elapsed() > PAUSE) {
            self.show("");
        }
    }

    fn finish(&mut self) {
        self.show("\n");
    }

    fn show(&mut self, end: &str) {
        self.shown = Some(Instant::now());
        if let Some(stderr) = &mut self.stderr {
            let seconds = self.started.elapsed().as_secs();
            let _ = write!(stderr.writer, "\r{} drafts, {seconds} s{end}", self.done);
            let _ = stderr.writer.flush();
        }
    }
}
