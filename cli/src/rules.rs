//! `baguan rules`: what the rules are and whether they hold.

use std::io::{self, Write};

use baguan::{Date, Gate, Rule, Ruleset, Severity, prove};
use serde::Serialize;

use crate::Exit;
use crate::args::{ListArgs, ListFormat, RulesCommand};
use crate::error::{Error, counted};
use crate::load;
use crate::output::table::aligned;
use crate::profile;
use crate::streams::Streams;

/// Carries out one of the commands about rules.
pub(crate) fn run(command: RulesCommand, streams: &mut Streams<'_>) -> Result<Exit, Error> {
    let out = &mut *streams.stdout.writer;
    match command {
        RulesCommand::Test { path } => test(&load::rules(path.as_slice())?, out),
        RulesCommand::List(args) => list(&args, out),
        RulesCommand::Explain { id, rules } => {
            let rules = load::rules(&rules.rules)?;
            load::known(&rules, &id)?;
            rules.rule(&id).map_or(Ok(()), |rule| explain(rule, out))?;
            Ok(Exit::Pass)
        }
        RulesCommand::Profile(args) => profile::run(&args, streams),
        RulesCommand::Stats { rules } => {
            stats(&load::rules(&rules.rules)?, out)?;
            Ok(Exit::Pass)
        }
    }
}

/// Prints every example that does not hold, and the counts.
fn test(rules: &Ruleset, out: &mut dyn Write) -> Result<Exit, Error> {
    let failures = prove(rules)?;
    for failure in &failures {
        writeln!(out, "{failure}")?;
    }
    let examples = rules.rules().iter().map(examples).sum();
    let (rules, examples) = (counted(rules.rules().len(), "rule"), counted(examples, "example"));
    writeln!(out, "{rules}, {examples}: {}", counted(failures.len(), "failure"))?;
    Ok(if failures.is_empty() { Exit::Pass } else { Exit::Stopped })
}

fn list(args: &ListArgs, out: &mut dyn Write) -> Result<Exit, Error> {
    let rules = load::rules(&args.rules.rules)?;
    if let Some(kind) = &args.kind {
        refuse_unknown_kind(kind, &rules)?;
    }
    let wanted = |rule: &&Rule| {
        args.gate.is_none_or(|gate| rule.gate() == gate)
            && args.kind.as_ref().is_none_or(|kind| rule.kind() == kind)
    };
    let listed: Vec<&Rule> = rules.rules().iter().filter(wanted).collect();
    match args.format {
        ListFormat::Text => list_text(&listed, rules.rules().len(), out)?,
        ListFormat::Json => {
            let views: Vec<RuleView> = listed.into_iter().map(RuleView::new).collect();
            serde_json::to_writer_pretty(&mut *out, &views).map_err(io::Error::from)?;
            writeln!(out)?;
        }
    }
    Ok(Exit::Pass)
}

fn refuse_unknown_kind(kind: &str, rules: &Ruleset) -> Result<(), Error> {
    let mut kinds: Vec<&str> = rules.rules().iter().map(Rule::kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.contains(&kind) {
        return Ok(());
    }
    Err(Error::Usage(format!("no rule of kind `{kind}`, expected one of {}", kinds.join(", "))))
}

fn list_text(listed: &[&Rule], all: usize, out: &mut dyn Write) -> io::Result<()> {
    let head = ["id", "severity", "kind", "tags", "message"].map(str::to_owned);
    let row = |rule: &&Rule| {
        [rule.id(), rule.severity().name(), rule.kind(), &tags(rule), &rule.message().replace('\n', " ")]
            .map(str::to_owned)
    };
    let rows: Vec<[String; 5]> = std::iter::once(head).chain(listed.iter().map(row)).collect();
    for line in aligned(&rows) {
        writeln!(out, "{line}")?;
    }
    if listed.len() == all {
        writeln!(out, "\n{}", counted(all, "rule"))
    } else {
        writeln!(out, "\n{} of {all}", counted(listed.len(), "rule"))
    }
}

fn tags(rule: &Rule) -> String {
    if rule.tags().is_empty() { "-".to_owned() } else { rule.tags().join(", ") }
}

/// A rule as data.
#[derive(Serialize)]
struct RuleView<'r> {
    id: &'r str,
    gate: Gate,
    severity: Severity,
    kind: &'static str,
    tags: &'r [String],
    message: String,
    why: &'r str,
    source: &'r str,
    since: Option<Date>,
    until: Option<Date>,
}

