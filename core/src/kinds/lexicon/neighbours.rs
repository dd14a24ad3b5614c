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
    /// The same in order, to be gone through.
    counted: Vec<Level>,
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
        let mut counted = unpacked(&rows, "pairs", entry);
        counted.retain(|level| ranks_of(*level).iter().all(|own| *own <= rank));
        Neighbours { ranks, last: rank, letters, pairs: Levels::new(&counted), counted }
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

    /// Every two that stand side by side often.
    pub(crate) fn often(&self) -> impl Iterator<Item = [Han; 2]> + '_ {
        let mut hans = vec![Han::NONE; self.ranks()];
        for han in (0..Han::COUNT as u64).map(Han::of_bits) {
            if let Some(own) = hans.get_mut(usize::from(self.rank(han))) {
                *own = han;
            }
        }
        hans[0] = Han::NONE;
        let often = self.pairs().filter(|(_, level)| *level >= OFTEN);
        let pairs = often.map(move |(ranks, _)| ranks.map(|rank| hans[usize::from(rank)]));
        pairs.filter(|pair| !pair.contains(&Han::NONE))
    }

    /// Every pair that was counted, by ranks and in their order, and how often it was.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = ([u16; 2], u16)> + '_ {
        self.counted.iter().map(|level| (ranks_of(*level), level.level()))
    }

    #[inline]
    fn number(&self, one: Han, other: Han) -> u32 {
        let [one, other] = [one, other].map(|han| u32::from(self.ranks[han.index()]));
        one << RANK_BITS | other
    }
}

/// The ranks of a pair that was counted.
fn ranks_of(level: Level) -> [u16; 2] {
    let rank = |bits: u32| u16::try_from(bits & u32::from(UNKNOWN)).unwrap_or(UNKNOWN);
    [level.number() >> RANK_BITS, level.number()].map(rank)
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
