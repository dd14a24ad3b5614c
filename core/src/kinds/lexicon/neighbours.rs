//! How often characters stand side by side, as counted over published texts.

use std::sync::Arc;

use crate::draft::han::Han;
use crate::entry::{Entry, Located};
use crate::error::ProblemKind;
use crate::kinds::lexicon::counts;
use crate::kinds::lexicon::levels::{Level, Levels, unpacked};

/// Counted characters and which of them stand side by side, as levels from 1.
#[derive(Clone, Debug)]
pub(crate) struct Neighbours {
    /// For each character its number among those counted often enough, from 1; 0 for no character.
    ranks: Vec<u16>,
    last: u16,
    letters: Vec<u16>,
    pairs: Levels,
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
        Some(entry.shared(&["figures_file"], Neighbours::of))
    }

    fn of(entry: &mut Entry<'_>) -> Neighbours {
        let rows = counts::rows(entry);
        let mut ranks = vec![UNKNOWN; 1 << 15];
        let mut letters = vec![0; 1 << 15];
        ranks[Han::NONE.index()] = 0;
        let mut rank: u16 = 0;
        for (han, level) in leveled(&rows, "letters") {
            rank = rank.saturating_add(1);
            ranks[han.index()] = rank;
            letters[han.index()] = level;
        }
        if rank >= UNKNOWN {
            entry.invalid("figures_file", "more characters than can be told apart");
        }
        let parts = |number: u32| [number >> RANK_BITS, number & u32::from(UNKNOWN)];
        let is_known = |level: &Level| parts(level.0).iter().all(|own| *own <= u32::from(rank));
        let pairs: Vec<Level> = unpacked(&rows, "pairs", entry).into_iter().filter(is_known).collect();
        Neighbours { ranks, last: rank, letters, pairs: Levels::new(&pairs) }
    }

    /// How often the character was counted.
    pub(crate) fn letter(&self, han: Han) -> u16 {
        self.letters[han.index()]
    }

    /// How often the two stand side by side; [`Han::NONE`] is any other character or none.
    #[inline]
    pub(crate) fn pair(&self, one: Han, other: Han) -> u16 {
        self.pairs.of(self.number(one, other))
    }

    /// Whether the two stand side by side often; [`Han::NONE`] never does.
    pub(crate) fn stand_often(&self, one: Han, other: Han) -> bool {
        one != Han::NONE && other != Han::NONE && self.pair(one, other) >= OFTEN
    }

    /// The rank of a character among those counted often enough, from 1; 0 for no character.
    pub(crate) fn rank(&self, han: Han) -> u16 {
        self.ranks[han.index()]
    }

    /// How many ranks there are.
    pub(crate) fn ranks(&self) -> usize {
        usize::from(self.last) + 1
    }

    /// Every two characters that were counted side by side, and how often they were.
    pub(crate) fn counted(&self) -> impl Iterator<Item = ([Han; 2], u16)> + '_ {
        let mut hans = vec![Han::NONE; self.ranks()];
        for han in (0..Han::COUNT as u64).map(Han::of_bits) {
            if let Some(own) = hans.get_mut(usize::from(self.rank(han))) {
                *own = han;
            }
        }
        hans[0] = Han::NONE;
        self.pairs().map(move |(ranks, level)| (ranks.map(|rank| hans[usize::from(rank)]), level))
    }

    /// Every two that stand side by side often.
    pub(crate) fn often(&self) -> impl Iterator<Item = [Han; 2]> + '_ {
        let often = self.counted().filter(|(pair, level)| *level >= OFTEN && !pair.contains(&Han::NONE));
        often.map(|(pair, _)| pair)
    }

    /// Every pair that was counted, by ranks, and how often it was.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = ([u16; 2], u16)> + '_ {
        self.pairs.all().map(|(number, level)| {
            let ranks = [number >> RANK_BITS, number & u32::from(UNKNOWN)];
            (ranks.map(|rank| u16::try_from(rank).unwrap_or(UNKNOWN)), level)
        })
    }

    #[inline]
    fn number(&self, one: Han, other: Han) -> u32 {
        let [one, other] = [one, other].map(|han| u32::from(self.ranks[han.index()]));
        one << RANK_BITS | other
    }
}

/// The characters of the row of that name with their levels; the first cell is that of the highest.
pub(crate) fn leveled<'r>(
    rows: &'r [Located<Vec<String>>],
    name: &str,
) -> impl Iterator<Item = (Han, u16)> + 'r {
    let cells = rows.iter().find(|row| row.value[0] == name).map_or(&[][..], |row| &row.value[1..]);
    (1..=LEVELS)
        .rev()
        .zip(cells)
        .flat_map(|(level, cell)| cell.chars().filter_map(Han::new).map(move |han| (han, level)))
}
