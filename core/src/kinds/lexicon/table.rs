//! Tables that are written once and read often, each in little memory.

use crate::draft::han::Han;

/// A set that may hold what was not put in, but never lacks what was.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    words: Vec<u64>,
}

impl Filter {
    /// A filter of these keys, of which there are some `len`.
    pub(crate) fn new(len: usize, keys: impl Iterator<Item = u64>) -> Filter {
        // With some sixteen bits a key and two of them set, about one look in fifty passes what was not put in.
        let mut filter = Filter { words: vec![0; (len / 4).max(1)] };
        for key in keys {
            let (word, bits) = filter.place(key);
            filter.words[word] |= bits;
        }
        filter
    }

    #[inline]
    pub(crate) fn may_hold(&self, key: u64) -> bool {
        let (word, bits) = self.place(key);
        self.words[word] & bits == bits
    }

    /// The word of a key and its two bits.
    #[inline]
    fn place(&self, key: u64) -> (usize, u64) {
        let spread = spread(key);
        (word_of(spread, self.words.len()), 1 << (spread >> 20 & 63) | 1 << (spread >> 26 & 63))
    }
}

/// One of `words` words, by the upper half of what [`spread`] gives.
#[inline]
pub(crate) fn word_of(spread: u64, words: usize) -> usize {
    low(((spread >> 32) * words as u64) >> 32)
}

/// Pairs of characters, laid out so that one look tells of nearly every pair whether it is among them.
#[derive(Clone, Debug)]
pub(crate) struct Pairs {
    /// A pair has 30 bits: 14 name its bucket, 16 are its rest. Free lanes hold a rest that no pair has.
    buckets: Vec<[u16; LANES]>,
    /// The pairs that found their bucket full, sorted.
    more: Vec<u64>,
}

/// As many rests as are compared at once; four in a bucket is the average.
const LANES: usize = 8;
const REST_BITS: u32 = 16;
const CHAR_BITS: u32 = 15;
const PAIR_BITS: u32 = 2 * CHAR_BITS;

impl Pairs {
    pub(crate) fn new(keys: impl Iterator<Item = u64>) -> Pairs {
        let mut buckets: Vec<_> =
            (0..1 << (PAIR_BITS - REST_BITS)).map(|bucket| [free_rest(bucket); LANES]).collect();
        let (mut lens, mut more) = (vec![0_u8; buckets.len()], Vec::new());
        for key in keys {
            let (bucket, rest) = place(key);
            if buckets[bucket].contains(&rest) {
                continue;
            }
            match buckets[bucket].get_mut(usize::from(lens[bucket])) {
                Some(lane) => {
                    *lane = rest;
                    lens[bucket] += 1;
                }
                None => more.push(key),
            }
        }
        more.sort_unstable();
        more.dedup();
        Pairs { buckets, more }
    }

    pub(crate) fn holds(&self, key: u64) -> bool {
        let (bucket, rest) = place(key);
        let rests = &self.buckets[bucket];
        rests.contains(&rest) || (self.may_be_full(rests) && self.more.binary_search(&key).is_ok())
    }

    /// Every pair, in no order.
    pub(crate) fn keys(&self) -> impl Iterator<Item = u64> + '_ {
        let placed = (0..).zip(&self.buckets).flat_map(|(bucket, rests)| {
            let keys = rests.iter().map(move |rest| unmixed(bucket << REST_BITS | u64::from(*rest)));
            keys.take_while(|key| is_pair_key(*key))
        });
        placed.chain(self.more.iter().copied())
    }

    fn may_be_full(&self, rests: &[u16; LANES]) -> bool {
        // Free lanes hold the same, two pairs never do; with one free lane or none a bucket may have been full.
        rests[LANES - 1] != rests[LANES - 2] && !self.more.is_empty()
    }
}

