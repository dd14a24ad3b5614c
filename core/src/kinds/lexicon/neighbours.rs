//! How often characters stand side by side, as counted over published texts.

use std::rc::Rc;
use std::sync::Arc;

use crate::draft::Draft;
use crate::draft::han::Han;
use crate::entry::Entry;
use crate::error::ProblemKind;
use crate::kinds::lexicon::levels::{Level, Levels, unpacked};
use crate::kinds::lexicon::{Alone, Lexicon};

/// Counted characters and which of them stand side by side, as levels from 1.
#[derive(Clone, Debug)]
pub(crate) struct Neighbours {
    /// For each character its number among those counted often enough, from 1; 0 for no character.
    ranks: Vec<u16>,
    last: u16,
    letters: Vec<u16>,
    /// The pairs of two characters that stand side by side often: a small table for a first look.
    often: Levels,
    /// All other pairs.
    others: Levels,
}

/// The highest level.
const LEVELS: u16 = 7;
/// The level from which two characters stand side by side often.
const OFTEN: u16 = 3;
/// A rank that no pair has.
const UNKNOWN: u16 = 0xfff;
const RANK_BITS: u32 = 12;

impl Neighbours {
    /// Those of the file that `figures_file` names, as its script writes them.
    pub(crate) fn read(entry: &mut Entry<'_>) -> Option<Arc<Neighbours>> {
        if !entry.has("figures_file") {
            entry.problem(ProblemKind::MissingField("figures_file"));
            return None;
        }
        Some(entry.shared("figures_file", Neighbours::of))
    }

    fn of(entry: &mut Entry<'_>) -> Neighbours {
        let rows = entry.table("figures_file");
        let mut ranks = vec![UNKNOWN; 1 << 15];
        let mut letters = vec![0; 1 << 15];
        ranks[Han::NONE.index()] = 0;
        let mut rank: u16 = 0;
        let counted =
            rows.iter().find(|row| row.value[0] == "letters").map_or(&[][..], |row| &row.value[1..]);
        for (level, chars) in (1..=LEVELS).rev().zip(counted) {
            for han in chars.chars().filter_map(Han::new) {
                rank = rank.saturating_add(1);
                ranks[han.index()] = rank;
                letters[han.index()] = level;
            }
        }
        if rank >= UNKNOWN {
            entry.invalid("figures_file", "more characters than can be told apart");
        }
        let pairs: Vec<Level> = unpacked(&rows, "pairs", entry);
        let known = |(number, _): &Level| {
            number >> RANK_BITS <= u32::from(rank) && number & u32::from(UNKNOWN) <= u32::from(rank)
        };
        let is_often = |(number, level): &Level| {
            *level >= OFTEN && number >> RANK_BITS != 0 && number & u32::from(UNKNOWN) != 0
        };
        let (often, others): (Vec<Level>, Vec<Level>) = pairs.into_iter().filter(known).partition(is_often);
        Neighbours { ranks, last: rank, letters, often: Levels::new(&often), others: Levels::new(&others) }
    }

    /// How often the character was counted.
    pub(crate) fn letter(&self, han: Han) -> u16 {
        self.letters[han.index()]
    }

    /// How often the two stand side by side; [`Han::NONE`] is any other character or none.
    #[inline]
    pub(crate) fn pair(&self, one: Han, other: Han) -> u16 {
        let number = self.number(one, other);
        match self.often.of(number) {
            0 => self.others.of(number),
            level => level,
        }
    }

    /// The places of the characters that make no word of two with a neighbour, nor stand beside it often; worked out
    /// once for all rules that have the same neighbours.
    pub(crate) fn strangers_of(
        this: &Arc<Neighbours>,
        draft: &Draft<'_>,
        lexicon: &Arc<Lexicon>,
    ) -> Rc<Vec<usize>> {
        let chars = draft.hans().chars();
        draft.shared(this, |this| this.strangers(chars, &Alone::of(chars, lexicon)))
    }

    fn strangers(&self, chars: &[Han], alone: &Alone) -> Vec<usize> {
        let char = |at: usize| chars.get(at).copied().unwrap_or(Han::NONE);
        let often = |one: Han, other: Han| self.often.of(self.number(one, other));
        passing(alone.places(), |at| {
            let [left, own, right] = [at.wrapping_sub(1), *at, at + 1].map(char);
            often(left, own) | often(own, right) == 0
        })
    }

    /// The rank of a character among those counted often enough, from 1; 0 for no character.
    pub(crate) fn rank(&self, han: Han) -> u16 {
        self.ranks[han.index()]
    }

    /// How many ranks there are.
    pub(crate) fn ranks(&self) -> usize {
        usize::from(self.last) + 1
    }

    /// Every pair that was counted, by ranks.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = [u16; 2]> + '_ {
        let numbers = self.often.numbers().chain(self.others.numbers());
        numbers.map(|number| {
            [number >> RANK_BITS, number & u32::from(UNKNOWN)]
                .map(|rank| u16::try_from(rank).unwrap_or(UNKNOWN))
        })
    }

    #[inline]
    fn number(&self, one: Han, other: Han) -> u32 {
        let [one, other] = [one, other].map(|han| u32::from(self.ranks[han.index()]));
        one << RANK_BITS | other
    }
}

/// Those that pass, told without a branch for each: no look into memory waits for another.
pub(crate) fn passing<T: Copy>(all: impl Iterator<Item = T>, passes: impl Fn(&T) -> bool) -> Vec<T> {
    let mut passing = Vec::new();
    for one in all {
        passing.push(one);
        passing.truncate(passing.len() - usize::from(!passes(&one)));
    }
    passing
}
