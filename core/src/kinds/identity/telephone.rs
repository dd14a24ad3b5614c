//! Telephone numbers: their lengths, prefixes and the ways they are grouped.

use crate::draft::fold::{Folding, fold, is_blank};
use crate::draft::number::Join;
use crate::kinds::identity::check::all_digits;
use crate::kinds::identity::reading::Reading;
use crate::span::Span;

/// The place of a mobile number of the mainland, its country code included.
pub(super) fn mobile(reading: &Reading<'_>) -> Option<Span> {
    let (mut chars, mut groups) = (reading.chars(), reading.groups());
    if let [2 | 4, rest @ ..] = groups
        && !rest.is_empty()
        && let Some(national) = without_country_code(chars)
    {
        (chars, groups) = (national, rest);
    } else if groups.len() == 1 && chars.len() > 11 {
        chars = without_country_code(chars)?;
    }
    let is_number = chars.len() == 11 && all_digits(chars) && chars[0] == b'1' && chars[1] >= b'3';
    let is_grouped = match groups {
        [_] | [3, 4, 4] | [4, 3, 4] | [4, 4, 3] => true,
        // Parted in two by a blank it could be two numbers.
        [3, 8] | [7, 4] => reading.join == Join::Hyphen,
        _ => false,
    };
    let plus = reading.before().chars().next_back().filter(|char| matches!(char, '+' | '＋'));
    let has_country_code = chars.len() < reading.chars().len();
    let start = reading.span.start - plus.filter(|_| has_country_code).map_or(0, char::len_utf8);
    (is_number && is_grouped).then_some(Span::new(start, reading.span.end))
}

fn without_country_code(chars: &[u8]) -> Option<&[u8]> {
    chars.strip_prefix(b"0086").or_else(|| chars.strip_prefix(b"86"))
}

/// The place of a fixed number with its area code, brackets and extension included.
pub(super) fn landline(reading: &Reading<'_>) -> Option<Span> {
    let chars = reading.chars();
    if !all_digits(chars) {
        return None;
    }
    // An extension may follow the number.
    let lens = match reading.groups() {
        [area @ (3 | 4), number @ (7 | 8)] | [area @ (3 | 4), number @ (7 | 8), 1..=5] => (*area, *number),
        [area @ (3 | 4), 4, 4] => (*area, 8),
        [area @ (3 | 4), 3, 4] => (*area, 7),
        [11] if is_short_area(chars) => (3, 8),
        [11] => (4, 7),
        [12] => (4, 8),
        [number @ (7 | 8)] | [number @ (7 | 8), 1..=5] => return bracketed_area(reading, *number),
        [first @ (3 | 4), 4] => return bracketed_area(reading, first + 4),
        _ => return None,
    };
    let (area, number) = (usize::from(lens.0), &chars[usize::from(lens.0)..]);
    (is_area(&chars[..area], lens.1) && is_subscriber(number)).then_some(reading.span)
}

/// A telephone number whose area code stands in brackets before it.
fn bracketed_area(reading: &Reading<'_>, number: u8) -> Option<Span> {
    let before = reading.before().trim_end_matches(is_blank).strip_suffix([')', '）'])?;
    let open = before.char_indices().rev().take(5).find(|(_, char)| matches!(char, '(' | '（'))?.0;
    let area = fold(before[open..].trim_start_matches(['(', '（']), Folding::FULL);
    let is_whole = is_area(area.text().as_bytes(), number) && is_subscriber(reading.chars());
    is_whole.then_some(Span::new(open, reading.span.end))
}

fn is_short_area(digits: &[u8]) -> bool {
    digits.starts_with(b"010") || digits.starts_with(b"02")
}

/// Whether it is the area code of a number of that length: three digits for the largest cities, which have eight.
fn is_area(digits: &[u8], number: u8) -> bool {
    all_digits(digits)
        && match digits.len() {
            3 => is_short_area(digits) && number == 8,
            4 => digits[0] == b'0' && digits[1] >= b'3',
            _ => false,
        }
}

fn is_subscriber(digits: &[u8]) -> bool {
    digits.first().is_some_and(|first| (b'2'..=b'8').contains(first))
}
