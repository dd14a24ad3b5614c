//! What an edit changes among the findings.

use crate::finding::{Edit, Finding, Fix};
use crate::span::Span;

/// What appeared and what vanished with an edit.
///
/// A finding that only moved is neither: what starts at or behind the end of the edited range moves with the text
/// there, what ends at or before its start stays, and everything else about it is as it was. So whoever holds the
/// findings of before, leaves out the removed, moves the others and puts in the added holds the findings of now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The findings there were not, in text order.
    pub added: Vec<Finding>,
    /// The findings there are no more, in text order, with the places they had.
    pub removed: Vec<Finding>,
}

impl Change {
    /// What led from the findings `before` to those `after`, both in text order.
    pub(crate) fn between(before: &[Finding], after: &[Finding], moved: Move) -> Change {
        let mut change = Change::default();
        let mut rest = after;
        for old in before {
            let same = moved.span(old.span).and_then(|place| {
                let here = rest.partition_point(|new| new.span < place);
                let (new, others) = rest.split_at(here);
                change.added.extend_from_slice(new);
                rest = others;
                // Those of one place keep the order of their rules.
                let alike = others.iter().take_while(|new| new.span == place);
                alike.enumerate().find(|(_, new)| moved.leads(old, new)).map(|(at, _)| at)
            });
            match same {
                Some(at) => {
                    change.added.extend_from_slice(&rest[..at]);
                    rest = &rest[at + 1..];
                }
                None => change.removed.push(old.clone()),
            }
        }
        change.added.extend_from_slice(rest);
        change
    }
}

/// Where an edit moves what stands beside it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Move {
    range: Span,
    inserted: usize,
}

impl Move {
    /// The move by the edit that puts `inserted` bytes in the place of `range`.
    pub(crate) const fn new(range: Span, inserted: usize) -> Move {
        Move { range, inserted }
    }

    /// Where a place behind the edited range is after the edit; one before it stays.
    pub(crate) const fn at(self, at: usize) -> usize {
        if at < self.range.end { at } else { at - self.range.len() + self.inserted }
    }

    /// Where a place behind what the edit inserted was before it.
    pub(crate) const fn back(self, at: usize) -> usize {
        at - self.inserted + self.range.len()
    }

    /// Where `span` is after the edit, or none where the edit reaches into it.
    pub(crate) const fn span(self, span: Span) -> Option<Span> {
        if span.start >= self.range.end {
            Some(Span::new(self.at(span.start), self.at(span.end)))
        } else if span.end <= self.range.start {
            Some(span)
        } else {
            None
        }
    }

    /// Whether `new` is `old` moved.
    fn leads(self, old: &Finding, new: &Finding) -> bool {
        let Finding { rule, gate, severity, message, why, source, span, fixes, fingerprint } = old;
        self.span(*span) == Some(new.span)
            && (rule, gate, severity) == (&new.rule, &new.gate, &new.severity)
            && (message, why, source, fingerprint) == (&new.message, &new.why, &new.source, &new.fingerprint)
            && fixes.len() == new.fixes.len()
            && fixes.iter().zip(&new.fixes).all(|(old, new)| self.leads_fix(old, new))
    }

    fn leads_fix(self, old: &Fix, new: &Fix) -> bool {
        let leads = |old: &Edit, new: &Edit| self.span(old.span) == Some(new.span) && old.text == new.text;
        old.safety == new.safety
            && old.edits.len() == new.edits.len()
            && old.edits.iter().zip(&new.edits).all(|(old, new)| leads(old, new))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moves() {
        for (range, inserted, span, expected) in [
            ((3, 6), 1, (0, 3), Some((0, 3))),
            ((3, 6), 1, (6, 9), Some((4, 7))),
            ((3, 6), 1, (5, 9), None),
            ((3, 6), 1, (0, 4), None),
            ((3, 6), 1, (3, 6), None),
            ((3, 3), 1, (3, 3), Some((4, 4))),
            ((3, 3), 1, (0, 3), Some((0, 3))),
            ((3, 3), 1, (0, 6), None),
            ((3, 6), 0, (6, 6), Some((3, 3))),
        ] {
            let moved = Move::new(Span::new(range.0, range.1), inserted).span(Span::new(span.0, span.1));
            assert_eq!(moved.map(|span| (span.start, span.end)), expected, "{range:?} {inserted} {span:?}");
        }
    }
}
