//! The places of a text where another word of the same sound fits better.

use std::sync::Arc;

use crate::draft::Draft;
use crate::draft::han::Han;
use crate::kinds::confusion::Slip;
use crate::kinds::confusion::figures::{Figures, Weights};
use crate::kinds::lexicon::likeness::Sounds;
use crate::kinds::lexicon::table::{Filter, Table, low};
use crate::kinds::lexicon::{Lexicon, key};
use crate::passing;

/// What tells a word in the place of another.
#[derive(Clone, Debug)]
pub(super) struct Words {
    figures: Arc<Figures>,
    weights: Weights,
    lexicon: Arc<Lexicon>,
    sounds: Arc<Sounds>,
    /// The words that may be right, in the order of their sounds.
    rights: Vec<(Sound, [Han; 2])>,
    /// The words of the lexicon that sound like another of them, each with the place where those of its sound begin.
    confused: Table,
    /// The same and a few more: in little memory for a first look.
    may_be_confused: Filter,
}

/// How two characters are read, confused sounds taken for one.
type Sound = [u16; 2];

/// The features of a word and of another.
pub(super) const FEATURES: [(&str, usize); 17] = [
    ("before", 8),
    ("after", 8),
    ("own", 8),
    ("other", 8),
    ("wrong-left", 8),
    ("wrong-right", 8),
    ("begins", 2),
    ("ends", 2),
    ("far-before", 8),
    ("far-after", 8),
    ("joined-left", 2),
    ("joined-right", 2),
    ("wrong-before", 8),
    ("wrong-after", 8),
    ("same", 4),
    ("before*after", 16),
    ("own*other", 32),
];

/// The bits of a place among the words that may be right.
const PLACE_BITS: u32 = 24;
/// A word that is put right must be counted at this level.
const KNOWN: u16 = 2;

impl Words {
    pub(super) fn new(
        figures: Arc<Figures>,
        weights: Weights,
        lexicon: Arc<Lexicon>,
        sounds: Arc<Sounds>,
    ) -> Words {
        let (confused, may_be_confused) = (Table::new(&[], PLACE_BITS), Filter::new(0, std::iter::empty()));
        let mut words =
            Words { figures, weights, lexicon, sounds, rights: Vec::new(), confused, may_be_confused };
        let neighbours = &words.figures.neighbours;
        let known = neighbours.counted().filter(|[first, second]| {
            neighbours.pair(*first, *second) >= KNOWN && words.is_word(*first, *second)
        });
        let mut rights: Vec<(Sound, [Han; 2])> =
            known.filter_map(|word| Some((words.sound(word)?, word))).collect();
        rights.sort_unstable();
        words.rights = rights;
        let confused = words.confused();
        words.may_be_confused = Filter::new(confused.len(), confused.iter().map(|word| word >> PLACE_BITS));
        words.confused = Table::new(&confused, PLACE_BITS);
        words
    }

    /// The words of the lexicon for which another may be right, each with the place where those of its sound begin.
    fn confused(&self) -> Vec<u64> {
        let count = usize::from(self.sounds.first.iter().copied().max().unwrap_or(0)) + 1;
        let number = |[first, second]: Sound| usize::from(first) * count + usize::from(second);
        // Where the words of each sound begin, and how many they are.
        let mut alike = vec![(0, 0_u32); count * count];
        for (place, (sound, _)) in self.rights.iter().enumerate() {
            match &mut alike[number(*sound)] {
                first @ (_, 0) => *first = (place, 1),
                (_, count) => *count += 1,
            }
        }
        let confused = |word: [Han; 2]| {
            let (place, count) = alike[number(self.sound(word)?)];
            let is_one = count > 0 && self.figures.neighbours.pair(word[0], word[1]) >= KNOWN;
            (count > u32::from(is_one)).then_some(key(&word) << PLACE_BITS | place as u64)
        };
        self.lexicon.pairs().filter_map(confused).collect()
    }

