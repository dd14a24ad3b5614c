//! Folding: making alike what is written in different ways, without losing the original places.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::draft::han::Han;
use crate::draft::unusual::char_at;
use crate::names::named;
use crate::span::Span;

named! {
    /// A way in which two characters count as the same.
    pub(crate) enum Fold {
        /// Upper and lower case.
        Case = "case",
        /// Full and half width.
        Width = "width",
        /// Traditional, variant and compatibility forms and their standard form.
        Variant = "variant",
    }
}

named! {
    /// Which characters are passed over.
    pub(crate) enum Ignore {
        /// None.
        Nothing = "none",
        /// Characters that show nothing: zero width, soft hyphen, BOM, variation selectors.
        Invisible = "invisible",
        /// Those and blanks within a line.
        Space = "space",
    }
}

/// How a rule reads text: what counts as the same and what is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Folding {
    pub(crate) case: bool,
    pub(crate) width: bool,
    pub(crate) variant: bool,
    pub(crate) ignore: Ignore,
}

impl Folding {
    /// Everything folded, everything ignorable ignored: the view that is scanned.
    pub(crate) const FULL: Folding =
        Folding { case: true, width: true, variant: true, ignore: Ignore::Space };
    /// Everything folded, only invisible characters ignored: what words use.
    pub(crate) const WORDS: Folding =
        Folding { case: true, width: true, variant: true, ignore: Ignore::Invisible };
    /// The text as it is.
    pub(crate) const EXACT: Folding =
        Folding { case: false, width: false, variant: false, ignore: Ignore::Nothing };
}

/// `text` folded as a rule says.
pub(crate) fn fold(text: &str, folding: Folding) -> View {
    let mut view = View::with_capacity(text.len());
    for (at, char) in text.char_indices() {
        view.push(fold_char(char, folding), at, char.len_utf8());
    }
    view
}

/// The character in its place, or none where it is passed over.
///
/// Always one for one: a ligature stays a ligature and İ stays İ, so that no place can drift.
pub(crate) fn fold_char(char: char, folding: Folding) -> Option<char> {
    if Han::new(char).is_some() {
        return Some(if folding.variant { standard_form(char) } else { char });
    }
    let mut char = char;
    if folding.ignore >= Ignore::Invisible && is_invisible(char) {
        return None;
    }
    if folding.ignore == Ignore::Space && is_blank(char) {
        return None;
    }
    if folding.width {
        char = narrow(char);
    }
    if folding.case && may_have_case(char) {
        let mut lower = char.to_lowercase();
        if let (Some(first), None) = (lower.next(), lower.next()) {
            char = first;
        }
    }
    if folding.variant {
        char = standard_form(char);
    }
    Some(char)
}

/// Whether it may have a lower case: no character of the blocks of Han, Hangul and their marks does.
const fn may_have_case(char: char) -> bool {
    !matches!(char, '\u{2e80}'..='\u{a63f}' | '\u{ac00}'..='\u{faff}')
}

