//! The one pass over the characters of a draft: it folds them, decodes the Han and notes the unusual.

use std::fmt;
use std::sync::{Arc, LazyLock};

use crate::draft::fold::{Folding, View, fold_char, variants};
use crate::draft::han::{Han, Hans};
use crate::draft::number::is_digit;
use crate::draft::unusual::{self, Place, Unusual};

/// What the pass makes of a text.
#[derive(Clone, Debug)]
pub(crate) struct Read {
    /// The text fully folded.
    pub(crate) view: View,
    /// The Han characters of that.
    pub(crate) hans: Hans,
    /// The unusual characters of the text as it is.
    pub(crate) unusual: Vec<Place>,
    /// Where its digits stand, of either width.
    pub(crate) digits: Vec<usize>,
}

/// Reads texts; built once, shared by all.
#[derive(Clone)]
pub(crate) struct Reader {
    /// The full folding of the characters of the Basic Multilingual Plane; 0 drops the character.
    full: Arc<[u16; 1 << 16]>,
    /// A bit for each of them that stays as it is and is nothing unusual anywhere.
    plain: Arc<[u64; 1 << 10]>,
    /// A bit for each of them that may be unusual somewhere.
    suspected: Arc<[u64; 1 << 10]>,
    /// The same, and nowhere behind a Han character.
    suspected_first: Arc<[u64; 1 << 10]>,
}

impl Reader {
    pub(crate) fn new() -> Reader {
        // Nothing but facts about characters: made once.
        static READER: LazyLock<Reader> = LazyLock::new(Reader::made);
        READER.clone()
    }

    fn made() -> Reader {
        let mut full: Vec<u16> = (0..=u16::MAX).collect();
        let (mut plain, mut suspected, mut suspected_first) = ([0; 1 << 10], [0; 1 << 10], [0; 1 << 10]);
        // Han characters, which are a third of the plane, are told by the tables they come from.
        let first = usize::from(Han::of_bits(0).code());
        let block = first..first + Han::COUNT;
        for (own, standard) in (first / 64..).zip(unusual::standard()) {
            (plain[own], suspected[own]) = (*standard, !standard);
        }
        for (char, form) in variants().filter(|(char, form)| Han::new(*char).is_some() && form != char) {
            let code = char as usize;
            full[code] = u16::try_from(u32::from(form)).unwrap_or(full[code]);
            plain[code / 64] &= !(1 << (code % 64));
        }
        for (code, slot) in full.iter_mut().enumerate() {
            // Syllables of Yi and Hangul, and no characters: nothing folds them, nobody objects to them.
            if matches!(code, 0xa000..0xa490 | 0xac00..0xe000) {
                plain[code / 64] |= 1 << (code % 64);
                continue;
            }
            if block.contains(&code) {
                continue;
            }
            let Some(char) = char::from_u32(u32::try_from(code).expect("a code of the plane")) else {
                continue;
            };
            *slot = match fold_char(char, Folding::FULL) {
                None => 0,
                Some(folded) => u16::try_from(u32::from(folded)).unwrap_or(*slot),
            };
            let why = unusual::suspected(char);
            let is_suspected = why.is_some();
            let is_plain = usize::from(*slot) == code && char != '\0' && !is_suspected;
            plain[code / 64] |= u64::from(is_plain) << (code % 64);
            suspected[code / 64] |= u64::from(is_suspected) << (code % 64);
            suspected_first[code / 64] |= u64::from(why == Some(Unusual::MarkAtStart)) << (code % 64);
        }
        let full: Box<[u16; 1 << 16]> = full.into_boxed_slice().try_into().expect("one for each code");
        Reader {
            full: full.into(),
            plain: Arc::new(plain),
            suspected: Arc::new(suspected),
            suspected_first: Arc::new(suspected_first),
        }
    }

    /// Reads `text`.
    pub(crate) fn read(&self, text: &str) -> Read {
        let bytes = text.as_bytes();
        let (mut view, mut hans) = (View::with_capacity(text.len()), Hans::with_capacity(text.len()));
        let (mut unusual, mut digits) = (Vec::new(), Vec::new());
        // Runs of characters that stay as they are get copied whole.
        let (mut at, mut kept) = (0, 0);
        while let Some(first) = bytes.get(at) {
            let from = at;
            if (Han::LEAD..=Han::LAST_LEAD).contains(first) {
                // Nearly all of Chinese text is passed over here.
                let is_plain = |han| holds_han(&self.plain, han);
                at += Han::LEN * hans.extend(&bytes[at..], view.text().len() + at - kept, is_plain);
            } else {
                while let Some(byte) = bytes.get(at).filter(|byte| self.is_plain_narrow(**byte)) {
                    digits.extend(byte.is_ascii_digit().then_some(at));
                    at += 1;
                }
                if at > from {
                    hans.part();
                }
            }
            if at > from {
                continue;
            }
            let Some(char) = text[at..].chars().next() else { break };
            let end = at + char.len_utf8();
            if has(&self.plain, char).unwrap_or(false) {
                hans.part();
                at = end;
                continue;
            }
            if has(&self.suspected, char).unwrap_or(true)
                && !(hans.is_open() && has(&self.suspected_first, char).unwrap_or(false))
                && let Some(why) = unusual::of(char, &text[..at], &text[end..])
            {
                unusual.push(Place { at, char, why });
            }
            digits.extend(is_digit(char).then_some(at));
            let folded = self.fold(char);
            let is_kept = folded == Some(char);
            if !is_kept {
                view.copy(text, kept..at);
                kept = end;
            }
            match folded.map(Han::new) {
                Some(Some(han)) => hans.push(han, view.text().len() + at.saturating_sub(kept)),
                Some(None) => hans.part(),
                None => {}
            }
            if !is_kept && folded.is_some() {
                view.push(folded, at, char.len_utf8());
            }
            at = end;
        }
        view.copy(text, kept..text.len());
        hans.part();
        Read { view, hans, unusual, digits }
    }

