//! The one pass over the text: every literal of every rule, found by a filter and a trie.
//!
//! Knows characters and numbers only, nothing of rules. The text is taken as it is and folded as it is read: one look
//! gives the class of what a character folds to, or that it is passed over. Characters that occur in no literal are all
//! of class 0, which can neither start nor continue one. A filter over neighbouring classes and the first steps in a trie
//! leave the few places where a literal may start; there the trie is walked. Nothing is carried from place to place, so overlapping literals are all
//! found.

pub(crate) mod boundary;
mod chunk;
mod classes;
mod grams;
mod trie;

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::draft::read::Reader;
use crate::order::sort_by_key;
use crate::scan::chunk::Chunk;
use crate::scan::classes::{Classes, different};
use crate::scan::grams::Grams;
use crate::scan::trie::{Branches, Trie};
use crate::span::Span;

/// Finds every occurrence of every literal, whatever folds to it.
#[derive(Clone, Debug)]
pub(crate) struct Scanner {
    classes: Classes,
    grams: Grams,
    trie: Trie,
    /// The length of the longest literal in characters.
    longest: usize,
}

/// A scanner as it is kept in a file.
#[derive(Serialize, Deserialize)]
pub(crate) struct PackedScanner<'p> {
    /// The characters of the literals in the order of their classes, which are 1, 2, 3 …
    #[serde(borrow)]
    chars: Cow<'p, str>,
    #[serde(borrow)]
    states: Cow<'p, [u8]>,
    /// The literals in the order of the states at which they end.
    ends: Vec<u32>,
    longest: usize,
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

/// What a scan writes on; kept from scan to scan so that nothing is allocated anew.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    chunk: Chunk,
    starts: Vec<usize>,
}

impl Scanner {
    /// A scanner for `literals`; the message says why there can be none.
    pub(crate) fn new(literals: &Literals, reader: &Reader) -> Result<Scanner, String> {
        let texts: Vec<&str> = literals.texts.iter().map(String::as_str).collect();
        Scanner::of(&texts, reader)
    }

    /// A scanner for literals of which none stands twice; each is folded as `reader` does, and known by its place among
    /// them.
    pub(crate) fn of(literals: &[&str], reader: &Reader) -> Result<Scanner, String> {
        let (mut branches, mut longest) = (Branches::with_room(literals.len()), 0);
        for (id, literal) in literals.iter().enumerate() {
            longest = longest.max(branches.add(literal, id));
        }
        // Those that are literals by themselves come last: so they are told by their classes.
        let singles: HashSet<char> =
            branches.chars().filter_map(|(char, is_single)| is_single.then_some(char)).collect();
        let chars = different(branches.chars().map(|(char, _)| char));
        let (singles, others): (Vec<char>, Vec<char>) =
            chars.into_iter().partition(|char| singles.contains(char));
        let classes = Classes::new(others.into_iter().chain(singles).collect(), reader)?;
        let trie = Trie::new(&branches, |char| classes.of_char(char), classes.count());
        Ok(Scanner { grams: Grams::new(&trie.heads(), classes.count()), trie, longest, classes })
    }

    /// The literals by their numbers.
    pub(crate) fn literals(&self) -> Vec<String> {
        let chars = self.classes.chars();
        let text = |codes: Vec<u16>| codes.iter().map(|code| chars[usize::from(*code) - 1]).collect();
        self.trie.literals().into_iter().map(text).collect()
    }

    pub(crate) fn pack(&self) -> PackedScanner<'_> {
        let (states, ends) = self.trie.pack();
        let chars = String::from_iter(self.classes.chars()).into();
        PackedScanner { chars, states: states.into(), ends, longest: self.longest }
    }

    /// The scanner that was packed, with the number of its literals; none where that is no scanner.
    pub(crate) fn unpack(packed: &PackedScanner<'_>, reader: &Reader) -> Option<(Scanner, usize)> {
        let classes = Classes::new(packed.chars.chars().collect(), reader).ok()?;
        let trie = Trie::unpack(&packed.states, &packed.ends, classes.count())?;
        let grams = Grams::new(&trie.heads(), classes.count());
        Some((Scanner { grams, trie, longest: packed.longest, classes }, packed.ends.len()))
    }

    /// Calls `found` with every occurrence of every literal in `text`, overlapping ones too, in order of their starts.
    pub(crate) fn scan(&self, text: &str, scratch: &mut Scratch, mut found: impl FnMut(LiteralId, Span)) {
        let Scratch { chunk, starts } = scratch;
        let mut from = 0;
        while from < text.len() {
            let rest = &text[from..];
            let next = chunk.read(rest, &self.classes, self.longest);
            let (codes, mut places) = (chunk.codes(), chunk.places(rest));
            starts.resize(starts.len().max(chunk.own()), 0);
            let kept = self.grams.filter(codes, chunk.own(), starts);
            let kept = self.trie.sift(&mut starts[..kept], codes);
            for start in starts[..kept].iter().copied() {
                self.trie.walk(&codes[start..], |literal, len| {
                    found(literal, places.span(start, len).shifted(from));
                });
            }
            from += next;
        }
    }
}

