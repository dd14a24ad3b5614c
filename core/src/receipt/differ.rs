//! Where a text differs from the one that was reviewed.

use std::ops::Range;

use serde::Serialize;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::draft::units::Position;

use super::record::normalised;

/// A place where a text is not the one that was reviewed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Where, in the text to be published.
    #[serde(flatten)]
    pub position: Position,
    /// What was reviewed; empty where something was added.
    pub was: String,
    /// What stands there now; empty where something is missing.
    pub is: String,
}

/// Every difference between two texts, both normalised, in text order.
pub(super) fn differences(reviewed: &str, text: &str) -> Vec<Difference> {
    let [old, new] = [reviewed, text].map(|text| normalised(text) + "\n");
    let [old, new] = [&old, &new].map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
    let hunks = changes(&old, &new);
    hunks
        .into_iter()
        .flat_map(|(was, is)| in_hunk(&old[was].concat(), &new[is.clone()].concat(), is.start + 1))
        .collect()
}

/// The differences between two pieces, the second of which starts with line `first_line` of its text.
fn in_hunk(old: &str, new: &str, first_line: usize) -> Vec<Difference> {
    // Beyond this the time a comparison takes, which is quadratic, would show; the piece is given whole.
    const MOST_TOKENS: usize = 4000;
    let (old, new) = (tokens(old), tokens(new));
    let before = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let ends = old[before..].iter().rev().zip(new[before..].iter().rev());
    let after = ends.take_while(|(old, new)| old == new).count();
    let (was, is) = (before..old.len() - after, before..new.len() - after);
    let pieces =
        if was.len().max(is.len()) > MOST_TOKENS { vec![(was, is)] } else { joined(changes(&old, &new)) };
    let place = |at: usize| {
        let before = new[..at].concat();
        let line = before.rsplit('\n').next().unwrap_or_default();
        Position { line: first_line + before.matches('\n').count(), column: line.chars().count() + 1 }
    };
    let difference = |(was, is): Change| Difference {
        position: place(is.start),
        was: old[was].concat(),
        is: new[is].concat(),
    };
    pieces.into_iter().map(difference).collect()
}

/// What stands in one sequence and what in the other in its place.
type Change = (Range<usize>, Range<usize>);

fn changes(old: &[&str], new: &[&str]) -> Vec<Change> {
    let ops = capture_diff_slices(Algorithm::Myers, old, new);
    let changed = ops.iter().filter(|op| op.tag() != DiffTag::Equal);
    changed.map(|op| (op.old_range(), op.new_range())).collect()
}

/// The changes, those joined that a single token parts: it is alike by chance.
fn joined(changes: Vec<Change>) -> Vec<Change> {
    let mut joined: Vec<Change> = Vec::with_capacity(changes.len());
    for (was, is) in changes {
        match joined.last_mut() {
            Some(last) if is.start <= last.1.end + 1 => *last = (last.0.start..was.end, last.1.start..is.end),
            _ => joined.push((was, is)),
        }
    }
    joined
}

/// Its words of ASCII letters and digits, and every other character.
fn tokens(text: &str) -> Vec<&str> {
    let is_word = |token: &str| token.starts_with(|c: char| c.is_ascii_alphanumeric());
    let mut tokens = Vec::new();
    let mut start = 0;
    for (at, char) in text.char_indices().skip(1) {
        if !(char.is_ascii_alphanumeric() && is_word(&text[start..at])) {
            tokens.push(&text[start..at]);
            start = at;
        }
    }
    if start < text.len() {
        tokens.push(&text[start..]);
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_and_what() {
        for (reviewed, text, expected) in [
            ("甲乙", "甲乙", &[] as &[_]),
            ("甲乙\r\n丙 ", "\u{feff}甲乙\n丙\n\n", &[]),
            ("", "甲", &[(1, 1, "", "甲")]),
            ("各单位抓好落实。", "各单位抓紧落实。", &[(1, 5, "好", "紧")]),
            ("至2026年11月3日止", "至2026年12月31日止", &[(1, 7, "11月3", "12月31")]),
            ("甲\n乙\n丙", "甲\n丙", &[(2, 1, "乙\n", "")]),
            ("甲\n乙", "甲", &[(2, 1, "乙\n", "")]),
            ("甲\n丙", "甲\n\n乙\n丙", &[(2, 1, "", "\n乙\n")]),
            ("甲\n乙丙", "甲乙\n丙", &[(1, 2, "\n乙", "乙\n")]),
            (
                "甲一二三四五\n同\n乙一二三四五",
                "甲一二三四六\n同\n丙一二三四五",
                &[(1, 6, "五", "六"), (3, 1, "乙", "丙")],
            ),
        ] {
            let found = differences(reviewed, text);
            let found: Vec<_> =
                found.iter().map(|d| (d.position.line, d.position.column, &*d.was, &*d.is)).collect();
            assert_eq!(found, expected, "{reviewed:?} {text:?}");
        }
    }

    #[test]
    fn a_long_line_rewritten() {
        let (old, new) = ("甲".repeat(5000), "乙".repeat(5000));
        let found = differences(&format!("前{old}后"), &format!("前{new}后"));
        assert_eq!(found, [Difference { position: Position { line: 1, column: 2 }, was: old, is: new }]);
    }
}
