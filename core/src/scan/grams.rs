//! A filter over neighbouring classes: where no literal can start.

use crate::passing;

/// Which pairs and triples of classes start a literal, kept in bits that may say yes too often but never no.
///
/// A blocked Bloom filter: the first two classes of a literal name a word, in which they have a bit, and another where
/// they are all of it; with the third they have one for longer literals. One look into memory tells of all three.
#[derive(Clone, Debug)]
pub(super) struct Grams {
    words: Vec<u64>,
    /// The classes from this one on are literals by themselves.
    singles: u16,
}

/// A literal of one or two classes, or the first three of longer ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    Single(u16),
    Pair(u16, u16),
    Triple(u16, u16, u16),
}

/// What two classes are known by.
#[derive(Clone, Copy, Debug)]
struct Pair {
    mixed: u64,
}

impl Grams {
    /// The filter for literals that start so, of so many classes: those of single characters are the last.
    pub(super) fn new(heads: &[Head], classes: usize) -> Grams {
        const BITS_A_KEY: usize = 16;
        let singles = heads.iter().filter(|head| matches!(head, Head::Single(_))).count();
        let words = ((heads.len() - singles) * BITS_A_KEY / 64 + 1).next_power_of_two();
        let singles = u16::try_from(classes - singles).unwrap_or(u16::MAX);
        let mut grams = Grams { words: vec![0; words], singles };
        for head in heads {
            let (pair, bit) = match *head {
                Head::Single(_) => continue,
                Head::Pair(one, two) => (Pair::new(one, two), Pair::new(one, two).all()),
                Head::Triple(one, two, three) => (Pair::new(one, two), Pair::new(one, two).with(three)),
            };
            let word = grams.word(pair);
            grams.words[word] |= 1 << pair.start() | 1 << bit;
        }
        grams
    }

    /// Writes to `starts` the places of the first `own` of `codes` where a literal may start; two codes of padding
    /// follow the last.
    pub(super) fn filter(&self, codes: &[u16], own: usize, starts: &mut Vec<usize>) {
        starts.clear();
        let may_start = |codes: &[u16]| self.may_start(codes[0], codes[1], codes[2]);
        passing::add_windows(&codes[..own + 2], 3, may_start, starts);
    }

    #[inline]
    fn may_start(&self, one: u16, two: u16, three: u16) -> bool {
        let pair = Pair::new(one, two);
        let word = self.words[self.word(pair)];
        let holds = |bit: u64| word >> bit & 1 != 0;
        (one >= self.singles) | (holds(pair.start()) & (holds(pair.all()) | holds(pair.with(three))))
    }

    #[inline]
    fn word(&self, pair: Pair) -> usize {
        usize::try_from(pair.mixed >> 40).unwrap_or(0) & (self.words.len() - 1)
    }
}

impl Pair {
    #[inline]
    const fn new(one: u16, two: u16) -> Pair {
        let both = (one as u32).wrapping_mul(0x9e37_79b1) ^ (two as u32).wrapping_mul(0x85eb_ca6b);
        Pair { mixed: (both as u64).wrapping_mul(0x9fb2_1c65_1e98_df25) }
    }

    /// The bit of a start of a literal.
    #[inline]
    const fn start(self) -> u64 {
        self.mixed >> 34 & 63
    }

    /// The bit of a literal that is all.
    #[inline]
    const fn all(self) -> u64 {
        self.mixed >> 28 & 63
    }

    /// The bit of a start with one more.
    #[inline]
    const fn with(self, three: u16) -> u64 {
        (self.mixed ^ (three as u64).wrapping_mul(0x27d4_eb2f)) >> 22 & 63
    }
}
