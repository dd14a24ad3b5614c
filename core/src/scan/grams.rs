//! A filter over neighbouring classes: where no literal can start.

/// Which pairs and triples of classes start a literal, kept in bits that may say yes too often but never no.
#[derive(Clone, Debug)]
pub(super) struct Grams {
    /// For literals of two classes.
    pairs: Bloom,
    /// For literals of three and more, by their first three.
    triples: Bloom,
    /// For each class whether it is a literal by itself.
    singles: Vec<bool>,
}

/// A literal of one or two classes, or the first three of longer ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    Single(u16),
    Pair(u16, u16),
    Triple(u16, u16, u16),
}

impl Grams {
    /// The filter for literals that start so.
    pub(super) fn new(heads: &[Head], classes: usize) -> Grams {
        let long = heads.iter().filter(|head| matches!(head, Head::Triple(..))).count();
        let short = heads.iter().filter(|head| matches!(head, Head::Pair(..))).count();
        let mut grams =
            Grams { pairs: Bloom::new(short), triples: Bloom::new(long), singles: vec![false; classes] };
        for head in heads {
            match *head {
                Head::Single(one) => {
                    grams.singles.get_mut(usize::from(one)).into_iter().for_each(|single| *single = true);
                }
                Head::Pair(one, two) => grams.pairs.add(pair(one, two)),
                Head::Triple(one, two, three) => grams.triples.add(triple(pair(one, two), three)),
            }
        }
        grams
    }

    /// Appends to `starts` the places of `codes` where a literal may start; two codes of padding follow the last.
    pub(super) fn filter(&self, codes: &[u16], starts: &mut Vec<usize>) {
        starts.clear();
        starts.resize(codes.len(), 0);
        let mut count = 0;
        for (at, window) in codes.windows(3).enumerate() {
            let pair = pair(window[0], window[1]);
            let may = self.singles[usize::from(window[0])]
                | self.pairs.has(pair)
                | self.triples.has(triple(pair, window[2]));
            // No branch: the place is written always and kept only where the filter says so.
            starts[count] = at;
            count += usize::from(may);
        }
        starts.truncate(count);
    }
}

const fn pair(one: u16, two: u16) -> u64 {
    (one as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (two as u64).wrapping_mul(0xc2b2_ae3d_27d4_eb4f)
}

const fn triple(pair: u64, three: u16) -> u64 {
    pair ^ (three as u64).wrapping_mul(0xff51_afd7_ed55_8ccd).rotate_left(17)
}

/// A blocked Bloom filter: two bits of one word a key.
#[derive(Clone, Debug)]
struct Bloom {
    words: Vec<u64>,
    shift: u32,
}

impl Bloom {
    fn new(keys: usize) -> Bloom {
        const BITS_A_KEY: usize = 24;
        let words = (keys * BITS_A_KEY / 64 + 1).next_power_of_two();
        Bloom { words: vec![0; words], shift: 64 - words.trailing_zeros() }
    }

    fn add(&mut self, key: u64) {
        let (word, bits) = self.place(key);
        self.words[word] |= bits;
    }

    #[inline]
    fn has(&self, key: u64) -> bool {
        let (word, bits) = self.place(key);
        self.words[word] & bits == bits
    }

    #[inline]
    fn place(&self, key: u64) -> (usize, u64) {
        let mixed = key.wrapping_mul(0x9fb2_1c65_1e98_df25);
        // A shift by 64 is asked for when there is one word only.
        let word =
            usize::try_from(mixed.checked_shr(self.shift).unwrap_or(0)).unwrap_or(0) & (self.words.len() - 1);
        (word, 1 << (mixed & 63) | 1 << (mixed >> 6 & 63))
    }
}
