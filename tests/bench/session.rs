//! Keystrokes in a long draft.

use std::time::{Duration, Instant};

use baguan::{Session, Span};

use crate::Bench;
use crate::measure::quantile;
use crate::texts::{Random, Text};

/// Types and deletes in a draft of 100 KB, a word here and a word there.
pub(crate) fn run(bench: &Bench) {
    const BYTES: usize = 100_000;
    let words = if bench.once { 20 } else { 500 };
    let mut session = Session::new(bench.reviewer.clone(), Text::best().draft(BYTES));
    let mut random = Random::new();
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..words {
        let mut at = session.text().floor_char_boundary(random.below(session.text().len()));
        for typed in ["部", "署", "，", "一"] {
            times.push(keystroke(&mut session, Span::new(at, at), typed));
            at += typed.len();
        }
        times.push(keystroke(&mut session, Span::new(at - "一".len(), at), ""));
    }
    let fresh = bench.reviewer.review(session.text());
    assert!(*session.report() == fresh, "a session says what a fresh review says");
    println!(
        "{} keystrokes in {} bytes, {} found",
        times.len(),
        session.text().len(),
        fresh.findings().len()
    );
    if !bench.once {
        for (name, share) in [("median", 0.5), ("p99", 0.99), ("slowest", 1.0)] {
            println!("{name:8} {:8.1} µs", 1e6 * quantile(times.clone(), share).as_secs_f64());
        }
    }
}

fn keystroke(session: &mut Session, range: Span, typed: &str) -> Duration {
    let start = Instant::now();
    session.edit(range, typed).expect("a place in the text");
    start.elapsed()
}