/// The occurrences that remain when, from left to right, the longest at the leftmost place is taken
/// and what overlaps it is passed over.
pub(crate) fn leftmost_longest<T>(occurrences: &mut Vec<T>, span: impl Fn(&T) -> Span) {
    sort_by_key(occurrences, |one| (span(one).start, std::cmp::Reverse(span(one).end)));
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
    use aho_corasick::AhoCorasick;
    use proptest::prelude::*;

    use super::*;
    use crate::scan::chunk::CHUNK;

    fn scanner(words: &[&str]) -> Scanner {
        let mut literals = Literals::default();
        for word in words {
            literals.id(word);
        }
        Scanner::new(&literals, &Reader::new()).unwrap()
    }

    fn scan(words: &[&str], text: &str) -> Vec<(LiteralId, Span)> {
        let mut found = Vec::new();
        scanner(words).scan(text, &mut Scratch::default(), |literal, span| found.push((literal, span)));
        found
    }

    #[test]
    fn nested_and_straddling() {
        let found = scan(&["国家级", "国家", "级开"], "国家级开");
        assert_eq!(found, [(1, Span::new(0, 6)), (0, Span::new(0, 9)), (2, Span::new(6, 12))]);
    }

    #[test]
    fn of_every_length_and_plane() {
        let found = scan(&["a", "😀", "😀b", "ab😀", "一二三四五六七八九十"], "ab😀b一二三四五六七八九十");
        let spans: Vec<(LiteralId, usize, usize)> =
            found.iter().map(|(id, span)| (*id, span.start, span.end)).collect();
        assert_eq!(spans, [(0, 0, 1), (3, 0, 6), (1, 2, 6), (2, 2, 7), (4, 7, 37)]);
    }

    #[test]
    fn over_the_ends_of_chunks() {
        let text = "甲乙丙".repeat(5000);
        let found = scan(&["乙丙甲", "丙"], &text);
        let expected: Vec<(LiteralId, Span)> = (0..5000)
            .flat_map(|n| [(0, Span::new(9 * n + 3, 9 * n + 12)), (1, Span::new(9 * n + 6, 9 * n + 9))])
            .filter(|(_, span)| span.end <= text.len())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn longest_from_the_left() {
        let mut found = scan(&["国家级", "国家", "级开", "开发"], "国家级开发");
        leftmost_longest(&mut found, |one| one.1);
        assert_eq!(found, [(0, Span::new(0, 9)), (3, Span::new(9, 15))]);
    }

    /// A generous alphabet of few characters, so that random words occur, nest and straddle.
    fn word(most: usize) -> impl Strategy<Value = String> {
        let char = prop::sample::select(vec!['国', '家', '级', 'a', 'b', 'é', '😀', '𠀀', ',']);
        prop::collection::vec(char, 1..=most).prop_map(String::from_iter)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn finds_what_aho_corasick_finds(words in prop::collection::vec(word(6), 1..30), text in word(200)) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let mut found: Vec<(&str, Span)> = scan(&words, &text).into_iter().map(|(_, span)| (&text[span], span)).collect();
            let automaton = AhoCorasick::new(&words).unwrap();
            let mut expected: Vec<(&str, Span)> = automaton
                .find_overlapping_iter(&text)
                .map(|one| (&text[one.range()], Span::from(one.range())))
                .collect();
            found.sort();
            expected.sort();
            expected.dedup();
            prop_assert_eq!(found, expected);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn finds_what_is_in_the_folded_text(
            words in prop::collection::vec(word(4), 1..30),
            text in prop::collection::vec(prop::sample::select(UNFOLDED.to_vec()), 0..200),
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let text = String::from_iter(text);
            let view = Reader::new().read(&text).view;
            let folded = scan(&words, view.text());
            let expected: Vec<(LiteralId, Span)> =
                folded.into_iter().map(|(literal, span)| (literal, view.original(span))).collect();
            prop_assert_eq!(scan(&words, &text), expected);
        }
    }

    /// What folds to the characters of random words, what is passed over, and what is neither.
    const UNFOLDED: [char; 20] = [
        '国', '國', '囯', '家', '级', '級', 'a', 'A', 'Ａ', 'b', 'é', 'É', '😀', '𠀀', ',', '，', '　',
        '\u{200b}', 'Ⱥ', '\n',
    ];

    #[test]
    fn a_very_long_literal() {
        let long = "甲乙".repeat(5000);
        assert_eq!(scan(&[&long], &format!("丙{long}")), [(0, Span::new(3, 30_003))]);
    }

    #[test]
    fn nothing_to_find() {
        assert_eq!(scan(&[], "国家"), []);
        assert_eq!(scan(&[], &"国家".repeat(CHUNK)), []);
        assert_eq!(scan(&["国家"], ""), []);
        assert_eq!(scan(&["国家"], "国"), []);
    }
}
