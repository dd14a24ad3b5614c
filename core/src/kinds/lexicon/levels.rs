//! How often something was counted, as a level from 1: packed in a list, unpacked to be looked up.

use crate::entry::{Entry, Located};
use crate::kinds::lexicon::counts;
use crate::kinds::lexicon::table::low;

/// A number of [`BITS`] bits and its level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Level(u32);

impl Level {
    /// None where one of the two has more bits than there is room for.
    #[inline]
    pub(super) fn new(number: u32, level: u16) -> Option<Level> {
        let fits = number < 1 << BITS && level <= LEVEL;
        fits.then_some(Level(number << LEVEL_BITS | u32::from(level)))
    }

    #[inline]
    pub(crate) fn number(self) -> u32 {
        self.0 >> LEVEL_BITS
    }

    #[inline]
    pub(crate) fn level(self) -> u16 {
        u16::try_from(self.0 & u32::from(LEVEL)).unwrap_or(LEVEL)
    }
}

/// Levels of numbers, laid out so that one look tells that of a number.
#[derive(Clone, Debug)]
pub(crate) struct Levels {
    buckets: Vec<Bucket>,
    /// What found its bucket full, sorted.
    more: Vec<Level>,
}

/// In each lane the bits of a number that its bucket does not tell, and its level; 0 where it is free.
///
/// Aligned, so that no bucket lies in two cache lines.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
struct Bucket([u16; LANES]);

/// How many bits a number has.
pub(crate) const BITS: u32 = 24;
/// As many as are compared at once.
const LANES: usize = 16;
const LEVEL_BITS: u32 = 3;
const REST_BITS: u32 = u16::BITS - LEVEL_BITS;
const LEVEL: u16 = (1 << LEVEL_BITS) - 1;

impl Levels {
    pub(crate) fn new(levels: &[Level]) -> Levels {
        // Nine in a bucket, so that few are full; the rest of a number must fit a lane.
        let count = (levels.len() / 9).max(1 << (BITS - REST_BITS));
        let mut new = Levels { buckets: vec![Bucket([0; LANES]); count], more: Vec::new() };
        let mut lens = vec![0_u8; count];
        for level in levels {
            let (bucket, rest) = new.place(level.number());
            let len = &mut lens[bucket];
            match new.buckets[bucket].0.get_mut(usize::from(*len)) {
                Some(lane) => {
                    *lane = rest << LEVEL_BITS | level.level();
                    *len += 1;
                }
                None => new.more.push(*level),
            }
        }
        new.more.sort_unstable();
        new
    }

    /// The level of a number, 0 where it was counted too seldom.
    #[inline]
    pub(crate) fn of(&self, number: u32) -> u16 {
        let (bucket, rest) = self.place(number);
        let Bucket(lanes) = &self.buckets[bucket];
        // No branch for each: which of them it is cannot be foreseen.
        let level = lanes
            .iter()
            .fold(0, |level, lane| level | if lane >> LEVEL_BITS == rest { lane & LEVEL } else { 0 });
        if lanes[LANES - 1] == 0 { level } else { level | self.level_of_more(number) }
    }

    #[cold]
    fn level_of_more(&self, number: u32) -> u16 {
        self.more.binary_search_by_key(&number, |own| own.number()).map_or(0, |at| self.more[at].level())
    }

    /// The bucket of a number and its rest. An odd factor modulo a power of two gives no two numbers the same.
    #[inline]
    fn place(&self, number: u32) -> (usize, u16) {
        let mixed = number.wrapping_mul(FACTOR) & ((1 << BITS) - 1);
        let bucket = low((u64::from(mixed) * self.buckets.len() as u64) >> BITS);
        (bucket, u16::try_from(mixed & ((1 << REST_BITS) - 1)).unwrap_or(0))
    }
}

const FACTOR: u32 = 0x9e37_79b1;

/// The levels of that name in the list that `figures_file` names.
pub(crate) fn unpacked(rows: &[Located<Vec<String>>], name: &str, entry: &mut Entry<'_>) -> Vec<Level> {
    let unpacked = match entry.packed("figures_file") {
        Some(bytes) => counts::levels(bytes, name),
        None => of_rows(rows.iter().map(|row| row.value.as_slice()), name),
    };
    if unpacked.is_none() {
        entry.invalid("figures_file", format!("no `{name}` that can be unpacked"));
    }
    unpacked.unwrap_or_default()
}

/// Those of the rows named `name`: how many there are and how many low bits a distance has, then chunks in base64.
///
/// Each number is its distance to the one before, in Golomb-Rice code, and its level, in ones and a zero.
pub(super) fn of_rows<'r>(rows: impl Iterator<Item = &'r [String]>, name: &str) -> Option<Vec<Level>> {
    let mut rows = rows.filter(|row| row[0] == name);
    let [_, count, low] = rows.next()? else { return None };
    let chunks = rows.map(|row| row.get(1).map_or("", String::as_str)).collect::<String>();
    unpack(
        &mut Bits { bytes: decode(&chunks)?, at: 0 },
        count.parse().ok()?,
        low.parse().ok().filter(|low| *low < BITS)?,
    )
}

fn unpack(bits: &mut Bits, count: usize, low: u32) -> Option<Vec<Level>> {
    let mut levels = Vec::with_capacity(count.min(8 * bits.bytes.len()));
    let mut number = 0_u32;
    for _ in 0..count {
        let distance = bits.ones()?.checked_mul(1 << low)? | bits.number(low)?;
        number = number.checked_add(distance)?;
        levels.push(Level::new(number, u16::try_from(bits.ones()? + 1).ok()?)?);
    }
    Some(levels)
}

/// Bits of bytes, the highest first.
struct Bits {
    bytes: Vec<u8>,
    at: usize,
}

impl Bits {
    fn next(&mut self) -> Option<u32> {
        let bit = self.bytes.get(self.at / 8)? >> (7 - self.at % 8) & 1;
        self.at += 1;
        Some(u32::from(bit))
    }

    /// How many ones there are before the next zero.
    fn ones(&mut self) -> Option<u32> {
        let mut count = 0;
        while self.next()? == 1 {
            count += 1;
        }
        Some(count)
    }

    fn number(&mut self, bits: u32) -> Option<u32> {
        (0..bits).try_fold(0, |number, _| Some(number << 1 | self.next()?))
    }
}

/// The bytes of a text in base64 without padding.
fn decode(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| {
        Some(match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        })
    };
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for four in text.as_bytes().chunks(4) {
        let number =
            four.iter().try_fold(0_u32, |number, byte| Some(number << 6 | u32::from(digit(*byte)?)))?;
        let whole = number << (6 * (4 - four.len()));
        bytes.extend_from_slice(&whole.to_be_bytes()[1..four.len()]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn as_in_a_map() {
        // The last are so many that most buckets are full.
        for count in [0, 1, 1000, 100_000, 300_000_u32] {
            let numbers = (0..count).map(|n| n.wrapping_mul(n ^ 0x5bd1_e995) % (1 << BITS));
            let own: BTreeMap<u32, u16> = numbers.zip((1..=LEVEL).cycle()).collect();
            let levels: Vec<Level> =
                own.iter().filter_map(|(number, level)| Level::new(*number, *level)).collect();
            assert_eq!(levels.len(), own.len());
            let new = Levels::new(&levels);
            for number in own.keys().copied().chain((0..1 << BITS).step_by(61)) {
                assert_eq!(new.of(number), own.get(&number).copied().unwrap_or(0), "{number} of {count}");
            }
        }
    }
}