    /// The slips of a draft in order; of two as near as one another's neighbours the surer.
    pub(super) fn slips(&self, draft: &Draft<'_>) -> Vec<Slip> {
        let chars = draft.hans().chars();
        let mut words = Vec::with_capacity(chars.len() / 4);
        passing::add_windows(chars, 2, |word| self.may_be_confused.may_hold(key(word)), &mut words);
        // Where the word was counted beside a neighbour it is no slip.
        let is_unknown = |from: usize| self.figures.triple(three(chars, from)) == 0;
        let before = passing::those(words, |at| is_unknown(at.wrapping_sub(1)));
        let both = passing::those(before, is_unknown);
        Slip::surest(both.into_iter().filter_map(|at| self.slip(around(chars, at), at)))
    }

    /// The word that fits best instead of the one in the middle of `around`, where one fits at all.
    fn slip(&self, around: [Han; 6], at: usize) -> Option<Slip> {
        let own = [around[2], around[3]];
        let alike = &self.rights[low(self.confused.values(key(&own)).next()?)..];
        let (sound, _) = alike.first()?;
        let alike = alike.iter().take_while(|(other, _)| other == sound);
        let others = alike.map(|(_, word)| *word).filter(|word| *word != own);
        let (score, right) = others.filter_map(|other| Some((self.score(around, other)?, other))).max()?;
        Some(Slip { at, right, score })
    }

    /// How much better `other` fits; none where it was counted beside no neighbour.
    fn score(&self, around: [Han; 6], other: [Han; 2]) -> Option<i32> {
        let neighbours = &self.figures.neighbours;
        let mut changed = around;
        changed[2..4].copy_from_slice(&other);
        let level = |level: u16| usize::from(level);
        let [before, after] = [1, 2].map(|from| level(self.triple(changed, from)));
        if before + after == 0 {
            return None;
        }
        let [_, left, first, second, right, _] = around;
        let values = [
            before,
            after,
            level(neighbours.pair(first, second)),
            level(neighbours.pair(other[0], other[1])),
            level(neighbours.pair(left, first)),
            level(neighbours.pair(second, right)),
            usize::from(left == Han::NONE),
            usize::from(right == Han::NONE),
            level(self.triple(changed, 0)),
            level(self.triple(changed, 3)),
            usize::from(self.is_word(left, first)),
            usize::from(self.is_word(second, right)),
            level(self.triple(around, 0)),
            level(self.triple(around, 3)),
            2 * usize::from(first == other[0]) + usize::from(second == other[1]),
        ];
        let joined = [before.min(3) * 4 + after.min(3), values[2].min(7) * 4 + values[3].min(3)];
        Some(self.weights.sum(&[&values[..], &joined].concat()))
    }

    /// How often the three characters from there on stand side by side.
    fn triple(&self, around: [Han; 6], from: usize) -> u16 {
        self.figures.triple([0, 1, 2].map(|n| around[from + n]))
    }

    fn is_word(&self, one: Han, other: Han) -> bool {
        one != Han::NONE && other != Han::NONE && self.lexicon.is_pair(one, other)
    }

    fn sound(&self, word: [Han; 2]) -> Option<Sound> {
        let sound = word.map(|han| self.sounds.first.get(han.index()).copied().unwrap_or(0));
        (!sound.contains(&0)).then_some(sound)
    }
}

/// The three characters from there on; what lies outside is none.
#[inline]
fn three(chars: &[Han], from: usize) -> [Han; 3] {
    match chars.get(from..from.wrapping_add(3)) {
        Some(three) => [three[0], three[1], three[2]],
        None => [0, 1, 2].map(|n| chars.get(from.wrapping_add(n)).copied().unwrap_or(Han::NONE)),
    }
}

/// The word at `at` between two characters on its left and two on its right; nothing stands beyond a mark.
fn around(chars: &[Han], at: usize) -> [Han; 6] {
    let char = |at: usize| chars.get(at).copied().unwrap_or(Han::NONE);
    let mut around = [at.wrapping_sub(2), at.wrapping_sub(1), at, at + 1, at + 2, at + 3].map(char);
    if around[1] == Han::NONE {
        around[0] = Han::NONE;
    }
    if around[4] == Han::NONE {
        around[5] = Han::NONE;
    }
    around
}
