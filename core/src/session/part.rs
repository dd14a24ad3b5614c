//! A part: a few whole lines of the draft and what the review says of them.

use crate::date::Date;
use crate::draft::Draft;
use crate::draft::mask::Context;
use crate::finding::Finding;
use crate::kinds::Candidate;
use crate::report::Suppressed;
use crate::reviewer::{Lines, Reviewer, Settled, Wakening, unwatched};
use crate::span::Span;
use crate::suppress::Marks;

/// A few whole lines of the draft and what the review says of them.
///
/// The places in it are counted from its base, so that nothing but its own place changes where it moves.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    pub(super) span: Span,
    /// How many blocks it has.
    pub(super) blocks: usize,
    /// What of comments lies in it.
    pub(super) comments: Vec<Span>,
    /// Whether a rule has asked for the day that the head of the draft names.
    pub(super) asks_head: bool,
    /// What the rules say of its lines, and the notes for the look at the whole.
    pub(super) lines: Lines,
    /// Its web and e-mail addresses.
    masked: Vec<(Span, Context)>,
    /// What the rules that look at the whole draft say of it.
    pub(super) whole: Vec<Candidate>,
    /// The ignore marks that hold in it.
    pub(super) marks: Marks,
    pub(super) settled: Settled,
}

impl Part {
    pub(super) fn new(span: Span) -> Part {
        Part { span, ..Part::default() }
    }

    /// The byte from which its places are counted: the line break before it belongs to it, for the rules that ask
    /// where a line or the draft begins.
    pub(super) fn base(&self) -> usize {
        self.span.start.saturating_sub(1)
    }

    /// It as a draft to look at.
    pub(super) fn draft<'t>(&self, text: &'t str, reviewer: &Reviewer, head_day: Option<Date>) -> Draft<'t> {
        reviewer.draft(&text[self.base()..self.span.end]).piece(self.comments.clone(), head_day)
    }

    /// Looks at its lines.
    pub(super) fn look(&mut self, draft: &Draft<'_>, reviewer: &Reviewer, wakening: &mut Wakening) {
        self.lines = reviewer.look_at_lines(draft, wakening, &mut unwatched);
        self.blocks = draft.blocks().len();
        self.asks_head = draft.has_asked_head();
        let inside = draft.masked().filter(|(_, context)| *context != Context::Comment);
        self.masked = inside.collect();
    }

    /// Settles what was said of it.
    pub(super) fn settle(&mut self, draft: &Draft<'_>, reviewer: &Reviewer) {
        let candidates = self.lines.candidates.iter().chain(&self.whole).cloned().collect();
        self.settled = reviewer.settle(candidates, draft, &self.marks, usize::MAX);
    }

    /// Its findings, with the places they have where its base is at `base`.
    pub(super) fn findings(&self, base: usize) -> impl Iterator<Item = Finding> {
        self.settled.findings.iter().map(move |finding| finding.shifted(base))
    }

    /// Its web and e-mail addresses, with the places in the draft.
    pub(super) fn masked(&self) -> impl Iterator<Item = (Span, Context)> {
        self.masked.iter().map(|(span, context)| (span.shifted(self.base()), *context))
    }

    /// What was put aside in it, with the places in the draft.
    pub(super) fn suppressed(&self) -> impl Iterator<Item = Suppressed> {
        self.settled.suppressed.iter().map(|put_aside| Suppressed {
            finding: put_aside.finding.shifted(self.base()),
            reason: put_aside.reason.clone(),
        })
    }
}

/// Cuts a text of whole lines that starts at `start` of the draft into parts.
pub(super) fn cut(text: &str, start: usize) -> Vec<Part> {
    // Short lines are taken together, so that a part costs little beside its text.
    const LEAST: usize = 512;
    let bytes = text.as_bytes();
    let (mut parts, mut from) = (Vec::new(), 0);
    while from < bytes.len() || parts.is_empty() {
        let least = (from + LEAST - 1).min(bytes.len());
        let to = memchr::memchr(b'\n', &bytes[least..]).map_or(bytes.len(), |at| least + at + 1);
        parts.push(Part::new(Span::new(start + from, start + to)));
        from = to;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts() {
        let long = format!("{}\n", "甲".repeat(200));
        let short = "乙\n".repeat(130);
        for (text, expected) in [
            (String::new(), vec![0]),
            ("甲".to_owned(), vec![3]),
            ("甲\n乙\n".to_owned(), vec![8]),
            (format!("{long}{long}丙"), vec![601, 601, 3]),
            (format!("丙\r\n\r\n{long}\n"), vec![608, 1]),
            (short, vec![512, 8]),
        ] {
            let parts = cut(&text, 7);
            assert_eq!(parts.iter().map(|part| part.span.len()).collect::<Vec<_>>(), expected, "{text}");
            assert!(parts.windows(2).all(|pair| pair[0].span.end == pair[1].span.start));
            assert_eq!(parts[0].span.start, 7);
        }
    }
}
