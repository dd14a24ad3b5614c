//! Benchmarks that are tests: every engine must give the count that its definition expects.
//!
//! Prints the ratios of one run, for machines are noisy and only ratios within a run compare. `--test` runs each
//! engine once on little text and checks the counts. Names of sections run those alone.

#![expect(clippy::print_stdout, reason = "a benchmark prints its tables")]

mod cases;
mod growth;
mod literals;
mod measure;
mod session;
mod speed;
mod texts;
mod worst;

use baguan::{Reviewer, Ruleset};

/// What a section runs with.
struct Bench {
    reviewer: Reviewer,
    /// Whether counts are checked and nothing is timed.
    once: bool,
}

type Section = fn(&Bench);

fn main() {
    let mut names: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let once = names.iter().any(|name| name == "--test");
    names.retain(|name| !name.starts_with("--"));
    let reviewer = Reviewer::new(Ruleset::standard()).expect("the standard rules hold");
    let bench = Bench { reviewer, once };
    let sections: [(&str, Section); 5] = [
        ("speed", speed::run),
        ("terms", growth::terms),
        ("session", session::run),
        ("worst", worst::run),
        ("growth", growth::text),
    ];
    for (name, run) in sections {
        if names.is_empty() || names.iter().any(|wanted| wanted == name) {
            println!("\n# {name}");
            run(&bench);
        }
    }
}
