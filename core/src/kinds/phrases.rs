//! Phrases that are looked for around a hit.

use crate::draft::fold::{Folding, fold};
use crate::span::Span;

/// Phrases, folded as the text is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Phrases {
    /// Sorted, each once.
    sorted: Vec<Box<str>>,
    /// The first character of each, kept together: a search goes through many of them.
    heads: Vec<char>,
    /// Bits for the first characters of the phrases: most places are told by them. None where there is no phrase.
    firsts: Vec<u64>,
    /// The bytes of the longest.
    longest: usize,
}

impl Phrases {
    pub(crate) fn add(&mut self, phrase: &str) {
        let folded = fold(phrase, Folding::FULL);
        let Some(first) = folded.text().chars().next() else { return };
        // No line holds it, so that none is found beyond the line of a hit.
        if folded.text().contains(['\n', '\r']) {
            return;
        }
        if let Err(place) = self.sorted.binary_search_by(|own| (**own).cmp(folded.text())) {
            let (word, bit) = bit(first);
            self.firsts.resize(WORDS, 0);
            self.firsts[word] |= bit;
            self.longest = self.longest.max(folded.text().len());
            self.sorted.insert(place, folded.text().into());
            self.heads.insert(place, first);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// The bytes of the longest.
    pub(crate) fn longest(&self) -> usize {
        self.longest
    }

    /// The phrase that is all of `text`.
    pub(crate) fn get(&self, text: &str) -> Option<&str> {
        self.sorted.binary_search_by(|own| (**own).cmp(text)).ok().map(|place| &*self.sorted[place])
    }

    /// A phrase that stands in `text`.
    pub(crate) fn part_of(&self, text: &str) -> Option<&str> {
        self.within(text, Span::new(0, text.len())).next().and_then(|part| self.get(&text[part]))
    }

    /// Every place in `text` where a phrase stands that may touch `part`, by its start.
    pub(crate) fn around<'t>(&'t self, part: Span, text: &'t str) -> impl Iterator<Item = Span> + 't {
        let start = text.ceil_char_boundary(part.start.saturating_sub(self.longest));
        self.within(text, Span::new(start, text.floor_char_boundary(part.end + self.longest)))
    }

    /// Every place in `part` of `text` where a phrase stands, by its start.
    pub(crate) fn within<'t>(&'t self, text: &'t str, part: Span) -> impl Iterator<Item = Span> + 't {
        let starts = text[part].char_indices().filter(|(_, char)| {
            let (word, bit) = bit(*char);
            self.firsts.get(word).is_some_and(|bits| bits & bit != 0)
        });
        starts.flat_map(move |(at, char)| {
            let start = part.start + at;
            let rest = &text[start..part.end];
            let from = self.heads.partition_point(|head| *head < char);
            let alike = self.sorted[from..].iter().zip(&self.heads[from..]);
            alike
                .take_while(move |(_, head)| **head == char)
                .filter(move |(own, _)| rest.starts_with(&***own))
                .map(move |(own, _)| Span::new(start, start + own.len()))
        })
    }
}

/// The words of [`Phrases::firsts`].
const WORDS: usize = 16;

/// The bit of a character, and the word it is in.
fn bit(char: char) -> (usize, u64) {
    let code = char as usize;
    (code >> 6 & (WORDS - 1), 1 << (code & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place() {
        let mut phrases = Phrases::default();
        for phrase in ["国家", "國家", "国家级", "家", "开 发", "\u{200b}"] {
            phrases.add(phrase);
        }
        let text = "某国家级开发家";
        let found =
            |part: Span| -> Vec<&str> { phrases.within(text, part).map(|span| &text[span]).collect() };
        assert_eq!(found(Span::new(0, text.len())), ["国家", "国家级", "家", "开发", "家"]);
        assert_eq!(found(Span::new(3, 9)), ["国家", "家"]);
        assert_eq!(found(Span::new(3, 3)), [""; 0]);
        assert_eq!((phrases.longest(), phrases.is_empty()), (9, false));
        assert_eq!((phrases.get("国家级"), phrases.get("国")), (Some("国家级"), None));
        assert_eq!((phrases.part_of("大家"), phrases.part_of("大众")), (Some("家"), None));
    }
}
