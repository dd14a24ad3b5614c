//! `baguan rules profile`: what each rule costs on given texts.

use std::collections::HashMap;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use baguan::{Report, Reviewer, Rule, Step};

use crate::Exit;
use crate::args::ProfileArgs;
use crate::check::today;
use crate::error::{Error, counted};
use crate::input::Draft;
use crate::load;
use crate::output::table::aligned;
use crate::streams::Streams;

/// Reviews the texts and prints what took the time: by step, by kind and by rule, the dearest first.
pub(crate) fn run(args: &ProfileArgs, streams: &mut Streams<'_>) -> Result<Exit, Error> {
    let reviewer = Reviewer::new(load::rules(&args.rules.rules)?)?.as_of(today());
    let mut texts = Vec::new();
    for path in &args.texts {
        texts.push(Draft::read(path, None, streams.stdin)?.text);
    }
    let profile = Profile::of(&reviewer, &texts);
    profile.print(reviewer.rules(), args.top, &mut *streams.stdout.writer)?;
    Ok(Exit::Pass)
}

/// What the steps of reviews took together.
#[derive(Clone, Debug)]
struct Profile {
    draft: Duration,
    scan: Duration,
    report: Duration,
    /// What each rule cost, by its number.
    rules: Vec<Cost>,
    texts: usize,
    bytes: usize,
}

/// What a rule, or several, took, and for how much.
#[derive(Clone, Copy, Debug, Default)]
struct Cost {
    time: Duration,
    /// How often it was called.
    wakings: usize,
    findings: usize,
}

impl Cost {
    fn sum(costs: impl Iterator<Item = Cost>) -> Cost {
        costs.fold(Cost::default(), |sum, own| Cost {
            time: sum.time + own.time,
            wakings: sum.wakings + own.wakings,
            findings: sum.findings + own.findings,
        })
    }
}

impl Profile {
    fn of(reviewer: &Reviewer, texts: &[String]) -> Profile {
        let none = Duration::ZERO;
        let rules = vec![Cost::default(); reviewer.rules().len()];
        let (texts_len, bytes) = (texts.len(), texts.iter().map(String::len).sum());
        let mut profile = Profile { draft: none, scan: none, report: none, rules, texts: texts_len, bytes };
        let numbers: HashMap<&str, usize> = reviewer.rules().iter().map(Rule::id).zip(0..).collect();
        for text in texts {
            // The first review of a text warms up what the second is measured by.
            reviewer.review(text);
            let report = profile.watch(reviewer, text);
            let put_aside = report.suppressed().iter().map(|own| &own.finding);
            for finding in report.findings().iter().chain(put_aside) {
                profile.rules[numbers[&*finding.rule]].findings += 1;
            }
        }
        profile
    }

    /// Reviews `text` and adds what each step took.
    fn watch(&mut self, reviewer: &Reviewer, text: &str) -> Report {
        let mut last = Instant::now();
        reviewer.review_watched(text, &mut |step| {
            let now = Instant::now();
            let took = now - std::mem::replace(&mut last, now);
            match step {
                Step::Draft => self.draft += took,
                Step::Scan => self.scan += took,
                Step::Rule(rule) => {
                    self.rules[rule].time += took;
                    self.rules[rule].wakings += 1;
                }
                Step::Report => self.report += took,
            }
        })
    }

    fn print(&self, rules: &[Rule], top: usize, out: &mut dyn Write) -> io::Result<()> {
        let of_rules = Cost::sum(self.rules.iter().copied());
        let all = self.draft + self.scan + of_rules.time + self.report;
        let (texts, size) = (counted(self.texts, "text"), megabytes(self.bytes));
        let speed = if all.is_zero() { 0.0 } else { size / all.as_secs_f64() };
        writeln!(out, "{texts}, {size:.3} MB, {speed:.1} MB/s\n")?;

        let steps =
            [("draft", self.draft), ("scan", self.scan), ("rules", of_rules.time), ("report", self.report)];
        let rows = steps.map(|(name, time)| [name.to_owned(), share(time, all)]);
        print_table(["step", "share"], rows, out)?;

        let mut kinds: HashMap<&str, Vec<Cost>> = HashMap::new();
        for (rule, cost) in rules.iter().zip(&self.rules) {
            kinds.entry(rule.kind()).or_default().push(*cost);
        }
        let kinds = kinds.into_iter().map(|(kind, costs)| (kind, costs.len(), Cost::sum(costs.into_iter())));
        let mut kinds: Vec<(&str, usize, Cost)> = kinds.collect();
        kinds.sort_by_key(|(kind, _, cost)| (std::cmp::Reverse(cost.time), *kind));
        let rows = kinds.into_iter().map(|(kind, count, cost)| {
            let [share, each, wakings, findings] = cells(cost, all);
            [kind.to_owned(), count.to_string(), share, each, wakings, findings]
        });
        print_table(["kind", "rules", "share", "ns/waking", "wakings", "findings"], rows, out)?;

        let mut woken: Vec<(&Rule, &Cost)> =
            rules.iter().zip(&self.rules).filter(|(_, cost)| cost.wakings > 0).collect();
        woken.sort_by_key(|(rule, cost)| (std::cmp::Reverse(cost.time), rule.id()));
        let count = woken.len();
        let rows = woken.into_iter().take(top).map(|(rule, cost)| {
            let [share, each, wakings, findings] = cells(*cost, all);
            [rule.id().to_owned(), rule.kind().to_owned(), share, each, wakings, findings]
        });
        print_table(["rule", "kind", "share", "ns/waking", "wakings", "findings"], rows, out)?;
        writeln!(out, "{} of {} woken", counted(count, "rule"), rules.len())
    }
}

fn print_table<const N: usize>(
    head: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rows: Vec<[String; N]> = std::iter::once(head.map(str::to_owned)).chain(rows).collect();
    for line in aligned(&rows) {
        writeln!(out, "{line}")?;
    }
    writeln!(out)
}

/// Share, time of a waking, wakings and findings.
fn cells(cost: Cost, all: Duration) -> [String; 4] {
    let each = cost.time.as_nanos() / cost.wakings.max(1) as u128;
    [share(cost.time, all), each.to_string(), cost.wakings.to_string(), cost.findings.to_string()]
}

fn share(part: Duration, all: Duration) -> String {
    let share = if all.is_zero() { 0.0 } else { part.as_secs_f64() / all.as_secs_f64() };
    format!("{:.1} %", 100.0 * share)
}

#[expect(clippy::cast_precision_loss, reason = "sizes far below 2^52")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
