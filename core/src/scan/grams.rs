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
    mixed: u32,
}

impl Grams {
    /// The filter for literals that start so, of so many classes: those of single characters are the last.
    pub(super) fn new(heads: &[Head], classes: usize) -> Grams {
        const BITS_A_KEY: usize = 32;
        let singles = heads.iter().filter(|head| matches!(head, Head::Single(_))).count();
        let words = (heads.len() - singles) * BITS_A_KEY / 64 + 1;
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
        passing::add_numbers(
            codes[..own + 2].windows(3).map(|codes| self.may_start(codes[0], codes[1], codes[2])),
            starts,
        );
    }

    #[inline]
    #[expect(clippy::needless_bitwise_bool, reason = "without branches many are judged at once")]
    fn may_start(&self, one: u16, two: u16, three: u16) -> bool {
        let pair = Pair::new(one, two);
        let word = self.words[self.word(pair)];
        let holds = |bit: u32| word >> bit & 1 != 0;
        (one >= self.singles) | (holds(pair.start()) & (holds(pair.all()) | holds(pair.with(three))))
    }

    #[inline]
    fn word(&self, pair: Pair) -> usize {
        // Below the number of words.
        usize::try_from(u64::from(pair.mixed) * self.words.len() as u64 >> 32).unwrap_or(0)
    }
}

impl Pair {
    #[inline]
    const fn new(one: u16, two: u16) -> Pair {
        let both = (one as u32).wrapping_mul(0x9e37_79b1) ^ (two as u32).wrapping_mul(0x85eb_ca6b);
        Pair { mixed: both.wrapping_mul(0xc2b2_ae35) }
    }

    /// The bit of a start of a literal.
    #[inline]
    const fn start(self) -> u32 {
        self.mixed >> 4 & 63
    }

    /// The bit of a literal that is all.
    #[inline]
    const fn all(self) -> u32 {
        self.mixed >> 10 & 63
    }

    /// The bit of a start with one more.
    #[inline]
    const fn with(self, three: u16) -> u32 {
        (self.mixed ^ (three as u32).wrapping_mul(0x27d4_eb2f)) >> 14 & 63
    }
}
