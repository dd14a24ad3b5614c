//! A glance at the characters around a hit, which tells nearly all hits that stand in no match of an expression.

use std::iter;

use regex_syntax::hir::{Class, Hir, HirKind, Look, Repetition};

use crate::kinds::wake;
use crate::span::Span;

/// The positions of an expression, one for each character or class that it names, and which can follow which.
///
/// Repetitions are followed to a few copies and then without end, and characters are told apart by groups: what it lets
/// through may still be no match, what it holds back never is one.
#[derive(Clone, Debug)]
pub(super) struct Glance {
    /// For each group of characters which of the rows is its.
    rows_of: Box<[u8; GROUPS]>,
    rows: Vec<Row>,
    behind: Way,
    ahead: Way,
}

/// What characters that the same positions take are to the expression.
#[derive(Clone, Copy, Debug)]
struct Row {
    /// The positions that take one of them.
    takers: Places,
    /// Those of them that take few enough characters to be part of a literal.
    narrow: Places,
    /// The positions that may stand behind one of them, or begin a match.
    behind: Places,
    /// Those that may stand before one of them, or end a match.
    before: Places,
}

/// Where one can go from each position, in one direction.
#[derive(Clone, Debug)]
struct Way {
    links: Vec<Places>,
    /// Where the match may be at its end.
    ends: Places,
}

/// Positions, a bit each.
type Places = u128;

/// Characters are told apart by these: each of ASCII by itself, all others by a few of their bits.
const GROUPS: usize = ASCII + OTHERS;
const ASCII: usize = 128;
const OTHERS: usize = 64;

/// What stands before a line and behind it, however far one goes.
const EDGES: [u32; 2] = [char::MAX as u32 + 1, char::MAX as u32 + 2];

impl Glance {
    /// None for expressions of very many parts.
    pub(super) fn of(hir: &Hir) -> Option<Glance> {
        let mut positions = Positions::default();
        let whole = positions.part(hir)?;
        let (mut takers, mut narrow) = ([0; GROUPS], 0);
        for (position, ranges) in positions.taken.iter().enumerate() {
            for group in groups(ranges) {
                takers[group] |= 1 << position;
            }
            let chars: u32 = ranges.iter().map(|(first, last)| last - first + 1).sum();
            narrow |= Places::from(chars as usize <= wake::MOST) << position;
        }
        let ahead = Way { links: positions.links, ends: whole.last };
        let mut links = vec![0; ahead.links.len()];
        for (from, followers) in ahead.links.iter().enumerate() {
            for to in each(*followers) {
                links[to] |= 1 << from;
            }
        }
        let behind = Way { links, ends: whole.first };
        let mut rows: Vec<Row> = Vec::new();
        let rows_of = takers.map(|takers| {
            let known = rows.iter().position(|row| row.takers == takers).unwrap_or_else(|| {
                rows.push(Row {
                    takers,
                    narrow: takers & narrow,
                    behind: ahead.next(takers) | behind.ends,
                    before: behind.next(takers) | ahead.ends,
                });
                rows.len() - 1
            });
            u8::try_from(known).expect("no more rows than groups")
        });
        Some(Glance { rows_of: Box::new(rows_of), rows, behind, ahead })
    }

    /// Whether a literal that begins at `at` of `text` may stand in a match that lies in `line`.
    pub(super) fn may_match(&self, text: &str, line: Span, at: usize) -> bool {
        let before = text[line.start..at].chars();
        let mut after = text[at..line.end].chars();
        let Some(here) = after.next() else { return true };
        // Both neighbours are looked at before anything is followed further.
        let (last, next) = (before.clone().next_back(), after.clone().next());
        let places = self.row(here.into()).narrow
            & self.row(last.map_or(EDGES[0], u32::from)).behind
            & self.row(next.map_or(EDGES[1], u32::from)).before;
        each(places).any(|position| {
            self.leads(&self.behind, position, before.clone().rev(), EDGES[0])
                && self.leads(&self.ahead, position, after.clone(), EDGES[1])
        })
    }

    fn row(&self, code: u32) -> &Row {
        &self.rows[usize::from(self.rows_of[group(code)])]
    }

    /// Whether one may come from `position` over these characters to an end of the match.
    fn leads(&self, way: &Way, position: usize, chars: impl Iterator<Item = char>, edge: u32) -> bool {
        // So many characters tell what can be told at a glance.
        const FAR: usize = 8;
        let mut here = 1 << position;
        for code in chars.map(u32::from).chain(iter::repeat(edge)).take(FAR) {
            if here & way.ends != 0 {
                return true;
            }
            here = way.next(here) & self.row(code).takers;
            if here == 0 {
                return false;
            }
        }
        true
    }
}

impl Way {
    /// The positions that come next after some of these.
    fn next(&self, places: Places) -> Places {
        each(places).fold(0, |next, from| next | self.links[from])
    }
}

const fn group(code: u32) -> usize {
    let code = code as usize;
    if code < ASCII { code } else { ASCII + (code ^ code >> 6) % OTHERS }
}

/// The groups of the characters in some ranges.
fn groups(ranges: &[(u32, u32)]) -> impl Iterator<Item = usize> {
    let mut groups = [false; GROUPS];
    for (first, last) in ranges {
        // So many in a row are of all groups that there are.
        for code in (*first..=*last).take(ASCII + OTHERS * OTHERS) {
            groups[group(code)] = true;
        }
    }
    (0..GROUPS).filter(move |group| groups[*group])
}

/// The positions one by one.
fn each(mut places: Places) -> impl Iterator<Item = usize> {
    iter::from_fn(move || {
        let first = (places != 0).then(|| places.trailing_zeros() as usize)?;
        places &= places - 1;
        Some(first)
    })
}

