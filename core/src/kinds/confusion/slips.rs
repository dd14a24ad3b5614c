//! The places of a text where another character fits better.

use std::ops::Range;
use std::sync::Arc;

use crate::draft::Draft;
use crate::draft::han::Han;
use crate::kinds::confusion::alike::Alike;
use crate::kinds::confusion::figures::{FEATURES, Figures};
use crate::kinds::lexicon::likeness::{Groups, Sounds};
use crate::kinds::lexicon::{Alone, Lexicon};

/// What tells a slip.
#[derive(Clone, Debug)]
pub(super) struct Model {
    figures: Figures,
    lexicon: Arc<Lexicon>,
    sounds: Arc<Sounds>,
    alike: Alike,
}

/// A character that another fits better than.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slip {
    /// Its place among the Han characters.
    pub(super) at: usize,
    pub(super) right: Han,
    pub(super) score: i32,
    /// The word that the right one makes.
    pub(super) word: Range<usize>,
}

/// How far a character is looked at from.
const REACH: usize = 4;
const WINDOW: usize = 2 * REACH + 1;
/// What words of one to four characters cost in the search for the words of a window; a rare character costs more.
const COSTS: [i32; 4] = [30, 45, 50, 50];
const RARITY: i32 = 4;
/// The difference of costs that counts for one, the least that is told apart, and how many are.
const STEP: i32 = 3;
const LEAST: i32 = -12;
const MOST: i32 = 24;

impl Model {
    pub(super) fn new(
        figures: Figures,
        lexicon: Arc<Lexicon>,
        sounds: Arc<Sounds>,
        shapes: Arc<Groups>,
    ) -> Model {
        let alike = Alike::new(&figures, Arc::clone(&sounds), shapes);
        Model { figures, lexicon, sounds, alike }
    }

    /// The slips of a draft in order; of two as near as one another's neighbours the surer.
    pub(super) fn slips(&self, draft: &Draft<'_>) -> Vec<Slip> {
        let chars = draft.hans().chars();
        let alone = draft.shared(&self.lexicon, |lexicon| Alone::of(chars, lexicon));
        let mut slips: Vec<Slip> = Vec::new();
        // Two loops: nearly all places fail the first, whose looks into memory need not wait for one another.
        let weak: Vec<usize> = alone.places().filter(|at| self.is_weak(chars, *at)).collect();
        for at in weak {
            let Some(slip) = self.slip(chars, at) else { continue };
            match slips.last_mut() {
                Some(last) if slip.at - last.at <= 2 => {
                    if slip.score > last.score {
                        *last = slip;
                    }
                }
                _ => slips.push(slip),
            }
        }
        slips
    }

    /// Whether the character at `at` stands with neither neighbour often.
    fn is_weak(&self, chars: &[Han], at: usize) -> bool {
        let han = chars[at];
        if self.figures.free.holds(han) {
            return false;
        }
        let char = |at: usize| chars.get(at).copied().unwrap_or(Han::NONE);
        let [left, right] = [at.wrapping_sub(1), at + 1].map(char);
        self.figures.pair(left, han) + self.figures.pair(han, right) <= 2
            && (left != Han::NONE || right != Han::NONE)
    }

    /// What fits better than the character at `at`, which has no partner.
    fn slip(&self, chars: &[Han], at: usize) -> Option<Slip> {
        let figures = &self.figures;
        let char = |at: usize| chars.get(at).copied().unwrap_or(Han::NONE);
        let [left, wrong, right] = [at.wrapping_sub(1), at, at + 1].map(char);
        let mut window = None;
        let mut best: Option<(i32, Han)> = None;
        for other in self.alike.between(left, wrong, right).filter(|other| figures.may_be_right(*other)) {
            if figures.pair(left, other) == 0 || figures.pair(other, right) == 0 {
                continue;
            }
            let window = window.get_or_insert_with(|| Window::around(chars, at));
            if let Some(score) = self.score(window, other) {
                best = Some(best.map_or((score, other), |best| best.max((score, other))));
            }
        }
        let (score, other) = best?;
        let is_partner = |from: usize| {
            chars.get(from..from + 2).is_some_and(|pair| self.lexicon.is_pair(pair[0], pair[1]))
        };
        if is_partner(at) || at.checked_sub(1).is_some_and(is_partner) {
            return None;
        }
        Some(Slip { at, right: other, score, word: self.word(chars, at, other) })
    }

