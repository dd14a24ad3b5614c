//! `baguan classes`: the content classes and their policies.

use baguan::{Class, Gate, Severity, Verdict};

use crate::Exit;
use crate::args::ClassesArgs;
use crate::error::Error;
use crate::load;
use crate::output::table::aligned;
use crate::streams::Streams;

/// Prints a table of the classes.
pub(crate) fn run(args: &ClassesArgs, streams: &mut Streams<'_>) -> Result<Exit, Error> {
    let rules = load::rules(&args.rules.rules)?;
    let head = ["id", "title", "levels", "tags", "revise from", "block from"].map(str::to_owned);
    let rows: Vec<[String; 6]> = std::iter::once(head).chain(rules.classes().iter().map(row)).collect();
    for line in aligned(&rows) {
        writeln!(streams.stdout.writer, "{line}")?;
    }
    Ok(Exit::Pass)
}

fn row(class: &Class) -> [String; 6] {
    [
        class.id().to_owned(),
        class.title().to_owned(),
        class.levels().join(" → "),
        if class.tags().is_empty() { "-".to_owned() } else { class.tags().join(", ") },
        thresholds(class, Verdict::Revise),
        thresholds(class, Verdict::Block),
    ]
}

/// From which severity each gate gives that verdict; one word where all gates agree.
fn thresholds(class: &Class, verdict: Verdict) -> String {
    let least = |gate: Gate| {
        let reaches = |severity: &Severity| class.verdict(gate, *severity) >= verdict;
        Severity::ALL.into_iter().find(reaches).map_or("never", Severity::name)
    };
    let gates = Gate::ALL.map(|gate| (gate, least(gate)));
    if gates.iter().all(|(_, severity)| *severity == gates[0].1) {
        return gates[0].1.to_owned();
    }
    gates.map(|(gate, severity)| format!("{gate} {severity}")).join(", ")
}
