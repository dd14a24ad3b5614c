//! Runs of members of one set in a list, and what is wrong with them.

use std::ops::Range;

use crate::kinds::set::list::{Item, Join};
use crate::kinds::set::{Formula, Index};
use crate::order::sort_by_key;
use crate::span::Span;

/// Members of one set that stand in one list, in the order of the text.
#[derive(Clone, Debug)]
pub(super) struct Run<'l> {
    pub(super) set: usize,
    list: &'l [Item],
    places: Vec<Place>,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    set: usize,
    item: usize,
    member: usize,
}

/// What is wrong with a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    /// These members are not there.
    Missing(Vec<usize>),
    /// Something else stands where a member should; `is_alike` where it looks like it.
    Altered { at: Span, member: usize, is_alike: bool },
    /// Something that is no member stands among them.
    Extra(Span),
    /// All are there in another order.
    Disordered,
}

/// What stands beside a run, joined to it.
enum Side {
    Before,
    Between,
    After,
}

impl<'l> Run<'l> {
    /// The runs of two or more members in `list`.
    pub(super) fn all(list: &'l [Item], index: &Index) -> Vec<Run<'l>> {
        let mut places: Vec<Place> = Vec::with_capacity(2 * list.len());
        for (item, word) in list.iter().enumerate().filter_map(|(n, item)| Some((n, item.word?))) {
            let own = index.words[word].of.iter();
            places.extend(own.map(|(set, member)| Place { set: *set, item, member: *member }));
        }
        // Those of a set stay in the order of the list.
        sort_by_key(&mut places, |place| place.set);
        let mut runs = Vec::new();
        for mut places in places.chunk_by(|one, other| one.set == other.set) {
            while let Some(Place { set, .. }) = places.first().copied() {
                let len =
                    1 + (1..places.len()).take_while(|n| goes_on(list, &places[..*n], places[*n])).count();
                if len > 1 {
                    runs.push(Run { set, list, places: places[..len].to_vec() });
                }
                places = &places[len..];
            }
        }
        runs
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// Its place in the folded text, from the first member to the last.
    pub(super) fn span(&self) -> Span {
        Span::new(self.first().span.start, self.last().span.end)
    }

    /// The same with what is joined to it on either side.
    pub(super) fn reach(&self) -> Span {
        let (before, after) = (self.before().unwrap_or(self.first()), self.after().unwrap_or(self.last()));
        Span::new(before.span.start, after.span.end)
    }

    /// Whether it has all members of its set, in order and nothing else.
    pub(super) fn is_intact(&self, formula: &Formula) -> bool {
        self.len() == formula.members.len() && self.is_ordered() && self.stray().is_none()
    }

    /// Whether it is a list of its own: members joined by 、 or conjunctions without verbs, and nothing else
    /// joined to them.
    pub(super) fn is_close(&self) -> bool {
        let inner = &self.list[self.places[0].item + 1..=self.places[self.len() - 1].item];
        inner.iter().all(|item| item.join == Join::Strong && !item.is_led)
            && self.before().is_none()
            && self.after().is_none()
    }

    /// Where the members are parted: from the end of one to the start of the next, in the folded text.
    ///
    /// None where something else stands among them or verbs stand before them.
    pub(super) fn gaps(&self) -> Option<Vec<Span>> {
        let gap = |pair: &[Place]| {
            let (one, other) = (&self.list[pair[0].item], &self.list[pair[1].item]);
            let is_plain = pair[1].item == pair[0].item + 1 && !other.is_led;
            is_plain.then_some(Span::new(one.span.end, other.span.start))
        };
        self.places.windows(2).map(gap).collect()
    }

    /// What is wrong with it, by itself.
    pub(super) fn slip(&self, formula: &Formula, text: &str) -> Option<Slip> {
        let missing: Vec<usize> = (0..formula.members.len())
            .filter(|member| self.places.iter().all(|own| own.member != *member))
            .collect();
        match (missing.as_slice(), self.stray()) {
            ([], None) if !self.is_ordered() => Some(Slip::Disordered),
            ([], None) => self.extra_at_end(formula, text),
            ([], Some(stray)) => {
                (self.is_ordered() && self.is_enclosed(&stray)).then(|| Slip::Extra(self.covered(&stray)))
            }
            ([member], stray) if self.is_ordered() => self.one_missing(*member, stray, formula, text),
            (_, None) => Some(Slip::Missing(missing)),
            (_, Some(_)) => None,
        }
    }

    fn one_missing(
        &self,
        member: usize,
        stray: Option<Range<usize>>,
        formula: &Formula,
        text: &str,
    ) -> Option<Slip> {
        let (side, item) = match &stray {
            Some(stray) => {
                let before = self.places.iter().rev().find(|place| place.item < stray.start)?;
                if before.member + 1 != member {
                    return None;
                }
                (Side::Between, Some(self.covered(stray)))
            }
            None if member == 0 => (Side::Before, self.before().map(|item| item.span)),
            None if member + 1 == formula.members.len() => (Side::After, self.after().map(|item| item.span)),
            None => (Side::Between, None),
        };
        let missing = Slip::Missing(vec![member]);
        let Some(item) = item else { return Some(missing) };
        if formula.folded[member].iter().any(|right| text[item].contains(right.as_str())) {
            return None;
        }
        let nearest = formula.folded[member].iter().map(|right| nearest(text, item, right, &side)).min();
        let (distance, at) = nearest?;
        let len = formula.folded[member][0].chars().count();
        let is_alike = distance < len && distance <= (len / 3).max(1);
        match side {
            Side::Between if is_alike || self.is_enclosed(&stray?) => {
                Some(Slip::Altered { at, member, is_alike })
            }
            Side::Between => None,
            Side::Before | Side::After if is_alike => Some(Slip::Altered { at, member, is_alike }),
            Side::Before => Some(match introduced(text, item, formula.longest) {
                Some(at) => Slip::Altered { at, member, is_alike },
                None => missing,
            }),
            Side::After => Some(missing),
        }
    }

    /// One more item that is made like all members: 忧患意识 after the four of 四个意识.
    fn extra_at_end(&self, formula: &Formula, text: &str) -> Option<Slip> {
        let item = self.after()?;
        let own = &text[item.span];
        let fits = formula.affix.as_ref().is_some_and(|affix| affix.fits(own));
        (fits && own.chars().count() <= formula.longest + 1).then_some(Slip::Extra(item.span))
    }

    fn is_ordered(&self) -> bool {
        self.places.is_sorted_by_key(|place| place.member)
    }

    /// The first items among the members that are none.
    fn stray(&self) -> Option<Range<usize>> {
        let gap = self.places.windows(2).find(|pair| pair[1].item > pair[0].item + 1)?;
        Some(gap[0].item + 1..gap[1].item)
    }

    /// Whether items are joined by 、 or the like on both sides.
    fn is_enclosed(&self, items: &Range<usize>) -> bool {
        self.list[items.start].join == Join::Strong && self.list[items.end].join == Join::Strong
    }

    fn covered(&self, items: &Range<usize>) -> Span {
        Span::new(self.list[items.start].span.start, self.list[items.end - 1].span.end)
    }

    fn before(&self) -> Option<&Item> {
        let first = self.places[0].item;
        (self.list[first].join == Join::Strong).then(|| first.checked_sub(1).map(|n| &self.list[n]))?
    }

    fn after(&self) -> Option<&Item> {
        let next = self.list.get(self.places[self.len() - 1].item + 1)?;
        (next.join == Join::Strong && !self.last().is_last).then_some(next)
    }

    fn first(&self) -> &Item {
        &self.list[self.places[0].item]
    }

    fn last(&self) -> &Item {
        &self.list[self.places[self.len() - 1].item]
    }
}

/// Whether a place goes on the run of those before it.
fn goes_on(list: &[Item], run: &[Place], next: Place) -> bool {
    // What stands in the place of a member that holds a conjunction may be two items.
    const MOST_STRAYS: usize = 2;
    const LONGEST_STRAY: usize = 100;
    let (from, to) = (run[run.len() - 1].item, next.item);
    let stray = &list[from + 1..to];
    stray.len() <= MOST_STRAYS
        && stray.iter().all(|item| item.span.len() <= LONGEST_STRAY && !item.is_first && !item.is_last)
        && !list[from].is_last
        && !list[to].is_first
        && run.iter().all(|place| place.member != next.member)
}

/// The first item of a list without the word that introduces it; none where it is too long to be a member.
fn introduced(text: &str, item: Span, longest: usize) -> Option<Span> {
    const INTRODUCING: [&str; 6] = ["就是", "是指", "包括", "分别是", "即", "是"];
    let own = text[item].trim_start_matches(['“', '"', '「']);
    let own = INTRODUCING.iter().find_map(|word| own.strip_prefix(word)).unwrap_or(own);
    (own.chars().count() <= longest + 2).then(|| Span::new(item.end - own.len(), item.end))
}

/// The part of an item that is nearest to `right`, with its distance.
fn nearest(text: &str, item: Span, right: &str, side: &Side) -> (usize, Span) {
    let len = right.chars().count();
    // A word of two or three characters is compared with one as long, else anything would be near.
    let slack = usize::from(len > 3);
    let lens = (len - slack)..=(len + slack);
    let own = &text[item];
    let part = |chars: usize| match side {
        Side::After => {
            Span::new(item.start, item.start + own.char_indices().nth(chars).map_or(own.len(), |(at, _)| at))
        }
        Side::Before | Side::Between => {
            let from = own.char_indices().rev().take(chars).last().map_or(own.len(), |(at, _)| at);
            Span::new(item.start + from, item.end)
        }
    };
    let whole = matches!(side, Side::Between).then_some(item);
    let parts = lens.map(part).chain(whole);
    let distance = |part: Span| strsim::damerau_levenshtein(&text[part], right);
    let as_long = |part: Span| part.len() == right.len();
    let nearest = parts.map(|part| (distance(part), part)).min_by_key(|(far, part)| (*far, !as_long(*part)));
    nearest.unwrap_or((usize::MAX, item))
}
