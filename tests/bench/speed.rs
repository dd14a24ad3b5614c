//! A whole review and its stages beside bare scans for the same words.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use baguan::{Reviewer, Rule, Step};
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};

use crate::Bench;
use crate::literals::literals;
use crate::measure::{medians, speed};
use crate::texts::Text;

/// The findings a whole review of the generated text must give.
const GENERATED_FINDINGS: usize = 2443;

/// Prints all engines on all texts.
pub(crate) fn run(bench: &Bench) {
    let Bench { reviewer, once } = bench;
    let words = literals();
    println!("{} rules, {} words in the bare automata", reviewer.rules().len(), words.len());
    let (aho, daac) = (aho_corasick(&words), daachorse(&words));
    let published = if *once { None } else { Text::published() };
    for text in [Text::generated()].into_iter().chain(published) {
        println!("\n{}: {} documents, {} bytes", text.name, text.documents.len(), text.bytes());
        let over = |engine: &dyn Fn(&str) -> usize| text.documents.iter().map(|draft| engine(draft)).sum();
        let decode = || over(&|draft| draft.chars().filter(|c| *c == '\u{10ffff}').count());
        let aho = || over(&|draft| aho.find_iter(draft).count());
        let daac = || over(&|draft| daac.leftmost_find_iter(draft).count());
        let scan = || over(&|draft| scanned(reviewer, draft));
        let whole = || over(&|draft| reviewer.review(draft).findings().len());
        let names = ["decode", "aho-corasick", "daachorse", "scan with folding", "whole review"];
        let engines: [&dyn Fn() -> usize; 5] = [&decode, &aho, &daac, &scan, &whole];
        let counts = engines.map(|engine| engine());
        assert_eq!(counts, engines.map(|engine| engine()), "every engine counts alike every time");
        assert_eq!(counts[1], counts[2], "the bare automata find the same");
        if text.name == "generated" {
            assert_eq!(counts[4], GENERATED_FINDINGS, "a whole review of the generated text");
        }
        if *once {
            println!("{names:?}: {counts:?}");
            continue;
        }
        println!("{:18} {:>9} {:>9} {:>8} {:>8}", "engine", "found", "MB/s", "÷ aho", "÷ daac");
        let speeds: Vec<f64> =
            medians(7, &engines).into_iter().map(|time| speed(text.bytes(), time)).collect();
        for ((name, count), own) in names.iter().zip(counts).zip(&speeds) {
            println!("{name:18} {count:9} {own:9.1} {:8.3} {:8.3}", own / speeds[1], own / speeds[2]);
        }
        println!("\nshares of a whole review:");
        for (step, share) in shares(reviewer, &text.documents) {
            println!("{step:18} {:6.1} %", 100.0 * share);
        }
    }
    short_draft(bench);
}

/// The median time of a review of a draft of 3,000 characters.
fn short_draft(bench: &Bench) {
    const CHARS: usize = 3000;
    const ROUNDS: usize = 500;
    let draft: String = Text::best().draft(4 * CHARS).chars().take(CHARS).collect();
    let review = || bench.reviewer.review(&draft).findings().len();
    if bench.once {
        println!("a draft of {CHARS} characters: {} found", review());
        return;
    }
    let time = medians(ROUNDS, &[&review])[0];
    println!("\na draft of {CHARS} characters: {:.1} µs", 1e6 * time.as_secs_f64());
}

/// How many places of literals the scan finds, folding included.
pub(crate) fn scanned(reviewer: &Reviewer, draft: &str) -> usize {
    let mut count = 0;
    reviewer.scan_only(draft, |_| count += 1);
    count
}

pub(crate) fn aho_corasick(words: &[String]) -> AhoCorasick {
    AhoCorasick::builder()
        .match_kind(aho_corasick::MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(words)
        .expect("few words")
}

pub(crate) fn daachorse(words: &[String]) -> CharwiseDoubleArrayAhoCorasick<u32> {
    CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(daachorse::MatchKind::LeftmostLongest)
        .build(words)
        .expect("few words, each once")
}

/// What part of the time each step and each kind of rule takes, the dearest kind first. The clock is read at every
/// step, which makes many small steps look dearer than they are.
fn shares(reviewer: &Reviewer, documents: &[String]) -> Vec<(String, f64)> {
    let kinds: Vec<&str> = reviewer.rules().iter().map(Rule::kind).collect();
    let mut times: BTreeMap<String, Duration> = BTreeMap::new();
    for document in documents {
        let mut last = Instant::now();
        reviewer.review_watched(document, &mut |step| {
            let name = match step {
                Step::Draft => "draft",
                Step::Scan => "scan",
                Step::Rule(rule) => kinds[rule],
                Step::Report => "report",
            };
            let now = Instant::now();
            let took = now - std::mem::replace(&mut last, now);
            match times.get_mut(name) {
                Some(time) => *time += took,
                None => drop(times.insert(name.to_owned(), took)),
            }
        });
    }
    let all: Duration = times.values().sum();
    let mut shares: Vec<(String, f64)> =
        times.into_iter().map(|(name, time)| (name, time.div_duration_f64(all))).collect();
    shares.sort_by(|one, other| other.1.total_cmp(&one.1));
    shares
}
