//! What was counted over published texts, and what each count weighs.

use std::sync::Arc;

use crate::draft::han::{Han, all_han};
use crate::entry::{Entry, Located};
use crate::kinds::lexicon::counts;
use crate::kinds::lexicon::levels::{Levels, unpacked};
use crate::kinds::lexicon::neighbours::{Neighbours, leveled};
use crate::kinds::lexicon::table::{Filter, spread};
use crate::kinds::lexicon::{HanSet, key};

/// Counted characters and their neighbours, and weights.
#[derive(Clone, Debug)]
pub(super) struct Figures {
    pub(super) neighbours: Arc<Neighbours>,
    triples: Levels,
    /// The triples there are and a few more, in little memory: most that are asked for there are not.
    known: Filter,
    /// For each character how often it makes no word of two with a neighbour.
    lone: Vec<u8>,
    /// The characters that stand alone so often that they are never the wrong one.
    pub(super) free: HanSet,
    /// Those that fit nearly everywhere, so that they are never the right one.
    unfit: HanSet,
}

/// Features in the order of their values, each with how many values it has. A star joins two.
pub(super) type Features = [(&'static str, usize)];

/// The features of a character and of another.
pub(super) const FEATURES: [(&str, usize); 22] = [
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
    ("wrong-lone", 8),
    ("wrong-left*wrong-right", 9),
    ("left*right", 16),
    ("before*around", 16),
    ("around*after", 16),
    ("wrong-letter*likeness", 24),
    ("wrong-lone*likeness", 24),
];

/// What the values of the features weigh.
#[derive(Clone, Debug, Default)]
pub(super) struct Weights {
    base: i32,
    of: Vec<Vec<i32>>,
}

impl Figures {
    /// The figures of the file that `figures_file` names, as its script writes them.
    pub(super) fn read(entry: &mut Entry<'_>, neighbours: Arc<Neighbours>) -> Figures {
        let rows = counts::rows(entry);
        let cell = |name: &str| rows.iter().find(|row| row.value[0] == name);
        let listed = |name: &str| cell(name).map(|row| row.value[1..].concat()).unwrap_or_default();
        let mut lone = vec![0; Han::COUNT];
        for (han, level) in leveled(&rows, "lone") {
            lone[han.index()] = u8::try_from(level).unwrap_or(u8::MAX);
        }
        let triples = unpacked(&rows, "triples", entry);
        // Half the room of others: one in twenty passes that there is not.
        let known = Filter::new(triples.len() / 2, triples.iter().map(|level| u64::from(level.number())));
        Figures {
            neighbours,
            lone,
            triples: Levels::new(&triples),
            known,
            free: HanSet::new(&listed("wrong-free")),
            unfit: HanSet::new(&listed("unfit")),
        }
    }

    /// Whether a character may be the right one.
    pub(super) fn may_be_right(&self, han: Han) -> bool {
        self.neighbours.letter(han) > 0 && !self.unfit.holds(han)
    }

    /// How often the character makes no word of two with a neighbour, of those it was counted.
    pub(super) fn lone(&self, han: Han) -> usize {
        self.lone[han.index()].into()
    }

    /// How often each three of the five stand side by side.
    pub(super) fn triples(&self, five: [Han; 5]) -> [u16; 3] {
        [0, 1, 2].map(|from| self.triple([0, 1, 2].map(|n| five[from + n])))
    }

    /// How often the three stand side by side.
    #[inline]
    pub(super) fn triple(&self, three: [Han; 3]) -> u16 {
        let number = number(three);
        if self.known.may_hold(number.into()) { self.triples.of(number) } else { 0 }
    }

    /// Whether the three stand side by side, for those of which most do.
    #[inline]
    pub(super) fn is_known(&self, three: [Han; 3]) -> bool {
        self.triples.of(number(three)) > 0
    }
}

/// The hash by which the script counts three characters.
#[inline]
fn number(three: [Han; 3]) -> u32 {
    u32::try_from(spread(key(&three)) >> 40).unwrap_or(u32::MAX)
}

impl Weights {
    /// Those of the features, from the rows of the file that `field` names, as scripts of ours write them.
    pub(super) fn read(
        entry: &mut Entry<'_>,
        field: &'static str,
        rows: &[Located<Vec<String>>],
        features: &Features,
    ) -> Weights {
        let weights = Weights::of(rows, features);
        if weights.is_none() {
            entry.invalid(field, "no weights of the features there are");
        }
        weights.unwrap_or_default()
    }

    fn of(rows: &[Located<Vec<String>>], features: &Features) -> Option<Weights> {
        let cell = |name: &str| {
            rows.iter()
                .find(|row| row.value[0] == "weights" && row.value.get(1).is_some_and(|own| own == name))
        };
        let numbers = |name: &str| -> Option<Vec<i32>> {
            cell(name)?.value.get(2)?.split(' ').map(|number| number.parse().ok()).collect()
        };
        let of: Option<Vec<Vec<i32>>> = features
            .iter()
            .map(|(name, size)| numbers(name).filter(|weights| weights.len() == *size))
            .collect();
        Some(Weights { base: *numbers("base")?.first()?, of: of? })
    }

    /// What a value weighs; one that its feature does not have weighs nothing.
    pub(super) fn one(&self, feature: usize, value: usize) -> i32 {
        self.of.get(feature).and_then(|weights| weights.get(value)).copied().unwrap_or(0)
    }

    /// The most that a value of the feature weighs.
    pub(super) fn most(&self, feature: usize) -> i32 {
        self.of.get(feature).and_then(|weights| weights.iter().copied().max()).unwrap_or(0)
    }

    /// What the values weigh together.
    pub(super) fn sum(&self, values: &[usize]) -> i32 {
        self.base + values.iter().enumerate().map(|(feature, value)| self.one(feature, *value)).sum::<i32>()
    }
}

/// The characters of a phrase.
pub(super) fn phrase(text: &str) -> Option<Vec<Han>> {
    all_han(text).filter(|chars| chars.len() >= 2)
}
