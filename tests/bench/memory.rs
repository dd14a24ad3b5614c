//! What compiled rules and reviews take of memory.

#![expect(clippy::print_stdout, reason = "a benchmark prints its tables")]

mod cases;
mod literals;

use baguan::{Reviewer, Ruleset};
use peak_alloc::PeakAlloc;

use crate::cases::cases;
use crate::literals::starts;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

fn main() {
    let once = std::env::args().any(|arg| arg == "--test");
    let before = HEAP.current_usage();
    let reviewer = Reviewer::new(Ruleset::standard()).expect("the standard rules hold");
    println!("compiled standard rules: {:.2} MB of heap", megabytes(HEAP.current_usage() - before));
    println!("{:36} {:>12} {:>12}", "bytes of heap a byte of text", "1 ×", "8 ×");
    let short = if once { 4_000 } else { 1_000_000 };
    for case in cases(starts()) {
        let [few, many] = [short, 8 * short].map(|bytes| peak(&reviewer, &case.text(bytes)));
        let name: String = case.name.chars().take(30).collect();
        println!("{name:36} {few:12.1} {many:12.1}");
        // What a review takes whatever the text shows in short ones.
        assert!(once || many <= MOST, "{name}: {many:.1} bytes a byte of text");
    }
}

/// The most that a review may take: bytes a byte of text.
const MOST: f64 = 300.0;

/// The most heap that a review of `text` takes at a time, report included, by the byte of text.
#[expect(clippy::cast_precision_loss, reason = "sizes far below 2^52")]
fn peak(reviewer: &Reviewer, text: &str) -> f64 {
    HEAP.reset_peak_usage();
    let before = HEAP.current_usage();
    let report = reviewer.review(text);
    let taken = HEAP.peak_usage() - before;
    drop(report);
    taken as f64 / text.len().max(1) as f64
}

#[expect(clippy::cast_precision_loss, reason = "sizes far below 2^52")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