    /// How much better `other` fits the middle of the window, if it may.
    fn score(&self, window: &Window, other: Han) -> Option<i32> {
        let (figures, changed) = (&self.figures, window.with(other));
        if window.triples(figures).into_iter().any(|level| level > 0) {
            return None;
        }
        let triples = changed.triples(figures);
        if triples == [0; 3] {
            return None;
        }
        let [before, left, wrong, right, after] = [2, 3, 4, 5, 6].map(|at| window.0[at]);
        let likeness = if self.sounds.exact.join(wrong, other) {
            0
        } else if self.sounds.blurred.join(wrong, other) {
            1
        } else {
            2
        };
        let saved = self.cost(window) - self.cost(&changed);
        let words = usize::try_from(saved.div_euclid(STEP).clamp(LEAST, MOST) - LEAST).unwrap_or(0);
        let level = usize::from;
        let own: [usize; 15] = [
            level(figures.pair(left, wrong)),
            level(figures.pair(wrong, right)),
            level(figures.letter(wrong)),
            level(figures.pair(left, other)),
            level(figures.pair(other, right)),
            level(triples[0]),
            level(triples[1]),
            level(triples[2]),
            level(figures.letter(other)),
            words,
            likeness,
            usize::from(left == Han::NONE),
            usize::from(right == Han::NONE),
            usize::from(self.is_word(&[before, left])),
            usize::from(self.is_word(&[right, after])),
        ];
        let mut values = [0; FEATURES.len()];
        values[..own.len()].copy_from_slice(&own);
        for (value, (one, two, rows, columns)) in values[own.len()..].iter_mut().zip(JOINED) {
            *value = own[one].min(rows - 1) * columns + own[two].min(columns - 1);
        }
        Some(figures.weights.sum(&values))
    }

    fn is_word(&self, chars: &[Han]) -> bool {
        !chars.contains(&Han::NONE) && self.lexicon.is_word(chars)
    }

    /// What the cheapest words cost that the window is made of.
    fn cost(&self, window: &Window) -> i32 {
        let mut costs = [0; WINDOW + 1];
        for end in 1..=WINDOW {
            let last = window.0[end - 1];
            let alone = if last == Han::NONE {
                0
            } else {
                COSTS[0] + RARITY * (6 - i32::from(self.figures.letter(last))).max(0)
            };
            costs[end] = costs[end - 1] + alone;
            for len in 2..=4.min(end) {
                if self.is_word(&window.0[end - len..end]) {
                    costs[end] = costs[end].min(costs[end - len] + COSTS[len - 1]);
                }
            }
        }
        costs[WINDOW]
    }

    /// The longest word that `other` makes in the place `at`, or the two characters it fits best.
    fn word(&self, chars: &[Han], at: usize, other: Han) -> Range<usize> {
        for len in [4, 3, 2] {
            for start in (at + 1).saturating_sub(len)..=at {
                let Some(mut word) = chars.get(start..start + len).map(<[Han]>::to_vec) else { continue };
                word[at - start] = other;
                if self.is_word(&word) {
                    return start..start + len;
                }
            }
        }
        let char = |at: usize| chars.get(at).copied().unwrap_or(Han::NONE);
        let (left, right) = (char(at.wrapping_sub(1)), char(at + 1));
        let leans_left = self.figures.pair(left, other) > self.figures.pair(other, right);
        if right == Han::NONE || left != Han::NONE && leans_left { at - 1..at + 1 } else { at..at + 2 }
    }
}

/// The features that join two: which, and how many values of each are told apart.
const JOINED: [(usize, usize, usize, usize); 5] =
    [(0, 1, 3, 3), (3, 4, 4, 4), (5, 6, 4, 4), (6, 7, 4, 4), (2, 10, 8, 3)];

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

    /// The levels of the three triples that hold the one in the middle.
    fn triples(&self, figures: &Figures) -> [u16; 3] {
        [2, 3, 4].map(|from| figures.triple([0, 1, 2].map(|n| self.0[from + n])))
    }
}
