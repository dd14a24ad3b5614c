//! Codes: the letters and digits of a draft that an identifier can be written with.

use crate::draft::fold::{is_blank, is_invisible};
use crate::names::named;
use crate::span::Span;

/// A run of Latin letters and digits, of either width, that holds a digit.
///
/// Only those are kept that hold [`SHORTEST`] characters, alone or with the codes they are joined to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Code {
    /// Its place in the original text.
    pub(crate) span: Span,
    /// What stands between it and the code before.
    pub(crate) join: Join,
}

named! {
    /// What stands between a code and the one before it.
    pub(crate) enum Join {
        /// More than a separator, or a line or cell ends there.
        Apart = "apart",
        /// One blank.
        Blank = "blank",
        /// A hyphen or dash, blanks around it or not.
        Hyphen = "hyphen",
        /// A full stop or middle dot.
        Dot = "dot",
    }
}

/// No identifier has fewer characters: a QQ number, the serial of a number plate.
const SHORTEST: usize = 5;

/// The codes of `text` in order; `digits` are the places of its digits.
pub(crate) fn codes(text: &str, digits: &[usize]) -> Vec<Code> {
    let mut codes: Vec<Code> = Vec::new();
    let (mut chain, mut chars, mut end) = (0, 0, 0);
    for digit in digits.iter().copied() {
        if digit < end {
            continue;
        }
        let (before, count_before) = run(text[end..digit].chars().rev());
        let (after, count_after) = run(text[digit..].chars());
        let span = Span::new(digit - before, digit + after);
        let join = if end == 0 { Join::Apart } else { join(&text[end..span.start]) };
        if join == Join::Apart {
            if chars < SHORTEST {
                codes.truncate(chain);
            }
            (chain, chars) = (codes.len(), 0);
        }
        chars += count_before + count_after;
        end = span.end;
        codes.push(Code { span, join });
    }
    if chars < SHORTEST {
        codes.truncate(chain);
    }
    codes
}

/// The length in bytes and the count of the letters and digits that `chars` opens with, whatever is invisible
/// between them passed over.
fn run(chars: impl Iterator<Item = char>) -> (usize, usize) {
    let (mut len, mut count, mut passed) = (0, 0, 0);
    for char in chars {
        passed += char.len_utf8();
        if is_code_char(char) {
            (len, count) = (passed, count + 1);
        } else if !is_invisible(char) {
            break;
        }
    }
    (len, count)
}

const fn is_code_char(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

fn join(gap: &str) -> Join {
    // Three characters of three bytes: a dash between wide blanks.
    const LONGEST: usize = 9;
    if gap.len() > LONGEST {
        return Join::Apart;
    }
    let mut shown = gap.chars().filter(|char| !is_invisible(*char));
    match (shown.next(), shown.next(), shown.next(), shown.next()) {
        // Tabs part the cells of a row.
        (Some('\t'), ..) | (_, _, Some('\t'), _) => Join::Apart,
        (Some(only), None, ..) if is_blank(only) => Join::Blank,
        (Some(only), None, ..) if is_hyphen(only) => Join::Hyphen,
        (Some('.' | '．' | '·' | '•' | '・'), None, ..) => Join::Dot,
        (Some(before), Some(middle), Some(after), None)
            if is_blank(before) && is_hyphen(middle) && is_blank(after) =>
        {
            Join::Hyphen
        }
        _ => Join::Apart,
    }
}

/// Whether it is a mark that groups of a number are joined with.
pub(crate) const fn is_hyphen(char: char) -> bool {
    matches!(char, '-' | '‐' | '‑' | '‒' | '–' | '—' | '−' | '－' | '﹣')
}

/// Whether it is a digit of either width.
#[inline]
pub(crate) const fn is_digit(char: char) -> bool {
    char.is_ascii_digit() || matches!(char, '０'..='９')
}

#[cfg(test)]
mod tests {
    use super::Join::{Apart, Blank, Dot, Hyphen};
    use super::*;
    use crate::draft::read::Reader;

    fn found(text: &str) -> Vec<(&str, Join)> {
        codes(text, &Reader::new().read(text).digits)
            .into_iter()
            .map(|code| (&text[code.span], code.join))
            .collect()
    }

    #[test]
    fn runs_and_joins() {
        for (text, expected) in [
            ("", vec![]),
            ("没有数字，也没有代码abc", vec![]),
            ("2026年11月23日", vec![]),
            ("拨打13800000000。", vec![("13800000000", Apart)]),
            ("138 0000 0000", vec![("138", Apart), ("0000", Blank), ("0000", Blank)]),
            ("138-0000 — 0000", vec![("138", Apart), ("0000", Hyphen), ("0000", Hyphen)]),
            ("１３８００００００００", vec![("１３８００００００００", Apart)]),
            ("优１２３４５众", vec![("１２３４５", Apart)]),
            ("13800\u{200b}00\u{200b}", vec![("13800\u{200b}00", Apart)]),
            ("京A12345", vec![("A12345", Apart)]),
            ("12.50\t12345\n67890", vec![("12345", Apart), ("67890", Apart)]),
            ("123.456", vec![("123", Apart), ("456", Dot)]),
            ("1，2；12345", vec![("12345", Apart)]),
            ("123 - 456--789", vec![("123", Apart), ("456", Hyphen)]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn wherever_a_digit_stands() {
        for before in 0..80 {
            for (filler, code) in [(", ", "12345"), ("众", "12345"), ("，", "１２３４５"), (" ", "12345")]
            {
                let text = filler.repeat(before) + code + &filler.repeat(80 - before);
                assert_eq!(found(&text), [(code, Apart)], "{text}");
            }
        }
    }
}
