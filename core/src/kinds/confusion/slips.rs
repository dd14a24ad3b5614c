//! The places of a text where another character fits better.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

use crate::draft::Draft;
use crate::draft::han::Han;
use crate::kinds::confusion::Slip;
use crate::kinds::confusion::alike::Alike;
use crate::kinds::confusion::figures::{FEATURES, Figures, Weights};
use crate::kinds::lexicon::Lexicon;
use crate::kinds::lexicon::likeness::{Groups, Sounds};
use crate::kinds::lexicon::ties::Ties;
use crate::passing;

/// What tells a slip.
#[derive(Clone, Debug)]
pub(super) struct Model {
    figures: Arc<Figures>,
    weights: Weights,
    lexicon: Arc<Lexicon>,
    sounds: Arc<Sounds>,
    ties: Arc<Ties>,
    alike: Alike,
}

/// A character that may stand in a place instead of the one that does.
#[derive(Clone, Copy, Debug)]
struct Suspect {
    at: usize,
    right: Han,
}

/// How far a character is looked at from.
const REACH: usize = 4;
const WINDOW: usize = 2 * REACH + 1;
/// What words of one to four characters cost in the search for the words of a window; a rare character costs more.
const COSTS: [i32; 4] = [30, 45, 50, 50];
const RARITY: i32 = 4;
/// What the words up to each place of a window cost.
type Costs = [i32; WINDOW + 1];
/// The place of what words save among the features, and a value that it does not have.
const WORDS: usize = 9;
const UNKNOWN: usize = usize::MAX;
/// The difference of costs that counts for one, the least that is told apart, and how many are.
const STEP: i32 = 3;
const LEAST: i32 = -12;
const MOST: i32 = 24;

impl Model {
    pub(super) fn new(
        figures: Arc<Figures>,
        weights: Weights,
        lexicon: Arc<Lexicon>,
        sounds: Arc<Sounds>,
        ties: Arc<Ties>,
        shapes: &Groups,
    ) -> Model {
        let alike = Alike::new(&figures, &sounds, shapes);
        Model { figures, weights, lexicon, sounds, ties, alike }
    }

    /// The slips of a draft in order; of two as near as one another's neighbours the surer.
    pub(super) fn slips(&self, draft: &Draft<'_>) -> Vec<Slip> {
        let chars = draft.hans().chars();
        let suspects = self.suspects(chars, draft);
        let places = suspects.chunk_by(|one, other| one.at == other.at);
        Slip::surest(places.filter_map(|suspects| self.slip(chars, suspects)))
    }

    /// What may stand in the place of what, told by one sieve after the other.
    fn suspects(&self, chars: &[Han], draft: &Draft<'_>) -> Vec<Suspect> {
        let tied = draft.shared(&self.ties, |ties| ties.of(draft.hans()));
        let may_be_wrong = passing::those(tied.strangers.clone(), |at| !self.figures.free.holds(chars[at]));
        let weak = passing::those(may_be_wrong, |at| self.is_weak(chars, at));
        let unknown = passing::those(weak, |at| self.figures.triples(around(chars, at)) == [0; 3]);
        let mut suspects = Vec::with_capacity(2 * unknown.len());
        for at in unknown {
            let [_, left, wrong, ..] = around(chars, at);
            self.alike.after(left, wrong, |right| suspects.push(Suspect { at, right }));
        }
        let neighbours = &self.figures.neighbours;
        let suspects = passing::those(suspects, |Suspect { at, right }| {
            neighbours.pair(right, chars.get(at + 1).copied().unwrap_or(Han::NONE)) > 0
        });
        passing::those(suspects, |suspect| {
            let mut around = around(chars, suspect.at);
            around[2] = suspect.right;
            self.figures.triples(around) != [0; 3]
        })
    }

    /// Whether the character at `at` was hardly ever counted beside its neighbours.
    #[expect(clippy::needless_bitwise_bool, reason = "without branches many are judged at once")]
    fn is_weak(&self, chars: &[Han], at: usize) -> bool {
        let char = |at: usize| chars.get(at).copied().unwrap_or(Han::NONE);
        let [left, own, right] = [at.wrapping_sub(1), at, at + 1].map(char);
        let neighbours = &self.figures.neighbours;
        (neighbours.pair(left, own) + neighbours.pair(own, right) <= 2)
            & (left != Han::NONE || right != Han::NONE)
    }

    /// What fits best of what may stand in one place.
    fn slip(&self, chars: &[Han], suspects: &[Suspect]) -> Option<Slip> {
        let at = suspects.first()?.at;
        let window = Window::around(chars, at);
        let costs = OnceCell::new();
        let score = |right: Han| self.score(&window, &costs, right);
        let scored = suspects.iter().filter_map(|suspect| Some((score(suspect.right)?, suspect.right)));
        let (score, right) = scored.max()?;
        let is_partner = |from: usize| {
            chars.get(from..from + 2).is_some_and(|pair| self.lexicon.is_pair(pair[0], pair[1]))
        };
        if is_partner(at) || at.checked_sub(1).is_some_and(is_partner) {
            return None;
        }
        Some(Slip { at, right: [right, Han::NONE], score })
    }

