//! Overlaps: of two findings of one gate that share text, one stays.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::finding::{Gate, Severity};
use crate::order::sorted_places;
use crate::span::Span;

/// What decides between two findings that overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) gate: Gate,
    pub(crate) span: Span,
    pub(crate) severity: Severity,
    /// The more specific kind comes first.
    pub(crate) kind: usize,
}

/// For each claim the number of the one that takes its place, or none where it stays.
///
/// An empty place shares text with nothing beside it: what is missing there may be several things. The graver stays, then the longer, then the one of the more specific kind, then the earlier. Claims of
/// different gates do not meet: each gate answers for itself.
pub(crate) fn resolve(claims: &[Claim]) -> Vec<Option<usize>> {
    let weight = |n: usize| {
        let claim = claims[n];
        (Reverse(claim.severity), Reverse(claim.span.len()), claim.kind, claim.span.start)
    };
    let order = sorted_places(claims.len(), &|one, other| weight(one).cmp(&weight(other)));
    let mut winners = vec![None; claims.len()];
    // The claims that stay, by gate and place; none of one gate overlaps another.
    let mut kept: BTreeMap<(Gate, usize), usize> = BTreeMap::new();
    for n in order {
        let Claim { gate, span, .. } = claims[n];
        // Only the last one that starts before this one ends can reach into it.
        let meets = kept
            .range((gate, 0)..(gate, span.end.max(span.start + 1)))
            .next_back()
            .map(|(_, other)| *other)
            .filter(|other| claims[*other].span.overlaps(span));
        match meets {
            Some(other) => winners[n] = Some(other),
            None if span.is_empty() => {}
            None => {
                kept.insert((gate, span.start), n);
            }
        }
    }
    winners
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(gate: Gate, start: usize, end: usize, severity: Severity, kind: usize) -> Claim {
        Claim { gate, span: Span::new(start, end), severity, kind }
    }

    #[test]
    fn who_stays() {
        use Gate::{Legal, Wording};
        use Severity::{Error, Fatal, Hint};
        for (claims, expected) in [
            (vec![claim(Legal, 0, 6, Error, 1), claim(Legal, 3, 12, Error, 1)], vec![Some(1), None]),
            (vec![claim(Legal, 0, 6, Fatal, 1), claim(Legal, 3, 12, Hint, 1)], vec![None, Some(0)]),
            (vec![claim(Legal, 0, 6, Error, 2), claim(Legal, 0, 6, Error, 1)], vec![Some(1), None]),
            (vec![claim(Legal, 0, 6, Error, 1), claim(Wording, 0, 6, Error, 1)], vec![None, None]),
            (vec![claim(Legal, 0, 6, Error, 1), claim(Legal, 6, 9, Error, 1)], vec![None, None]),
            (vec![claim(Legal, 3, 3, Error, 1), claim(Legal, 3, 3, Hint, 1)], vec![None, None]),
            (vec![claim(Legal, 0, 6, Hint, 1), claim(Legal, 3, 3, Error, 1)], vec![None, None]),
            (vec![claim(Legal, 0, 6, Error, 1), claim(Legal, 3, 3, Hint, 1)], vec![None, Some(0)]),
            (
                vec![claim(Legal, 0, 3, Hint, 1), claim(Legal, 2, 9, Error, 1), claim(Legal, 8, 10, Hint, 1)],
                vec![Some(1), None, Some(1)],
            ),
        ] {
            assert_eq!(resolve(&claims), expected);
        }
    }
}