/// Whether it shows nothing and does not part words.
pub(crate) const fn is_invisible(char: char) -> bool {
    matches!(char,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether it is white space within a line.
pub(crate) const fn is_blank(char: char) -> bool {
    matches!(
        char,
        ' ' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

pub(crate) fn narrow(char: char) -> char {
    match char {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(char as u32 - 0xfee0).unwrap_or(char),
        '\u{3000}' => ' ',
        '\u{ffe5}' => '\u{a5}',
        _ => char,
    }
}

/// The characters that have a standard form, with that form.
pub(crate) fn variants() -> impl Iterator<Item = (char, char)> {
    let [chars, forms] = [&VARIANTS[..LEN], &VARIANTS[LEN + 1..]].map(str::chars);
    chars.zip(forms)
}

pub(crate) fn standard_form(char: char) -> char {
    // Nearly all characters are told from variants at a look.
    let is_variant = |code: usize| IS_VARIANT.get(code / 64).is_some_and(|bits| bits >> (code % 64) & 1 == 1);
    if !is_variant(char as usize) {
        return char;
    }
    let mut bytes = [0; 4];
    let wanted = char.encode_utf8(&mut bytes);
    let (mut low, mut high) = (0, LEN / 3);
    while low < high {
        let middle = low.midpoint(high);
        match VARIANTS[3 * middle..3 * middle + 3].cmp(wanted) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => {
                let form = LEN + 1 + 3 * middle;
                return VARIANTS[form..form + 3].chars().next().unwrap_or(char);
            }
        }
    }
    char
}

/// Two lines made by `data/make_variants.py`: the characters, sorted, and under each its standard form.
/// Every character of both takes three bytes.
const VARIANTS: &str = include_str!("../../data/variants.txt");

/// The bytes of a line.
const LEN: usize = VARIANTS.len() / 2 - 1;

/// A bit for each character of the Basic Multilingual Plane that has a standard form.
static IS_VARIANT: [u64; 1 << 10] = {
    let mut bits = [0; 1 << 10];
    let mut at = 0;
    while at < LEN {
        if let Some((char, next)) = char_at(VARIANTS.as_bytes(), at) {
            let code = char as usize;
            bits[code / 64] |= 1 << (code % 64);
            at = next;
        }
    }
    bits
};

/// Folded text that knows where each of its characters stood.
#[derive(Clone, Debug, Default)]
pub(crate) struct View {
    text: String,
    /// One entry wherever the distance to the original changes.
    anchors: Vec<Anchor>,
    original_len: usize,
    /// The original place of what is added next, if it follows what was added last.
    next: Option<usize>,
}

#[derive(Clone, Copy, Debug)]
struct Anchor {
    folded: usize,
    original: usize,
    /// The bytes of the one character here, folded; what follows it is unchanged.
    len: usize,
    /// Those that it has in the original.
    original_len: usize,
}

impl Anchor {
    /// The original place of a folded one behind the character.
    fn behind(&self, folded: usize) -> usize {
        self.original + self.original_len + folded - self.folded - self.len
    }
}

impl View {
    pub(crate) fn with_capacity(len: usize) -> View {
        // Marks of full width are what is folded most.
        View { text: String::with_capacity(len), anchors: Vec::with_capacity(len / 16), ..View::default() }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The original span of the characters in `folded`, which must lie on `char` boundaries.
    pub(crate) fn original(&self, folded: Span) -> Span {
        if folded.is_empty() {
            let at = self.start_of(folded.start);
            return Span::new(at, at);
        }
        Span::new(self.start_of(folded.start), self.anchor(folded.end - 1).behind(folded.end))
    }

    /// The folded span of what stands in `original`.
    pub(crate) fn folded(&self, original: Span) -> Span {
        Span::new(self.folded_offset(original.start), self.folded_offset(original.end))
    }

    /// Where the character at a folded offset starts in the original.
    fn start_of(&self, folded: usize) -> usize {
        if folded >= self.text.len() {
            return self.original_len;
        }
        let anchor = self.anchor(folded);
        if folded == anchor.folded { anchor.original } else { anchor.behind(folded) }
    }

    fn anchor(&self, folded: usize) -> Anchor {
        self.anchors[self.anchors.partition_point(|anchor| anchor.folded <= folded) - 1]
    }

    /// Finds folded spans of what stands in the original from place to place, forwards.
    pub(crate) fn forwards(&self) -> Forwards<'_> {
        Forwards { view: self, after: 0 }
    }

    fn folded_offset(&self, original: usize) -> usize {
        self.folded_after(self.anchors.partition_point(|anchor| anchor.original <= original), original)
    }

    /// The folded place of an original one that so many anchors do not lie behind.
    fn folded_after(&self, after: usize, original: usize) -> usize {
        let Some(anchor) = after.checked_sub(1).map(|at| self.anchors[at]) else { return 0 };
        let next = self.anchors.get(after).map_or(self.text.len(), |next| next.folded);
        if original == anchor.original {
            return anchor.folded;
        }
        // What lies within the original of the one character is behind it.
        let beyond = original.saturating_sub(anchor.original + anchor.original_len);
        (anchor.folded + anchor.len + beyond).min(next)
    }

    /// Adds a part of the original that stays as it is.
    pub(crate) fn copy(&mut self, text: &str, range: Range<usize>) {
        if !range.is_empty() {
            if self.next != Some(range.start) {
                let folded = self.text.len();
                self.anchors.push(Anchor { folded, original: range.start, len: 0, original_len: 0 });
            }
            self.text.push_str(&text[range.clone()]);
            self.next = Some(range.end);
        }
        self.original_len = range.end;
    }

    /// Adds a character, or passes over it.
    pub(crate) fn push(&mut self, folded: Option<char>, at: usize, len: usize) {
        self.original_len = at + len;
        let Some(char) = folded else { return };
        if len != char.len_utf8() || self.next != Some(at) {
            let (folded, original_len) = (self.text.len(), len);
            self.anchors.push(Anchor { folded, original: at, len: char.len_utf8(), original_len });
        }
        self.text.push(char);
        self.next = Some(self.original_len);
    }
}

/// Where original text stands in a view, asked for in order.
#[derive(Debug)]
pub(crate) struct Forwards<'v> {
    view: &'v View,
    /// How many anchors do not lie behind the last start.
    after: usize,
}

impl Forwards<'_> {
    /// The folded span of what stands in `original`, which starts nowhere before the last.
    pub(crate) fn folded(&mut self, original: Span) -> Span {
        let start = self.offset(original.start);
        let end = Forwards { ..*self }.offset(original.end);
        Span::new(start, end)
    }

    fn offset(&mut self, original: usize) -> usize {
        while self.view.anchors.get(self.after).is_some_and(|next| next.original <= original) {
            self.after += 1;
        }
        self.view.folded_after(self.after, original)
    }
}

/// `span` widened so that it cuts no grapheme cluster of `text`.
pub(crate) fn whole_graphemes(text: &str, span: Span) -> Span {
    // A cluster that a hit could cut starts within a line and is short, save for texts made to be long.
    const REACH: usize = 64;
    if is_break(text, span.start) && is_break(text, span.end) {
        return span;
    }
    let from = text.floor_char_boundary(span.start.saturating_sub(REACH));
    let to = text.ceil_char_boundary((span.end + REACH).min(text.len()));
    let around = &text[from..to];
    if around.is_ascii() {
        return span;
    }
    let (mut start, mut end) = (span.start, span.end);
    for (at, cluster) in around.grapheme_indices(true) {
        let cluster = Span::new(from + at, from + at + cluster.len());
        if cluster.start < span.start && span.start < cluster.end && from < cluster.start {
            start = cluster.start;
        }
        if cluster.start < span.end && span.end < cluster.end {
            end = cluster.end;
        }
    }
    Span::new(start, end)
}

/// Whether at `at` stand two characters, or one at an end of the text, that are no part of a larger cluster.
fn is_break(text: &str, at: usize) -> bool {
    let is_plain =
        |char| matches!(char, ' '..='~' | '‘'..='”' | '、'..='】' | '一'..='\u{9fff}' | '！'..='～');
    let (before, after) = text.split_at(at);
    before.chars().next_back().is_none_or(is_plain) && after.chars().next().is_none_or(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_twice_changes_nothing() {
        for code in 0..=0x1_ffff {
            if let Some(once) = char::from_u32(code).and_then(|c| fold_char(c, Folding::FULL)) {
                assert_eq!(fold_char(once, Folding::FULL), Some(once), "U+{code:04X}");
            }
        }
    }

    #[test]
    fn clusters_stay_whole() {
        for (text, span, expected) in [
            ("葛\u{e0100}氏", Span::new(0, 3), Span::new(0, 7)),
            ("e\u{301}a", Span::new(0, 1), Span::new(0, 3)),
            ("国家", Span::new(0, 3), Span::new(0, 3)),
            ("abc", Span::new(1, 2), Span::new(1, 2)),
        ] {
            assert_eq!(whole_graphemes(text, span), expected, "{text:?}");
        }
    }

    #[test]
    fn where_clusters_break() {
        let plain: Vec<char> = (' '..='\u{ffff}').filter(|char| is_break(&char.to_string(), 0)).collect();
        assert_eq!(plain.iter().filter(|char| **char < '一').count(), 95 + 6 + 17);
        for char in plain {
            for other in ['国', 'a', '。'] {
                assert_eq!(format!("{char}{other}").graphemes(true).count(), 2, "{char}{other}");
                assert_eq!(format!("{other}{char}").graphemes(true).count(), 2, "{other}{char}");
            }
        }
    }
}
