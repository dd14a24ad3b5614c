//! Readings: the ways in which codes of a draft can be taken as one number.

use crate::draft::fold::{Folding, fold};
use crate::draft::number::{Code, Join};
use crate::span::Span;

/// Codes taken as one number: a single one, or all that one kind of separator joins.
///
/// Nothing that belongs to the same number stands before or after it.
#[derive(Clone, Debug)]
pub(super) struct Reading<'t> {
    /// The whole draft.
    pub(super) text: &'t str,
    pub(super) span: Span,
    /// What joins the groups; [`Join::Apart`] where there is but one.
    pub(super) join: Join,
    chars: Few<LONGEST>,
    groups: Few<MOST_GROUPS>,
}

/// The longest reading of interest, in characters: a card number.
const LONGEST: usize = 19;
/// The most groups of a reading of interest: a country code, and a card number in fours.
const MOST_GROUPS: usize = 6;

/// A few bytes, held without allocation.
#[derive(Clone, Copy, Debug)]
struct Few<const N: usize> {
    bytes: [u8; N],
    len: usize,
}

impl<const N: usize> Few<N> {
    const EMPTY: Few<N> = Few { bytes: [0; N], len: 0 };

    fn push(&mut self, byte: u8) -> Option<()> {
        *self.bytes.get_mut(self.len)? = byte;
        self.len += 1;
        Some(())
    }

    fn as_slice(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

impl Reading<'_> {
    /// Its letters and digits, half width and in upper case.
    pub(super) fn chars(&self) -> &[u8] {
        self.chars.as_slice()
    }

    /// How many characters each of its groups has.
    pub(super) fn groups(&self) -> &[u8] {
        self.groups.as_slice()
    }

    /// The text before it.
    pub(super) fn before(&self) -> &str {
        &self.text[..self.span.start]
    }

    /// The text after it.
    pub(super) fn after(&self) -> &str {
        &self.text[self.span.end..]
    }
}

/// Every reading of `codes`, which are all codes of a part of `text`.
pub(super) fn readings<'t>(text: &'t str, codes: &[Code]) -> impl Iterator<Item = Reading<'t>> {
    (0..codes.len()).flat_map(move |first| {
        let alone = read(text, codes, first, first);
        let joined = last_of_run(codes, first).and_then(|last| read(text, codes, first, last));
        alone.into_iter().chain(joined)
    })
}

/// The last code of the run that opens at `first` and that one separator joins throughout.
fn last_of_run(codes: &[Code], first: usize) -> Option<usize> {
    let join = join_at(codes, first + 1);
    if join == Join::Apart || codes[first].join == join {
        return None;
    }
    let more = codes[first + 1..].iter().take(MOST_GROUPS).take_while(|code| code.join == join).count();
    (more < MOST_GROUPS).then_some(first + more)
}

fn read<'t>(text: &'t str, codes: &[Code], first: usize, last: usize) -> Option<Reading<'t>> {
    let is_open = |join: Join| matches!(join, Join::Apart | Join::Blank);
    let is_free = is_open(codes[first].join) || follows_country_code(text, codes, first);
    if !is_free || !is_open(join_at(codes, last + 1)) {
        return None;
    }
    let span = Span::new(codes[first].span.start, codes[last].span.end);
    let join = if first == last { Join::Apart } else { codes[last].join };
    let mut reading = Reading { text, span, join, chars: Few::EMPTY, groups: Few::EMPTY };
    for code in &codes[first..=last] {
        reading.add(&text[code.span])?;
    }
    Some(reading)
}

impl Reading<'_> {
    /// Adds a group; none where the reading grows longer than any identifier.
    fn add(&mut self, code: &str) -> Option<()> {
        // In full width each of its characters takes three bytes, and what is invisible as many.
        const LONGEST_WRITTEN: usize = 8 * LONGEST;
        let before = self.chars.len;
        if code.len() > LONGEST_WRITTEN {
            return None;
        }
        if code.is_ascii() {
            code.bytes().try_for_each(|byte| self.chars.push(byte.to_ascii_uppercase()))?;
        } else {
            fold(code, Folding::FULL)
                .text()
                .bytes()
                .try_for_each(|byte| self.chars.push(byte.to_ascii_uppercase()))?;
        }
        self.groups.push(u8::try_from(self.chars.len - before).ok()?)
    }
}

/// What stands between code `at` and the one before.
fn join_at(codes: &[Code], at: usize) -> Join {
    codes.get(at).map_or(Join::Apart, |code| code.join)
}

/// Whether the code before `at` is the country code of China.
fn follows_country_code(text: &str, codes: &[Code], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| matches!(&text[codes[before].span], "86" | "0086"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::number::codes;
    use crate::draft::read::Reader;

    #[test]
    fn alone_and_joined() {
        for (text, expected) in [
            ("13800000000", vec!["13800000000"]),
            ("138 0000 0000", vec!["138", "138 0000 0000", "0000", "0000"]),
            ("138-0000-0000", vec!["138-0000-0000"]),
            ("2026 138-0000-0000", vec!["2026", "138-0000-0000"]),
            ("+86 138-0000-0000", vec!["86", "138-0000-0000"]),
            ("86-138 0000 0000", vec!["86-138", "138", "138 0000 0000", "0000", "0000"]),
            ("13800000000.5", vec!["13800000000.5"]),
            ("1234-13800000000 5", vec!["1234-13800000000", "5"]),
            ("1234-138.0000", vec![]),
            ("1 2 3 4 5 6 7 8", vec!["1", "2", "3", "4", "5", "6", "7", "8"]),
            ("12345678901234567890", vec![]),
        ] {
            let codes = codes(text, &Reader::new().read(text).digits);
            let found: Vec<&str> = readings(text, &codes).map(|reading| &text[reading.span]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn characters() {
        let text = "１１０１０１\u{200b}００３x";
        let codes = codes(text, &Reader::new().read(text).digits);
        let reading = readings(text, &codes).next().unwrap();
        assert_eq!((reading.chars(), reading.groups()), (&b"110101003X"[..], &[10][..]));
    }
}
