//! For those who measure: the steps of a review, and the scan by itself.

use crate::reviewer::Reviewer;
use crate::span::Span;

/// A step of a review that has ended, for those who measure.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The text was read as a draft.
    Draft,
    /// A block was scanned.
    Scan,
    /// The rule of this number looked at a block, at the lines or at the whole.
    Rule(usize),
    /// The report was made.
    Report,
}

/// Watches nothing, at no cost.
pub(crate) fn unwatched(_: Step) {}

impl Reviewer {
    /// Calls `found` with the place of every literal of every rule in `text`: the scan with the folding that it needs,
    /// and nothing else.
    #[doc(hidden)]
    pub fn scan_only(&self, text: &str, mut found: impl FnMut(Span)) {
        let mut wakening = self.compiled.spare.take();
        self.compiled.ready.scanner.scan(text, &mut wakening.scratch, |_, place| found(place));
        self.compiled.spare.put(wakening, text);
    }
}
