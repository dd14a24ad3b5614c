//! A filter over neighbouring classes: where no literal can start.

/// Which pairs and triples of classes start a literal, kept in bits that may say yes too often but never no.
///
/// A blocked Bloom filter: the first two classes name a word, in which they have two bits for a literal of two, and with
/// the third two others for longer ones. One look into memory tells of both.
#[derive(Clone, Debug)]
pub(super) struct Grams {
    words: Vec<u64>,
    shift: u32,
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

impl Grams {
    /// The filter for literals that start so, of so many classes: those of single characters are the last.
    pub(super) fn new(heads: &[Head], classes: usize) -> Grams {
        const BITS_A_KEY: usize = 24;
        let singles = heads.iter().filter(|head| matches!(head, Head::Single(_))).count();
        let words = ((heads.len() - singles) * BITS_A_KEY / 64 + 2).next_power_of_two();
        let mut grams = Grams {
            words: vec![0; words],
            shift: 64 - words.trailing_zeros(),
            singles: u16::try_from(classes - singles).unwrap_or(u16::MAX),
        };
        for head in heads {
            let (pair, bits) = match *head {
                Head::Single(_) => continue,
                Head::Pair(one, two) => (pair(one, two), pair_bits(pair(one, two))),
                Head::Triple(one, two, three) => (pair(one, two), triple_bits(pair(one, two), three)),
            };
            let word = grams.word(pair);
            grams.words[word] |= bits;
        }
        grams
    }

    /// Writes to `starts` the places of `codes` where a literal may start; two codes of padding follow the last.
    ///
    /// Gives how many there are.
    pub(super) fn filter(&self, codes: &[u16], starts: &mut Vec<u32>) -> usize {
        if starts.len() < codes.len() {
            starts.resize(codes.len(), 0);
        }
        let mut count = 0;
        for (at, window) in (0..).zip(codes.windows(3)) {
            let pair = pair(window[0], window[1]);
            let missing = !self.words[self.word(pair)];
            let may = (window[0] >= self.singles)
                | (missing & pair_bits(pair) == 0)
                | (missing & triple_bits(pair, window[2]) == 0);
            // No branch: the place is written always and kept only where the filter says so.
            starts[count] = at;
            count += usize::from(may);
        }
        count
    }

    #[inline]
    fn word(&self, pair: u64) -> usize {
        // There are no more words than the shift leaves numbers.
        usize::try_from(pair >> self.shift).unwrap_or(0) & (self.words.len() - 1)
    }
}

#[inline]
const fn pair(one: u16, two: u16) -> u64 {
    let mixed =
        (one as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (two as u64).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
    mixed.wrapping_mul(0x9fb2_1c65_1e98_df25)
}

#[inline]
const fn pair_bits(pair: u64) -> u64 {
    1 << (pair >> 20 & 63) | 1 << (pair >> 26 & 63)
}

#[inline]
const fn triple_bits(pair: u64, three: u16) -> u64 {
    let mixed = pair ^ (three as u64).wrapping_mul(0xff51_afd7_ed55_8ccd);
    1 << (mixed >> 32 & 63) | 1 << (mixed >> 40 & 63)
}
