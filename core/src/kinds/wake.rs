//! The literals that a regular expression requires: one of them stands in every match.

use regex_syntax::hir::{Class, ClassUnicodeRange, Hir, HirKind};

use crate::draft::fold::{Folding, fold};

/// Literals one of which every match of `hir` holds, or none where there are no telling ones.
pub(super) fn required(hir: &Hir) -> Option<Vec<String>> {
    let literals = walk(hir)?;
    literals.iter().all(|literal| is_telling(literal)).then_some(literals)
}

/// Whether a literal is rare enough to wake an expression: more than a lone letter, digit or blank.
fn is_telling(literal: &str) -> bool {
    // What the scan passes over cannot wake anything.
    let folded = fold(literal, Folding::FULL);
    let mut chars = folded.text().chars();
    match (chars.next(), chars.next()) {
        (None, _) => false,
        (Some(only), None) => !only.is_ascii_alphanumeric(),
        _ => true,
    }
}

fn walk(hir: &Hir) -> Option<Vec<String>> {
    const MOST: usize = 64;
    const LONGEST: usize = 32;
    match hir.kind() {
        // The start of a long literal wakes as well as the whole.
        HirKind::Literal(literal) => {
            Some(vec![std::str::from_utf8(&literal.0).ok()?.chars().take(LONGEST).collect()])
        }
        HirKind::Class(Class::Unicode(class)) => {
            let count: usize = class.iter().map(ClassUnicodeRange::len).sum();
            let chars = class.iter().flat_map(|range| range.start()..=range.end());
            (count <= MOST).then(|| chars.map(String::from).collect())
        }
        HirKind::Repetition(repetition) if repetition.min > 0 => walk(&repetition.sub),
        HirKind::Capture(capture) => walk(&capture.sub),
        HirKind::Concat(parts) => {
            joined(parts).into_iter().filter(|set| set.len() <= MOST).max_by_key(|set| worth(set))
        }
        HirKind::Alternation(branches) => {
            let sets: Option<Vec<Vec<String>>> = branches.iter().map(walk).collect();
            let mut all: Vec<String> = sets?.concat();
            all.sort();
            all.dedup();
            (all.len() <= 4 * MOST).then_some(all)
        }
        _ => None,
    }
}

/// The literal sets of a sequence, neighbours of single choice or few choices joined to longer ones.
fn joined(parts: &[Hir]) -> Vec<Vec<String>> {
    const MOST: usize = 32;
    let mut sets: Vec<Vec<String>> = Vec::new();
    let mut grows = false;
    for part in parts {
        let Some(set) = walk(part) else {
            grows = false;
            continue;
        };
        // Only what is matched whole can be joined to its neighbour.
        let whole = matches!(part.kind(), HirKind::Literal(_) | HirKind::Class(_));
        let fits = grows && whole && sets.last().is_some_and(|last| last.len() * set.len() <= MOST);
        if fits && let Some(last) = sets.pop() {
            sets.push(
                last.iter().flat_map(|head| set.iter().map(move |tail| format!("{head}{tail}"))).collect(),
            );
        } else {
            sets.push(set);
        }
        grows = whole;
    }
    sets
}

/// How good a set is: telling at all, then long, then small.
fn worth(set: &[String]) -> (bool, usize, std::cmp::Reverse<usize>) {
    let shortest = set.iter().map(|literal| literal.chars().count()).min().unwrap_or(0);
    (set.iter().all(|literal| is_telling(literal)), shortest, std::cmp::Reverse(set.len()))
}

#[cfg(test)]
mod tests {
    use super::required;

    #[test]
    fn what_every_match_holds() {
        for (pattern, expected) in [
            ("国务院办公厅", Some(vec!["国务院办公厅"])),
            ("第[0-9]+条", Some(vec!["条"])),
            ("(?:密级|秘密)[:：]", Some(vec!["密级", "秘密"])),
            ("[绝机]密★", Some(vec!["机密★", "绝密★"])),
            ("[0-9]{4}", None),
            ("a?国", Some(vec!["国"])),
            ("(?:国)?", None),
            ("[0-9]+-[0-9]+", Some(vec!["-"])),
            ("\u{200b}", None),
            ("[一二]+、甲", Some(vec!["、甲"])),
        ] {
            let hir = regex_syntax::parse(pattern).unwrap();
            let expected = expected.map(|set| set.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(required(&hir), expected, "{pattern}");
        }
    }
}
