//! How time grows with the text and with the rules.

use std::time::Instant;

use baguan::{Reviewer, Ruleset};
use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};

use crate::Bench;
use crate::measure::{medians, speed, time};
use crate::speed::{daachorse, scanned};
use crate::texts::{Text, term_rule, terms as make_terms};

/// Looks for more and more terms of a user's own, beside daachorse.
pub(crate) fn terms(bench: &Bench) {
    let (bytes, counts) =
        if bench.once { (100_000, &[1000][..]) } else { (8_000_000, &[1000, 10_000, 100_000][..]) };
    for text in if bench.once { vec![Text::generated()] } else { vec![Text::generated(), Text::best()] } {
        let draft = text.draft(bytes);
        println!("{} text, {} bytes", text.name, draft.len());
        for count in counts {
            let terms = make_terms(&draft, *count);
            let start = Instant::now();
            let rules = Ruleset::parse("terms.toml", &term_rule(&terms)).expect("a rule");
            let reviewer = Reviewer::new(rules).expect("one rule");
            let build = start.elapsed();
            let daac = daachorse(&terms);
            let scan = || scanned(&reviewer, &draft);
            if text.name == "generated" {
                // Nothing in it is folded, so the same places are found.
                assert_eq!(scan(), overlapping(&terms).find_overlapping_iter(&draft).count());
            }
            if bench.once {
                continue;
            }
            let bare = || daac.leftmost_find_iter(&draft).count();
            let whole = || reviewer.review(&draft).findings().len();
            let engines: [&dyn Fn() -> usize; 3] = [&bare, &scan, &whole];
            let times = medians(5, &engines);
            let [bare, scan, whole] = [0, 1, 2].map(|n| speed(draft.len(), times[n]));
            println!(
                "{count:7} terms, {} found: daachorse {bare:.1} MB/s, scan with folding {scan:.1} MB/s ({:.2} of it), \
                 review {whole:.1} MB/s; rules read and compiled in {:.1} ms",
                engines[1](),
                scan / bare,
                1e3 * build.as_secs_f64()
            );
        }
    }
}

fn overlapping(terms: &[String]) -> CharwiseDoubleArrayAhoCorasick<u32> {
    CharwiseDoubleArrayAhoCorasickBuilder::new().build(terms).expect("few terms, each once")
}

/// Reviews the same text once and many times over, in lines and in one line.
pub(crate) fn text(bench: &Bench) {
    let (bytes, times): (usize, &[usize]) =
        if bench.once { (100_000, &[1]) } else { (1_000_000, &[1, 4, 16, 64]) };
    let lines = Text::best().draft(bytes);
    let line = lines.replace(['\n', '\r'], "");
    for (name, text) in [("lines", lines), ("one line", line)] {
        for times in times {
            let draft = text.repeat(*times);
            let review = || bench.reviewer.review(&draft).findings().len();
            let found = review();
            if bench.once {
                println!("{} bytes, {name}: {found} found", draft.len());
            } else {
                let speed = speed(draft.len(), time(&review));
                println!("{:9} bytes, {name:8}: {found:7} found, {speed:7.1} MB/s", draft.len());
            }
        }
    }
}
