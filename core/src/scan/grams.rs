//! A filter over neighbouring classes: where no literal can start.

use std::array;

/// Which pairs of classes start a literal, kept in bits that may say yes too often but never no.
///
/// Two classes have a bit of a word. Where that lies is worked out for many at once, and nothing branches on what is found
/// there.
#[derive(Clone, Debug)]
pub(super) struct Grams {
    /// As many words as pairs are spread over, and as many again, of which the first has all bits.
    words: Box<[u64; 2 * WORDS]>,
    /// The classes from this one on are literals by themselves.
    singles: u16,
}

/// A literal of one class, or the first two of longer ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    Single(u16),
    Pair(u16, u16),
}

/// As many codes as are judged at once; so many more may be looked at behind the last.
pub(super) const BLOCK: usize = 64;
/// A power of two; with more of them fewer places pass, but the looks into memory take longer.
const WORDS: usize = 1 << WORD_BITS;
const WORD_BITS: u32 = 11;
/// The word of the classes that are literals by themselves.
const ALL: u16 = 1 << WORD_BITS;

impl Grams {
    /// The filter for literals that start so, of so many classes: those of single characters are the last.
    pub(super) fn new(heads: &[Head], classes: usize) -> Grams {
        let singles = heads.iter().filter(|head| matches!(head, Head::Single(_))).count();
        let mut words: Box<[u64; 2 * WORDS]> = vec![0; 2 * WORDS].try_into().expect("as many were made");
        words[usize::from(ALL)] = u64::MAX;
        for head in heads {
            if let Head::Pair(one, two) = *head {
                words[usize::from(word(one, two))] |= 1 << (bit(one, two) % 64);
            }
        }
        Grams { words, singles: u16::try_from(classes - singles).unwrap_or(u16::MAX) }
    }

    /// Writes to `starts` the places of the first `own` of `codes` where a literal may start, and gives how many they
    /// are; [`BLOCK`] codes follow the last.
    pub(super) fn filter(&self, codes: &[u16], own: usize, starts: &mut [usize]) -> usize {
        let mut kept = 0;
        for from in (0..own).step_by(BLOCK) {
            let Some((codes, [next, ..])) = codes[from..].split_first_chunk() else { break };
            let (words, bits) = self.places(codes, *next);
            let count = BLOCK.min(own - from);
            for ((word, bit), at) in words[..count].iter().zip(&bits[..count]).zip(from..) {
                starts[kept] = at;
                let word = self.words[usize::from(*word) % (2 * WORDS)];
                kept += usize::from(word >> (bit % 64) & 1 != 0);
            }
        }
        kept
    }

    /// Where the bits of each of `codes` and the one behind it lie: the words and the places in them.
    #[inline]
    fn places(&self, codes: &[u16; BLOCK], next: u16) -> ([u16; BLOCK], [u16; BLOCK]) {
        let mut behind = [next; BLOCK];
        behind[..BLOCK - 1].copy_from_slice(&codes[1..]);
        let word = |n: usize| if codes[n] < self.singles { word(codes[n], behind[n]) } else { ALL };
        (array::from_fn(word), array::from_fn(|n| bit(codes[n], behind[n])))
    }
}

/// The word of two classes.
#[inline]
const fn word(one: u16, two: u16) -> u16 {
    let mixed = one.wrapping_mul(0x9e37).wrapping_add(two.wrapping_mul(0x79b5));
    mixed >> (u16::BITS - WORD_BITS)
}

/// Their bit in it, by the lowest bits of a number.
#[inline]
const fn bit(one: u16, two: u16) -> u16 {
    one.wrapping_mul(5).wrapping_add(two)
}
