//! A title taken apart: who issued it, what it is called, its edition.

use crate::draft::fold::{Folding, fold};
use crate::kinds::issuer::{STATE, opening};
use crate::span::Span;

/// The parts of a folded title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    /// The letters between issuer and edition, without marks: what tells it from another title.
    pub(crate) core: Vec<char>,
    /// Where they stand, with the marks between them.
    pub(crate) span: Span,
    /// Whether the name of the state stands before it.
    pub(crate) of_state: bool,
    /// The digits of the edition: of （2021—2025年）.
    pub(crate) edition: String,
}

impl Parts {
    /// The parts of `title`, which is folded.
    pub(crate) fn of(title: &str) -> Parts {
        let end = edition_start(title);
        let start = opening(&title[..end]);
        let span = Span::new(start, end);
        // Nearly all letters are Han, of three bytes each.
        let mut core = Vec::with_capacity(span.len() / 3);
        core.extend(title[span].chars().filter(|c| is_letter(*c)));
        Parts {
            core,
            span,
            of_state: title.starts_with(STATE),
            edition: title[end..].chars().filter(char::is_ascii_digit).collect(),
        }
    }
}

/// Whether it is a letter or digit; nearly all are Han, which is told without the tables of Unicode.
fn is_letter(char: char) -> bool {
    matches!(char, '\u{4e00}'..='\u{9fff}') || char.is_alphanumeric()
}

/// Where the bracket at the end of a title opens, or its end where there is none.
fn edition_start(title: &str) -> usize {
    let open = title.strip_suffix(')').and_then(|rest| rest.rfind('('));
    open.filter(|open| *open > 0).unwrap_or(title.len())
}

/// A title as a list has it, and what a text may leave out of it.
#[derive(Clone, Debug)]
pub(crate) struct Official {
    /// As it is to be written.
    pub(crate) text: String,
    /// The part that [`Parts::core`] is of, as it is to be written.
    pub(crate) written_core: String,
    pub(crate) parts: Parts,
}

impl Official {
    pub(crate) fn new(text: &str) -> Official {
        let view = fold(text, Folding::FULL);
        let parts = Parts::of(view.text());
        let written_core = text[view.original(parts.span)].to_owned();
        Official { text: text.to_owned(), written_core, parts }
    }
}