/// Takes down the positions of an expression.
#[derive(Default)]
struct Positions {
    /// What each of them takes, in ranges.
    taken: Vec<Vec<(u32, u32)>>,
    /// For each of them those that can follow it.
    links: Vec<Places>,
}

/// Where a part of an expression begins and ends.
#[derive(Clone, Copy, Default)]
struct Part {
    first: Places,
    last: Places,
    /// Whether it may take nothing.
    yields: bool,
}

impl Positions {
    fn part(&mut self, hir: &Hir) -> Option<Part> {
        match hir.kind() {
            HirKind::Empty => Some(Part { yields: true, ..Part::default() }),
            HirKind::Look(look) => {
                let starts = matches!(look, Look::Start | Look::StartLF | Look::StartCRLF);
                let edge = EDGES[usize::from(!starts)];
                self.position(vec![(edge, edge)])
            }
            HirKind::Literal(literal) => {
                let mut row = Part { yields: true, ..Part::default() };
                for char in std::str::from_utf8(&literal.0).ok()?.chars().map(u32::from) {
                    let next = self.position(vec![(char, char)])?;
                    row = self.joined(row, next);
                }
                Some(row)
            }
            HirKind::Class(Class::Unicode(class)) => {
                let ranges = class.iter().map(|range| (range.start().into(), range.end().into()));
                self.position(ranges.collect())
            }
            HirKind::Class(Class::Bytes(class)) => {
                let ranges = class.iter().map(|range| (range.start().into(), range.end().into()));
                class.is_ascii().then(|| self.position(ranges.collect()))?
            }
            HirKind::Repetition(repetition) => self.copies(repetition),
            HirKind::Capture(capture) => self.part(&capture.sub),
            HirKind::Concat(parts) => {
                let mut row = Part { yields: true, ..Part::default() };
                for part in parts {
                    let next = self.part(part)?;
                    row = self.joined(row, next);
                }
                Some(row)
            }
            HirKind::Alternation(branches) => {
                let mut whole = Part::default();
                for branch in branches {
                    let Part { first, last, yields } = self.part(branch)?;
                    whole.first |= first;
                    whole.last |= last;
                    whole.yields |= yields;
                }
                Some(whole)
            }
        }
    }

    fn position(&mut self, taken: Vec<(u32, u32)>) -> Option<Part> {
        let position = Places::checked_shl(1, u32::try_from(self.taken.len()).ok()?)?;
        self.taken.push(taken);
        self.links.push(0);
        Some(Part { first: position, last: position, yields: false })
    }

    fn copies(&mut self, repetition: &Repetition) -> Option<Part> {
        const MOST: u32 = 4;
        let Repetition { min, max, ref sub, .. } = *repetition;
        let (copies, is_open) = match max {
            Some(max) if max <= MOST => (max, false),
            _ => (min.clamp(1, MOST), true),
        };
        let mut row = Part { yields: true, ..Part::default() };
        for copy in 0..copies {
            let mut part = self.part(sub)?;
            part.yields |= copy >= min;
            if is_open && copy + 1 == copies {
                self.link(part.last, part.first);
            }
            row = self.joined(row, part);
        }
        Some(row)
    }

    fn joined(&mut self, row: Part, next: Part) -> Part {
        self.link(row.last, next.first);
        Part {
            first: if row.yields { row.first | next.first } else { row.first },
            last: if next.yields { row.last | next.last } else { next.last },
            yields: row.yields && next.yields,
        }
    }

    fn link(&mut self, from: Places, to: Places) {
        for from in each(from) {
            self.links[from] |= to;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_match_may_lie() {
        for (pattern, text, expected) in [
            ("[0-9]{4}年[一二]月", "2026年一月", "2026年一月"),
            ("[0-9]{4}年[一二]月", "2026年1月", ""),
            ("[0-9]{4}年[一二]月", "026年一月", ""),
            ("[0-9]年一月|[一二]年1月", "2年1月", ""),
            ("(?:^|[^0-9])(?:1|2)月$", "1月", "1月"),
            ("(?:^|[^0-9])(?:1|2)月$", "甲1月", "1月"),
            ("(?:^|[^0-9])(?:1|2)月$", "01月", ""),
            ("(?:^|[^0-9])(?:1|2)月$", "1月乙", ""),
            (r"^\s{0,4}密 ?级$", "  密 级", "  密 级"),
            (r"\s{0,4}^密(?:\s|$)\s*", "密", "密"),
            ("(?:甲|乙){0,9}丙", "甲丁乙丙", "乙丙"),
            ("甲{2,3}", "甲", ""),
            ("甲{2,9}乙", "甲甲甲甲甲甲甲甲甲甲甲乙", "甲甲甲甲甲甲甲甲甲甲甲乙"),
            ("甲{0}乙", "甲乙", "乙"),
            ("(?i)ab", "aB", "aB"),
        ] {
            let glance = Glance::of(&regex_syntax::parse(pattern).unwrap()).unwrap();
            let line = Span::new(0, text.len());
            let may = text.char_indices().filter(|(at, _)| glance.may_match(text, line, *at));
            assert_eq!(may.map(|(_, char)| char).collect::<String>(), expected, "{pattern}: {text}");
        }
    }

    #[test]
    fn what_has_too_many_parts() {
        for (pattern, expected) in [
            ("(?:[0-9]{4}年){4}", true),
            ("(?:(?:[0-9]{4}年){4}(?:[0-9]{4}月){4}){4}", false),
            ("(?:[0-9]年){99}", true),
        ] {
            assert_eq!(Glance::of(&regex_syntax::parse(pattern).unwrap()).is_some(), expected, "{pattern}");
        }
    }
}
