//! Texts made to be slow: the time and the findings grow no faster than the text.

use std::cell::Cell;

use baguan::{Gate, Report, Severity};

use crate::Bench;
use crate::cases::cases;
use crate::literals::starts;
use crate::measure::{cost, time};

/// How much longer the longer text is.
const FACTOR: usize = 8;

/// Reviews every case at two sizes.
pub(crate) fn run(bench: &Bench) {
    let short = if bench.once { 4_000 } else { 1_000_000 };
    println!("{:36} {:>10} {:>9} {:>9} {:>6}", "text", "found", "ns/byte", "8 × text", "ratio");
    for case in cases(starts()) {
        let texts = [case.text(short), case.text(FACTOR * short)];
        let counts = [Cell::new(0), Cell::new(0)];
        let review = |n: usize| {
            counts[n].set(found(&bench.reviewer.review(&texts[n])));
            counts[n].get()
        };
        let rounds = if bench.once { 1 } else { 3 };
        let least = |n: usize| (0..rounds).map(|_| time(&|| review(n))).min().expect("a round");
        let costs = [0, 1].map(|n| cost(texts[n].len(), least(n)));
        let [few, many] = counts.map(|count| count.get());
        // Texts end where a piece ends, and their ends may be worth a finding.
        let [short, long] = [texts[0].len(), texts[1].len()];
        assert!(
            many * short <= (few + 2) * long,
            "{}: {few} found in {short} bytes, {many} in {long}",
            case.name
        );
        if !bench.once {
            let name: String = case.name.chars().take(30).collect();
            println!("{name:36} {many:10} {:9.1} {:9.1} {:6.2}", costs[0], costs[1], costs[1] / costs[0]);
        }
    }
}

/// How much there is to say, listed or not.
fn found(report: &Report) -> usize {
    let counts = Gate::ALL.map(|gate| Severity::ALL.map(|severity| report.gate(gate).count(severity)));
    let put_aside = report.suppressed().len() + report.coverage().unlisted.suppressed;
    counts.iter().flatten().sum::<usize>() + put_aside
}
