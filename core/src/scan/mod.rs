//! The one pass over the text: every literal of every rule, found by a filter and a trie.
//!
//! Knows characters and numbers only, nothing of rules. Characters that occur in no literal are all of class 0, which
//! can neither start nor continue one. A filter over neighbouring classes leaves the few places where a literal may
//! start; there a trie is walked. Nothing is carried from place to place, so overlapping literals are all found.

pub(crate) mod boundary;
mod grams;
mod trie;

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::scan::grams::Grams;
use crate::scan::trie::Trie;
use crate::span::Span;

/// Finds every occurrence of every literal.
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
    codes: Vec<u16>,
    places: Vec<u32>,
    starts: Vec<u32>,
}

impl Scanner {
    /// A scanner for `literals`; the message says why there can be none.
    pub(crate) fn new(literals: &Literals) -> Result<Scanner, String> {
        let texts: Vec<&str> = literals.texts.iter().map(String::as_str).collect();
        Scanner::of(&texts)
    }

    /// A scanner for literals of which none stands twice; each is known by its place among them.
    pub(crate) fn of(literals: &[&str]) -> Result<Scanner, String> {
        // Those that are literals by themselves come last: so they are told by their classes.
        let chars = different(literals.iter().flat_map(|text| text.chars()));
        let singles: HashSet<&str> =
            literals.iter().copied().filter(|text| text.chars().nth(1).is_none()).collect();
        let (singles, others): (Vec<char>, Vec<char>) =
            chars.into_iter().partition(|char| singles.contains(&*char.encode_utf8(&mut [0; 4])));
        let classes = Classes::new(others.into_iter().chain(singles))?;
        let (mut codes, mut ends) = (Vec::new(), Vec::with_capacity(literals.len()));
        for literal in literals {
            codes.extend(literal.chars().map(|char| classes.of_char(char)));
            ends.push(codes.len());
        }
        let starts = std::iter::once(&0).chain(&ends);
        let mut sorted: Vec<(&[u16], LiteralId)> =
            starts.zip(&ends).enumerate().map(|(id, (start, end))| (&codes[*start..*end], id)).collect();
        sorted.sort_unstable();
        let trie = Trie::new(&sorted, classes.count);
        let longest = sorted.iter().map(|(codes, _)| codes.len()).max().unwrap_or(0);
        Ok(Scanner { grams: Grams::new(&trie.heads(), classes.count), trie, longest, classes })
    }

    /// The literals by their numbers.
    pub(crate) fn literals(&self) -> Vec<String> {
        let chars: Vec<char> = self.classes.chars().chars().collect();
        let text = |codes: Vec<u16>| codes.iter().map(|code| chars[usize::from(*code) - 1]).collect();
        self.trie.literals().into_iter().map(text).collect()
    }

