//! What was counted over published texts, and what each count weighs.

use crate::draft::han::{Han, all_han};
use crate::entry::{Entry, Located};
use crate::kinds::confusion::levels::Levels;
use crate::kinds::lexicon::{HanSet, key};

/// Counted characters and their neighbours, and weights.
#[derive(Clone, Debug)]
pub(super) struct Figures {
    /// For each character its number among those counted often enough, from 1; 0 for no character.
    ranks: Vec<u16>,
    letters: Vec<u16>,
    pairs: Levels,
    triples: Levels,
    /// The characters that stand alone so often that they are never the wrong one.
    pub(super) free: HanSet,
    /// Those that fit nearly everywhere, so that they are never the right one.
    unfit: HanSet,
    pub(super) weights: Weights,
}

/// The features in the order of their values, each with how many values it has. A star joins two.
pub(super) const FEATURES: [(&str, usize); 20] = [
    ("wrong-left", 3),
    ("wrong-right", 3),
    ("wrong-letter", 8),
    ("left", 8),
    ("right", 8),
    ("before", 8),
    ("around", 8),
    ("after", 8),
    ("letter", 8),
    ("words", 37),
    ("likeness", 3),
    ("begins", 2),
    ("ends", 2),
    ("word-before", 2),
    ("word-after", 2),
    ("wrong-left*wrong-right", 9),
    ("left*right", 16),
    ("before*around", 16),
    ("around*after", 16),
    ("wrong-letter*likeness", 24),
];

/// What the values of the features weigh.
#[derive(Clone, Debug, Default)]
pub(super) struct Weights {
    base: i32,
    of: Vec<Vec<i32>>,
}

/// The highest level.
const LEVELS: u16 = 7;
/// A rank that no pair has.
const UNKNOWN: u16 = 0xfff;
const RANK_BITS: u32 = 12;

impl Figures {
    /// The figures of the file that `figures_file` names, as its script writes them.
    pub(super) fn read(entry: &mut Entry<'_>) -> Figures {
        let rows = entry.table("figures_file");
        let cell = |name: &str| rows.iter().find(|row| row.value[0] == name);
        let listed = |name: &str| cell(name).map(|row| row.value[1..].concat()).unwrap_or_default();
        let (mut ranks, mut letters) = (vec![UNKNOWN; 1 << 15], vec![0; 1 << 15]);
        ranks[Han::NONE.index()] = 0;
        let mut rank = 0;
        for (level, chars) in (1..=LEVELS).rev().zip(cell("letters").map_or(&[][..], |row| &row.value[1..])) {
            for han in chars.chars().filter_map(Han::new) {
                rank += 1;
                ranks[han.index()] = rank;
                letters[han.index()] = level;
            }
        }
        let (pairs, triples) = (Levels::read(&rows, "pairs", entry), Levels::read(&rows, "triples", entry));
        let weights = Weights::read(&rows);
        if weights.is_none() || rank >= UNKNOWN {
            let message = "no figures as `make_confusion.py` writes them";
            entry.invalid("figures_file", message);
        }
        Figures {
            ranks,
            letters,
            pairs,
            triples,
            free: HanSet::new(&listed("wrong-free")),
            unfit: HanSet::new(&listed("unfit")),
            weights: weights.unwrap_or_default(),
        }
    }

    /// How often the character was counted.
    pub(super) fn letter(&self, han: Han) -> u16 {
        self.letters[han.index()]
    }

    /// Whether a character may be the right one.
    pub(super) fn may_be_right(&self, han: Han) -> bool {
        self.letter(han) > 0 && !self.unfit.holds(han)
    }

    /// How often the two stand side by side; [`Han::NONE`] is any other character or none.
    #[inline]
    pub(super) fn pair(&self, one: Han, other: Han) -> u16 {
        let [one, other] = [one, other].map(|han| u32::from(self.ranks[han.index()]));
        self.pairs.of(one << RANK_BITS | other)
    }

    /// How often the three stand side by side.
    pub(super) fn triple(&self, three: [Han; 3]) -> u16 {
        // The hash by which the script counts them.
        let spread = key(&three).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.triples.of(u32::try_from(spread >> 40).unwrap_or(u32::MAX))
    }

    /// Every pair that was counted.
    pub(super) fn pairs(&self) -> impl Iterator<Item = [Han; 2]> + '_ {
        let mut hans = vec![Han::NONE; usize::from(UNKNOWN) + 1];
        for han in (0..Han::COUNT as u64).map(Han::of_bits).filter(|han| self.letter(*han) > 0) {
            hans[usize::from(self.ranks[han.index()])] = han;
        }
        let han = move |rank: u32| hans[rank as usize];
        self.pairs.numbers().map(move |number| [number >> RANK_BITS, number & u32::from(UNKNOWN)].map(&han))
    }
}

impl Weights {
    fn read(rows: &[Located<Vec<String>>]) -> Option<Weights> {
        let cell = |name: &str| {
            rows.iter()
                .find(|row| row.value[0] == "weights" && row.value.get(1).is_some_and(|own| own == name))
        };
        let numbers = |name: &str| -> Option<Vec<i32>> {
            cell(name)?.value.get(2)?.split(' ').map(|number| number.parse().ok()).collect()
        };
        let of: Option<Vec<Vec<i32>>> = FEATURES
            .iter()
            .map(|(name, size)| numbers(name).filter(|weights| weights.len() == *size))
            .collect();
        Some(Weights { base: *numbers("base")?.first()?, of: of? })
    }

    /// What the values weigh together; one that its feature does not have weighs nothing.
    pub(super) fn sum(&self, values: &[usize; FEATURES.len()]) -> i32 {
        let weights = self.of.iter().zip(values);
        self.base + weights.map(|(weights, value)| weights.get(*value).copied().unwrap_or(0)).sum::<i32>()
    }
}

/// The characters of a phrase.
pub(super) fn phrase(text: &str) -> Option<Vec<Han>> {
    all_han(text).filter(|chars| chars.len() >= 2)
}