impl<'r> RuleView<'r> {
    fn new(rule: &'r Rule) -> RuleView<'r> {
        RuleView {
            id: rule.id(),
            gate: rule.gate(),
            severity: rule.severity(),
            kind: rule.kind(),
            tags: rule.tags(),
            message: rule.message(),
            why: rule.why(),
            source: rule.source(),
            since: rule.since(),
            until: rule.until(),
        }
    }
}

/// Prints the fields of a rule under the names they have in rulesets.
fn explain(rule: &Rule, out: &mut dyn Write) -> io::Result<()> {
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let measured = rule.measured().map(|m| format!("{} right of {}", m.right, counted(m.alarms, "alarm")));
    let fields = [
        ("gate", Some(format!("{} {}", rule.gate(), rule.gate().title()))),
        ("kind", Some(rule.kind().to_owned())),
        ("severity", Some(format!("{} {}", rule.severity(), rule.severity().title()))),
        ("tags", Some(tags(rule)).filter(|_| !rule.tags().is_empty())),
        ("message", Some(rule.message())),
        ("why", Some(rule.why().to_owned())),
        ("source", Some(rule.source().to_owned())),
        ("since", day(rule.since())),
        ("until", day(rule.until())),
        ("measured", measured),
        ("bad_as_of", day(rule.examples_as_of())),
    ];
    writeln!(out, "{}\n", rule.id())?;
    let given = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let examples = rule.bad().map(|text| ("bad", text)).chain(rule.good().map(|text| ("good", text)));
    for (name, value) in given.chain(examples.map(|(name, text)| (name, text.to_owned()))) {
        // Under the first line of a value stand its others.
        writeln!(out, "  {name:<9}  {}", value.trim_end().replace('\n', &format!("\n{:13}", "")))?;
    }
    writeln!(out, "\n{}", rule.place())
}

fn stats(rules: &Ruleset, out: &mut dyn Write) -> io::Result<()> {
    let rules = rules.rules();
    let mut kinds: Vec<&str> = rules.iter().map(Rule::kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let gates = Gate::ALL.map(|gate| row("gate", gate.name(), rules, |rule| rule.gate() == gate));
    let severities =
        Severity::ALL.map(|own| row("severity", own.name(), rules, |rule| rule.severity() == own));
    let kinds = kinds.into_iter().map(|kind| row("kind", kind, rules, |rule| rule.kind() == kind));
    let head = ["by", "name", "rules", "rows"].map(str::to_owned);
    let all: Vec<[String; 4]> = [head].into_iter().chain(gates).chain(severities).chain(kinds).collect();
    for line in aligned(&all) {
        writeln!(out, "{line}")?;
    }
    writeln!(
        out,
        "\n{}, {} in lists, {} examples",
        counted(rules.len(), "rule"),
        counted(rules.iter().map(Rule::rows).sum(), "row"),
        rules.iter().map(examples).sum::<usize>()
    )
}

/// How many of `rules` are wanted, and how many rows their lists have.
fn row(what: &str, name: &str, rules: &[Rule], wanted: impl Fn(&Rule) -> bool) -> [String; 4] {
    let wanted = rules.iter().filter(|rule| wanted(rule));
    let (count, rows) = wanted.fold((0, 0), |(count, rows), rule| (count + 1, rows + rule.rows()));
    [what.to_owned(), name.to_owned(), count.to_string(), rows.to_string()]
}

fn examples(rule: &Rule) -> usize {
    rule.bad().count() + rule.good().count()
}
