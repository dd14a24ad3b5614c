//! Which characters are like another and may stand in its place.

use std::sync::Arc;

use crate::draft::han::Han;
use crate::kinds::confusion::figures::Figures;
use crate::kinds::lexicon::likeness::{Groups, Sounds};
use crate::kinds::lexicon::table::{low, spread};

/// Characters that sound or look alike, and between what they stand.
#[derive(Clone, Debug)]
pub(super) struct Alike {
    sounds: Arc<Sounds>,
    shapes: Arc<Groups>,
    sieve: Sieve,
}

/// What more characters than this share makes no two alike.
const MOST: usize = 20;
/// Groups of shapes are numbered from here.
const SHAPES: u32 = 1 << 16;

/// On which side of a character another stands.
#[derive(Clone, Copy, Debug)]
enum Side {
    Left,
    Right,
}

/// For each side, character and group a word, with a bit for each character of the group that stands there. Words are
/// shared and so are bits, so that a few more than those that were counted pass.
#[derive(Clone, Debug)]
struct Sieve(Vec<u64>);

impl Alike {
    pub(super) fn new(figures: &Figures, sounds: Arc<Sounds>, shapes: Arc<Groups>) -> Alike {
        let mut alike = Alike { sounds, shapes, sieve: Sieve(Vec::new()) };
        let mut sieve = vec![0; 1 << Sieve::WIDTH];
        for [one, other] in figures.pairs() {
            for (side, beside, own) in [(Side::Left, one, other), (Side::Right, other, one)] {
                if figures.may_be_right(own) {
                    for group in alike.groups(own) {
                        sieve[Sieve::place(side, beside, group)] |= Sieve::bit(own);
                    }
                }
            }
        }
        alike.sieve = Sieve(sieve);
        alike
    }

    /// The characters like `wrong` that may stand between the two, perhaps one several times, and a few more.
    pub(super) fn between(&self, left: Han, wrong: Han, right: Han) -> impl Iterator<Item = Han> + '_ {
        self.groups(wrong).flat_map(move |group| {
            let bits = self.sieve.word(Side::Left, left, group) & self.sieve.word(Side::Right, right, group);
            let members = if bits == 0 { &[] } else { self.members(group) };
            members.iter().copied().filter(move |own| bits & Sieve::bit(*own) != 0 && *own != wrong)
        })
    }

    fn groups(&self, han: Han) -> impl Iterator<Item = u32> + '_ {
        let shapes = self.shapes.of(han).filter(|group| self.shapes.members(*group).len() <= MOST);
        self.sounds.blurred.of(han).chain(shapes.map(|group| group + SHAPES))
    }

    fn members(&self, group: u32) -> &[Han] {
        match group.checked_sub(SHAPES) {
            Some(group) => self.shapes.members(group),
            None => self.sounds.blurred.members(group),
        }
    }
}

impl Sieve {
    /// The bits of a place: half a megabyte in all.
    const WIDTH: u32 = 16;

    #[inline]
    fn word(&self, side: Side, beside: Han, group: u32) -> u64 {
        self.0[Sieve::place(side, beside, group)]
    }

    #[inline]
    fn place(side: Side, beside: Han, group: u32) -> usize {
        let key = (side as u64) << 48 | u64::from(group) << 16 | beside.number();
        low(spread(key) >> (64 - Sieve::WIDTH))
    }

    #[inline]
    fn bit(han: Han) -> u64 {
        1 << (spread(han.number()) >> 58)
    }
}
