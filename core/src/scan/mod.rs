//! The one pass over the text: every literal of every rule in one automaton.
//!
//! Knows bytes and numbers only, nothing of rules.

pub(crate) mod boundary;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::span::Span;

/// Finds every occurrence of every literal.
#[derive(Clone, Debug)]
pub(crate) struct Scanner {
    automaton: Option<AhoCorasick>,
}

/// The number of a literal in its [`Literals`].
pub(crate) type LiteralId = usize;

/// The literals of a scanner, each once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Literals {
    ids: HashMap<String, LiteralId>,
    texts: Vec<String>,
}

impl Literals {
    /// The number of `literal`, which is added where it is new.
    pub(crate) fn id(&mut self, literal: &str) -> LiteralId {
        match self.ids.entry(literal.to_owned()) {
            Entry::Occupied(entry) => *entry.get(),
            Entry::Vacant(entry) => {
                self.texts.push(literal.to_owned());
                *entry.insert(self.texts.len() - 1)
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }
}

impl Scanner {
    /// A scanner for `literals`; the message says why there can be none.
    pub(crate) fn new(literals: &Literals) -> Result<Scanner, String> {
        if literals.texts.is_empty() {
            return Ok(Scanner { automaton: None });
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&literals.texts)
            .map_err(|error| error.to_string())?;
        Ok(Scanner { automaton: Some(automaton) })
    }

    /// Every occurrence of every literal, overlapping ones too, in order of their ends.
    pub(crate) fn overlapping<'h>(&'h self, text: &'h str) -> impl Iterator<Item = (LiteralId, Span)> + 'h {
        self.automaton
            .iter()
            .flat_map(move |automaton| automaton.find_overlapping_iter(text))
            .map(|found| (found.pattern().as_usize(), Span::new(found.start(), found.end())))
    }
}

/// The occurrences that remain when, from left to right, the longest at the leftmost place is taken
/// and what overlaps it is passed over.
pub(crate) fn leftmost_longest<T>(occurrences: &mut Vec<T>, span: impl Fn(&T) -> Span) {
    occurrences.sort_by_key(|one| (span(one).start, std::cmp::Reverse(span(one).end)));
    let mut end = 0;
    occurrences.retain(|one| {
        let fits = span(one).start >= end;
        if fits {
            end = span(one).end;
        }
        fits
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scanner(words: &[&str]) -> Scanner {
        let mut literals = Literals::default();
        for word in words {
            literals.id(word);
        }
        Scanner::new(&literals).unwrap()
    }

    #[test]
    fn nested_and_straddling() {
        let found: Vec<_> = scanner(&["国家级", "国家", "级开"]).overlapping("国家级开").collect();
        assert_eq!(found, [(1, Span::new(0, 6)), (0, Span::new(0, 9)), (2, Span::new(6, 12))]);
    }

    #[test]
    fn longest_from_the_left() {
        let mut found: Vec<_> = scanner(&["国家级", "国家", "级开", "开发"]).overlapping("国家级开发").collect();
        leftmost_longest(&mut found, |one| one.1);
        assert_eq!(found, [(0, Span::new(0, 9)), (3, Span::new(9, 15))]);
    }

    #[test]
    fn no_literals() {
        assert_eq!(scanner(&[]).overlapping("国家").count(), 0);
    }
}
