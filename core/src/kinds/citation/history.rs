//! Whether a citation speaks of the past: then a law that held is rightly cited.

use crate::date::Date;
use crate::draft::Draft;
use crate::span::Span;

/// Whether `cited` is history: its sentence, or the head of the draft, is of a day before `day`.
pub(super) fn is_history(day: Date, cited: Span, draft: &Draft<'_>) -> bool {
    names_year_before(day, cited, draft.folded()) || head_date(draft).is_some_and(|own| own < day)
}

/// Whether the sentence around `cited` speaks of a year before that of `day`.
fn names_year_before(day: Date, cited: Span, text: &str) -> bool {
    const REACH: usize = 150;
    const ENDS: [char; 5] = ['。', '!', '?', ';', '\n'];
    const FIRST: u16 = 1949;
    let from = text.ceil_char_boundary(cited.start.saturating_sub(REACH));
    let to = text.floor_char_boundary((cited.end + REACH).min(text.len()));
    let before = text[from..cited.start].rsplit(ENDS).next().unwrap_or_default();
    let after = text[cited.end..to].split(ENDS).next().unwrap_or_default();
    [before, after].into_iter().flat_map(years).any(|(year, _)| (FIRST..day.year()).contains(&year))
}

/// The latest day that the short lines at the head of the draft name: when what it reproduces was passed,
/// published or amended.
fn head_date(draft: &Draft<'_>) -> Option<Date> {
    const LINES: usize = 12;
    const LONGEST: usize = 200;
    let lines = draft.blocks().iter().take(LINES).map(|block| &draft.folded()[draft.folded_span(block.span)]);
    let days = lines.filter(|line| line.len() <= LONGEST).flat_map(years).filter_map(|(year, rest)| {
        let (month, rest) = rest.split_once('月')?;
        let (date, _) = rest.split_once('日')?;
        Date::new(year, month.parse().ok()?, date.parse().ok()?)
    });
    days.max()
}

/// The years that `text` names in digits, each with what follows 年.
fn years(text: &str) -> impl Iterator<Item = (u16, &str)> {
    text.match_indices('年').filter_map(|(at, sign)| {
        let from = at.checked_sub(4)?;
        let digits = text.get(from..at)?;
        let longer = text[..from].ends_with(|c: char| c.is_ascii_digit());
        let year = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())??;
        (!longer).then_some((year, &text[at + sign.len()..]))
    })
}