    /// Whether a byte is a character that stays as it is and is nothing unusual anywhere.
    #[inline]
    fn is_plain_narrow(&self, byte: u8) -> bool {
        byte.is_ascii() && holds(&self.plain, byte.into())
    }

    /// What each character of the Basic Multilingual Plane folds to, in order; none where that drops it.
    pub(crate) fn plane(&self) -> impl Iterator<Item = Option<u16>> {
        self.full.iter().enumerate().map(|(code, folded)| (*folded != 0 || code == 0).then_some(*folded))
    }

    /// What a character folds to; none where that drops it.
    pub(crate) fn fold(&self, char: char) -> Option<char> {
        match self.full.get(char as usize) {
            Some(0) if char != '\0' => None,
            Some(code) => char::from_u32(u32::from(*code)),
            None => fold_char(char, Folding::FULL),
        }
    }
}

/// Whether a set of the Basic Multilingual Plane holds the character; none for those of other planes.
#[inline]
fn has(set: &[u64; 1 << 10], char: char) -> Option<bool> {
    u16::try_from(u32::from(char)).ok().map(|code| holds(set, code))
}

#[inline]
fn holds(set: &[u64; 1 << 10], code: u16) -> bool {
    set[usize::from(code / 64)] >> (code % 64) & 1 == 1
}

#[inline]
fn holds_han(set: &[u64; 1 << 10], han: Han) -> bool {
    // Starts with a word, so that no code needs to be worked out.
    const WORD: usize = Han::FIRST as usize / 64;
    set[WORD + han.index() / 64] >> (han.index() % 64) & 1 == 1
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reader")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::fold::fold;
    use crate::span::Span;

    #[test]
    fn places_survive_folding() {
        let reader = Reader::new();
        for (text, folded) in [
            ("國務院", "国务院"),
            ("ＡＢＣ１２", "abc12"),
            ("发\u{200b}布\u{feff}", "发布"),
            ("Ⱥbc İ ﬁ ㎏ é", "ⱥbcİﬁ㎏é"),
            ("，发　布。", ",发布。"),
            ("\0", "\0"),
            ("", ""),
        ] {
            let view = reader.read(text).view;
            assert_eq!(view.text(), folded, "{text:?}");
            assert_eq!(view.text(), fold(text, Folding::FULL).text(), "{text:?}");
            let spans: Vec<Span> = view
                .text()
                .char_indices()
                .map(|(at, c)| view.original(Span::new(at, at + c.len_utf8())))
                .collect();
            for (span, char) in spans.iter().zip(view.text().chars()) {
                assert_eq!(fold(&text[*span], Folding::FULL).text(), char.to_string(), "{text:?}");
            }
        }
    }

    #[test]
    fn every_character_of_the_plane() {
        let reader = Reader::new();
        for char in '\0'..='\u{ffff}' {
            assert_eq!(reader.fold(char), fold_char(char, Folding::FULL), "U+{:04X}", char as u32);
            let why = unusual::suspected(char);
            let is_plain = reader.fold(char) == Some(char) && char != '\0' && why.is_none();
            assert_eq!(has(&reader.plain, char), Some(is_plain), "U+{:04X}", char as u32);
            assert_eq!(has(&reader.suspected, char), Some(why.is_some()), "U+{:04X}", char as u32);
            let is_first = why == Some(Unusual::MarkAtStart);
            assert_eq!(has(&reader.suspected_first, char), Some(is_first), "U+{:04X}", char as u32);
        }
    }

    #[test]
    fn places_both_ways() {
        let reader = Reader::new();
        let view = reader.read("Ａ\u{200b}國，ab").view;
        assert_eq!(view.text(), "a国,ab");
        assert_eq!(view.folded(Span::new(6, 12)), Span::new(1, 5));
        assert_eq!(view.original(Span::new(1, 5)), Span::new(6, 12));
        assert_eq!(view.original(Span::new(7, 7)), Span::new(14, 14));
        // A character that takes more bytes when folded.
        let view = reader.read("aȺb").view;
        assert_eq!(view.folded(Span::new(1, 3)), Span::new(1, 4));
        assert_eq!(view.folded(Span::new(0, 4)), Span::new(0, 5));
    }

    #[test]
    fn runs_of_han() {
        let text = "a一龿，é😀㐀䷿丁ꀀ國\u{200b} 囧七";
        let Read { view, hans, .. } = Reader::new().read(text);
        let found: Vec<(usize, String)> = hans
            .runs()
            .iter()
            .map(|run| (run.start, hans.of(*run).iter().map(|han| han.char()).collect()))
            .collect();
        let place = |run: &str| (view.text().find(run).expect("a part"), run.to_owned());
        assert_eq!(found, ["一龿", "丁", "国囧七"].map(place));
        assert!(Reader::new().read("").hans.runs().is_empty());
    }
}
