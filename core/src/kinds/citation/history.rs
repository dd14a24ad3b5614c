//! Whether a citation speaks of the past: then a law that held is rightly cited.

use crate::date::Date;
use crate::draft::Draft;
use crate::draft::head::years;
use crate::span::Span;

/// Whether `cited` is history: its sentence, or the head of the draft, is of a day before `day`.
pub(super) fn is_history(day: Date, cited: Span, draft: &Draft<'_>) -> bool {
    names_year_before(day, cited, draft.folded()) || draft.head_day().is_some_and(|own| own < day)
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