    pub(crate) fn pack(&self) -> PackedScanner<'_> {
        let (states, ends) = self.trie.pack();
        let chars = self.classes.chars().into();
        PackedScanner { chars, states: states.into(), ends, longest: self.longest }
    }

    /// The scanner that was packed, with the number of its literals; none where that is no scanner.
    pub(crate) fn unpack(packed: &PackedScanner<'_>) -> Option<(Scanner, usize)> {
        let classes = Classes::new(packed.chars.chars()).ok()?;
        let trie = Trie::unpack(&packed.states, &packed.ends, classes.count)?;
        let grams = Grams::new(&trie.heads(), classes.count);
        Some((Scanner { grams, trie, longest: packed.longest, classes }, packed.ends.len()))
    }

    /// Calls `found` with every occurrence of every literal, overlapping ones too, in order of their starts.
    pub(crate) fn scan(&self, text: &str, scratch: &mut Scratch, mut found: impl FnMut(LiteralId, Span)) {
        /// Characters looked at together; the rest of a literal that starts in them may lie behind.
        const CHUNK: usize = 4096;
        let mut from = 0;
        while from < text.len() {
            let (to, count) = self.read(&text[from..], CHUNK, scratch);
            let starts = self.grams.filter(&scratch.codes, &mut scratch.starts);
            let (codes, places) = (&scratch.codes, &scratch.places);
            let starts = scratch.starts[..starts].iter().map(|start| *start as usize);
            for start in starts.take_while(|start| *start < count) {
                self.trie.walk(&codes[start..], |literal, len| {
                    let span = Span::new(places[start] as usize, places[start + len] as usize);
                    found(literal, span.shifted(from));
                });
            }
            from += to;
        }
    }

    /// Reads up to `chunk` characters of `text` and as many behind them as a literal may take.
    ///
    /// Gives where in the text the next chunk starts and how many characters belong to this one.
    fn read(&self, text: &str, chunk: usize, scratch: &mut Scratch) -> (usize, usize) {
        let Scratch { codes, places, .. } = scratch;
        codes.clear();
        places.clear();
        let most = chunk + self.longest;
        let mut at = 0;
        let place = |at: usize| u32::try_from(at).expect("chunks are short");
        while let Some(char) = text[at..].chars().next().filter(|_| codes.len() < most) {
            codes.push(self.classes.of_char(char));
            places.push(place(at));
            at += char.len_utf8();
            // Nearly all of Chinese text is characters of three bytes.
            let (next, _) = text.as_bytes()[at..].as_chunks();
            for bytes in next.iter().take(most - codes.len()) {
                let Some(class) = self.classes.of_three_bytes(*bytes) else { break };
                codes.push(class);
                places.push(place(at));
                at += bytes.len();
            }
        }
        let read = codes.len();
        let end =
            text[places.last().map_or(0, |last| *last as usize)..].chars().next().map_or(0, char::len_utf8);
        places.push(places.last().map_or(0, |last| *last) + u32::try_from(end).expect("a few bytes"));
        codes.extend([0, 0]);
        if read < most { (text.len(), read) } else { (places[chunk] as usize, chunk) }
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

/// The class of every character: 0 for those in no literal, a number of its own for each of the others.
#[derive(Clone, Debug)]
struct Classes {
    /// By code point, for the Basic Multilingual Plane.
    plane: Vec<u16>,
    others: HashMap<char, u16>,
    count: usize,
}

impl Classes {
    /// The classes 1, 2, 3 … of these characters.
    fn new(chars: impl Iterator<Item = char>) -> Result<Classes, String> {
        let mut classes = Classes { plane: vec![0; 1 << 16], others: HashMap::new(), count: 1 };
        for char in chars {
            let class = u16::try_from(classes.count)
                .map_err(|_| "more than 65,535 different characters".to_owned())?;
            match classes.plane.get_mut(char as usize) {
                Some(slot) => *slot = class,
                None => drop(classes.others.insert(char, class)),
            }
            classes.count += 1;
        }
        Ok(classes)
    }

    /// The characters in the order of their classes.
    fn chars(&self) -> String {
        let plane = self.plane.iter().enumerate().filter(|(_, class)| **class != 0);
        let plane =
            plane.filter_map(|(code, class)| Some((*class, char::from_u32(u32::try_from(code).ok()?)?)));
        let mut chars: Vec<(u16, char)> =
            plane.chain(self.others.iter().map(|(c, class)| (*class, *c))).collect();
        chars.sort_unstable();
        chars.into_iter().map(|(_, char)| char).collect()
    }

    /// The class of the character that these bytes are in UTF-8; none where it takes more or fewer.
    #[inline]
    fn of_three_bytes(&self, bytes: [u8; 3]) -> Option<u16> {
        let [first, second, third] = bytes.map(usize::from);
        let code = (first & 0xf) << 12 | (second & 0x3f) << 6 | third & 0x3f;
        (first >> 4 == 0xe).then(|| self.plane[code])
    }

    #[inline]
    fn of_char(&self, char: char) -> u16 {
        match self.plane.get(char as usize) {
            Some(class) => *class,
            None => self.others.get(&char).copied().unwrap_or(0),
        }
    }
}

/// The different ones of `chars`, in order.
fn different(chars: impl Iterator<Item = char>) -> Vec<char> {
    let (mut plane, mut others) = (vec![false; 1 << 16], BTreeSet::new());
    for char in chars {
        match plane.get_mut(char as usize) {
            Some(seen) => *seen = true,
            None => drop(others.insert(char)),
        }
    }
    let codes = plane.iter().zip(0..).filter_map(|(seen, code)| seen.then_some(code));
    codes.filter_map(char::from_u32).chain(others).collect()
}

#[cfg(test)]
mod tests {
    use aho_corasick::AhoCorasick;
    use proptest::prelude::*;

    use super::*;

    fn scanner(words: &[&str]) -> Scanner {
        let mut literals = Literals::default();
        for word in words {
            literals.id(word);
        }
        Scanner::new(&literals).unwrap()
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
        let char = prop::sample::select(vec!['国', '家', '级', 'a', 'b', 'é', '😀', '𠀀', '，']);
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

    #[test]
    fn a_very_long_literal() {
        let long = "甲乙".repeat(5000);
        assert_eq!(scan(&[&long], &format!("丙{long}")), [(0, Span::new(3, 30_003))]);
    }

    #[test]
    fn nothing_to_find() {
        assert_eq!(scan(&[], "国家"), []);
        assert_eq!(scan(&["国家"], ""), []);
        assert_eq!(scan(&["国家"], "国"), []);
    }
}