    /// How much better `other` fits the middle of the window, whose words cost so much; none where it fits no better.
    fn score(&self, window: &Window, costs: &OnceCell<Costs>, other: Han) -> Option<i32> {
        let (figures, neighbours) = (&self.figures, &self.figures.neighbours);
        let changed = window.with(other);
        let triples = figures.triples(changed.middle());
        let [before, left, wrong, right, after] = window.middle();
        let likeness = if self.sounds.exact.join(wrong, other) {
            0
        } else if self.sounds.blurred.join(wrong, other) {
            1
        } else {
            2
        };
        let level = usize::from;
        let own: [usize; 16] = [
            level(neighbours.pair(left, wrong)),
            level(neighbours.pair(wrong, right)),
            level(neighbours.letter(wrong)),
            level(neighbours.pair(left, other)),
            level(neighbours.pair(other, right)),
            level(triples[0]),
            level(triples[1]),
            level(triples[2]),
            level(neighbours.letter(other)),
            UNKNOWN,
            likeness,
            usize::from(left == Han::NONE),
            usize::from(right == Han::NONE),
            usize::from(self.is_word(&[before, left])),
            usize::from(self.is_word(&[right, after])),
            figures.lone(wrong),
        ];
        let mut values = [0; FEATURES.len()];
        values[..own.len()].copy_from_slice(&own);
        for (value, (one, two, rows, columns)) in values[own.len()..].iter_mut().zip(JOINED) {
            *value = own[one].min(rows - 1) * columns + own[two].min(columns - 1);
        }
        let others = self.weights.sum(&values);
        // To search for words is dear.
        if others + self.weights.most(WORDS) < 0 {
            return None;
        }
        let costs = costs.get_or_init(|| self.weigh(window, 1, [0; WINDOW + 1]));
        // What stands on the left costs the same.
        let saved = costs[WINDOW] - self.weigh(&changed, REACH + 1, *costs)[WINDOW];
        let words = usize::try_from(saved.div_euclid(STEP).clamp(LEAST, MOST) - LEAST).unwrap_or(0);
        Some(others + self.weights.one(WORDS, words)).filter(|score| *score >= 0)
    }

    fn is_word(&self, chars: &[Han]) -> bool {
        !chars.contains(&Han::NONE) && self.lexicon.is_word(chars)
    }

    /// `costs` with what the cheapest words cost of which the window is made, up to each place from `first` on.
    fn weigh(&self, window: &Window, first: usize, mut costs: Costs) -> Costs {
        for end in first..=WINDOW {
            let last = window.0[end - 1];
            let alone = if last == Han::NONE {
                0
            } else {
                COSTS[0] + RARITY * (6 - i32::from(self.figures.neighbours.letter(last))).max(0)
            };
            costs[end] = costs[end - 1] + alone;
            for len in 2..=4.min(end) {
                if self.is_word(&window.0[end - len..end]) {
                    costs[end] = costs[end].min(costs[end - len] + COSTS[len - 1]);
                }
            }
        }
        costs
    }

    /// The longest word that the right character makes, or the two characters it fits best.
    pub(super) fn word(&self, chars: &[Han], slip: &Slip) -> Range<usize> {
        let Slip { at, right: [own, _], .. } = *slip;
        for len in [4, 3, 2] {
            for start in (at + 1).saturating_sub(len)..=at {
                let Some(written) = chars.get(start..start + len) else { continue };
                let mut word = [Han::NONE; 4];
                word[..len].copy_from_slice(written);
                word[at - start] = own;
                if self.is_word(&word[..len]) {
                    return start..start + len;
                }
            }
        }
        let [_, left, _, right, _] = around(chars, at);
        let neighbours = &self.figures.neighbours;
        let leans_left = neighbours.pair(left, own) > neighbours.pair(own, right);
        if right == Han::NONE || left != Han::NONE && leans_left { at - 1..at + 1 } else { at..at + 2 }
    }
}

/// The features that join two: which, and how many values of each are told apart.
const JOINED: [(usize, usize, usize, usize); 6] =
    [(0, 1, 3, 3), (3, 4, 4, 4), (5, 6, 4, 4), (6, 7, 4, 4), (2, 10, 8, 3), (15, 10, 8, 3)];

/// The characters around one, with nothing left of a mark on its left nor right of one on its right.
#[derive(Clone, Debug)]
struct Window([Han; WINDOW]);

impl Window {
    fn around(chars: &[Han], at: usize) -> Window {
        let mut window = [Han::NONE; WINDOW];
        window[REACH] = chars[at];
        for (n, han) in chars[at + 1..].iter().take(REACH).take_while(|han| **han != Han::NONE).enumerate() {
            window[REACH + 1 + n] = *han;
        }
        for (n, han) in chars[..at].iter().rev().take(REACH).take_while(|han| **han != Han::NONE).enumerate()
        {
            window[REACH - 1 - n] = *han;
        }
        Window(window)
    }

    fn with(&self, other: Han) -> Window {
        let mut window = self.clone();
        window.0[REACH] = other;
        window
    }

    fn middle(&self) -> [Han; 5] {
        [2, 3, 4, 5, 6].map(|at| self.0[at])
    }
}

/// The character at `at` between two on its left and two on its right; nothing stands beyond a mark.
fn around(chars: &[Han], at: usize) -> [Han; 5] {
    let char = |at: usize| chars.get(at).copied().unwrap_or(Han::NONE);
    let [mut before, left, own, right, mut after] =
        [at.wrapping_sub(2), at.wrapping_sub(1), at, at + 1, at + 2].map(char);
    if left == Han::NONE {
        before = Han::NONE;
    }
    if right == Han::NONE {
        after = Han::NONE;
    }
    [before, left, own, right, after]
}
