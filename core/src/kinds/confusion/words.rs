//! The places of a text where another word of the same sound fits better.

use std::sync::Arc;

use crate::draft::Draft;
use crate::draft::han::Han;
use crate::kinds::confusion::Slip;
use crate::kinds::confusion::figures::{Figures, Weights};
use crate::kinds::lexicon::Lexicon;
use crate::kinds::lexicon::homophones::Homophones;
use crate::kinds::lexicon::ties::Ties;
use crate::passing;

/// What tells a word in the place of another.
#[derive(Clone, Debug)]
pub(super) struct Words {
    pub(super) figures: Arc<Figures>,
    pub(super) weights: Weights,
    pub(super) lexicon: Arc<Lexicon>,
    pub(super) homophones: Arc<Homophones>,
    pub(super) ties: Arc<Ties>,
}

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

impl Words {
    /// The slips of a draft in order; of two as near as one another's neighbours the surer.
    pub(super) fn slips(&self, draft: &Draft<'_>) -> Vec<Slip> {
        let chars = draft.hans().chars();
        let tied = draft.shared(&self.ties, |ties| ties.of(draft.hans()));
        // Where the word was counted beside a neighbour it is no slip.
        let is_unknown = |from: usize| !self.figures.is_known(three(chars, from));
        let before = passing::those(tied.confused.clone(), |at| is_unknown(at.wrapping_sub(1)));
        let both = passing::those(before, is_unknown);
        Slip::surest(both.into_iter().filter_map(|at| self.slip(around(chars, at), at)))
    }

    /// The word that fits best instead of the one in the middle of `around`, where one fits at all.
    fn slip(&self, around: [Han; 6], at: usize) -> Option<Slip> {
        let own = [around[2], around[3]];
        let others = self.homophones.of(own);
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