/// A rest that no pair of this bucket has: more than half of all numbers of 30 bits are no pair.
fn free_rest(bucket: u64) -> u16 {
    (0..u16::MAX)
        .find(|rest| !is_pair_key(unmixed(bucket << REST_BITS | u64::from(*rest))))
        .unwrap_or(u16::MAX)
}

/// The bucket and the rest of a pair. An odd factor modulo a power of two gives no two pairs the same.
fn place(key: u64) -> (usize, u16) {
    let mixed = key.wrapping_mul(FACTOR) & ((1 << PAIR_BITS) - 1);
    (low(mixed >> REST_BITS), (mixed & 0xffff) as u16)
}

/// The key that `place` mixes to this.
fn unmixed(mixed: u64) -> u64 {
    mixed.wrapping_mul(inverse(FACTOR)) & ((1 << PAIR_BITS) - 1)
}

const FACTOR: u64 = 0x9e37_79b1;

/// What `factor` must be multiplied with to give 1 modulo 2⁶⁴; each of Newton's steps doubles the right bits.
pub(crate) const fn inverse(factor: u64) -> u64 {
    let (mut inverse, mut step) = (factor, 0);
    while step < 6 {
        inverse = inverse.wrapping_mul(2u64.wrapping_sub(factor.wrapping_mul(inverse)));
        step += 1;
    }
    inverse
}

/// Whether both halves of a key are characters.
fn is_pair_key(key: u64) -> bool {
    low(key >> CHAR_BITS) < Han::COUNT && low(key & ((1 << CHAR_BITS) - 1)) < Han::COUNT
}

pub(crate) fn spread(key: u64) -> u64 {
    // The multiplier of Fibonacci hashing, 2⁶⁴ divided by the golden ratio.
    key.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// A number that is known to be small, as an index.
pub(crate) fn low(number: u64) -> usize {
    usize::try_from(number).unwrap_or(0)
}

/// Numbers by their upper bits: a hash table that is written once.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// How many low bits of a number are its value.
    bits: u32,
    /// Where each bucket begins, and the end.
    starts: Vec<u32>,
    numbers: Vec<u64>,
    shift: u32,
}

impl Table {
    /// The table of `len` numbers.
    pub(crate) fn new(len: usize, numbers: impl Iterator<Item = u64> + Clone, bits: u32) -> Table {
        let width = len.max(4).next_power_of_two().ilog2() - 1;
        let mut table =
            Table { bits, starts: vec![0; (1 << width) + 1], numbers: vec![0; len], shift: 64 - width };
        numbers.clone().for_each(|number| table.starts[low(spread(number >> bits) >> table.shift)] += 1);
        let mut end = 0;
        for start in &mut table.starts {
            end += *start;
            *start = end;
        }
        // Each start is now the end of its bucket, and goes down as the bucket is filled.
        numbers.for_each(|number| {
            let start = &mut table.starts[low(spread(number >> bits) >> table.shift)];
            *start -= 1;
            table.numbers[*start as usize] = number;
        });
        table
    }

    /// The values of the numbers under `key`.
    pub(crate) fn values(&self, key: u64) -> impl Iterator<Item = u64> + '_ {
        self.values_with(key, 0, 0)
    }

    /// The values of the numbers under `key` that are as `value` is in the bits of `mask`.
    #[inline]
    pub(crate) fn values_with(&self, key: u64, value: u64, mask: u64) -> impl Iterator<Item = u64> + '_ {
        let (bucket, bits) = (self.bucket(key), (1 << self.bits) - 1);
        let numbers = &self.numbers[self.starts[bucket] as usize..self.starts[bucket + 1] as usize];
        let (wanted, mask) = (key << self.bits | value, !bits | mask);
        let own = numbers.iter().filter(move |number| (**number ^ wanted) & mask == 0);
        own.map(move |number| number & bits)
    }

    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    pub(crate) fn numbers(&self) -> impl Iterator<Item = u64> + '_ {
        self.numbers.iter().copied()
    }

    fn bucket(&self, key: u64) -> usize {
        low(spread(key) >> self.shift)
    }
}
