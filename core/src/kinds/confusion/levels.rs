//! How often something was counted, as a level from 1: packed in a list, unpacked to be looked up.

use crate::entry::{Entry, Located};
use crate::kinds::lexicon::table::inverse;

/// Levels of numbers of 24 bits.
#[derive(Clone, Debug)]
pub(super) struct Levels {
    /// Where each bucket begins, and the end.
    starts: Vec<u32>,
    /// Of each number the bits that its bucket does not tell, and its level.
    rests: Vec<u16>,
}

const BITS: u32 = 24;
const BUCKET_BITS: u32 = 14;
const REST_BITS: u32 = BITS - BUCKET_BITS;
const LEVEL_BITS: u32 = 3;

impl Levels {
    /// Those of the rows named `name`: how many there are and how many low bits a distance has, then chunks in base64.
    ///
    /// Each number is its distance to the one before, in Golomb-Rice code, and its level, in ones and a zero.
    pub(super) fn read(rows: &[Located<Vec<String>>], name: &str, entry: &mut Entry<'_>) -> Levels {
        let mut rows = rows.iter().filter(|row| row.value[0] == name);
        let unpacked = rows.next().and_then(|head| {
            let [_, count, low] = head.value.as_slice() else { return None };
            let chunks = rows.map(|row| row.value.get(1).map_or("", String::as_str)).collect::<String>();
            unpack(
                &mut Bits { bytes: decode(&chunks)?, at: 0 },
                count.parse().ok()?,
                low.parse().ok().filter(|low| *low < BITS)?,
            )
        });
        if unpacked.is_none() {
            entry.invalid("figures_file", format!("no `{name}` that can be unpacked"));
        }
        Levels::new(&unpacked.unwrap_or_default())
    }

    fn new(levels: &[(u32, u16)]) -> Levels {
        let mut placed: Vec<(usize, u16)> = levels
            .iter()
            .map(|(number, level)| {
                let (bucket, rest) = place(*number);
                (bucket, rest << LEVEL_BITS | level)
            })
            .collect();
        placed.sort_unstable();
        let start = |bucket| placed.partition_point(|(own, _)| *own < bucket);
        let starts = (0..=1 << BUCKET_BITS).map(|bucket| u32::try_from(start(bucket)).unwrap_or(u32::MAX));
        Levels { starts: starts.collect(), rests: placed.iter().map(|(_, rest)| *rest).collect() }
    }

    /// The level of a number, 0 where it was counted too seldom.
    #[inline]
    pub(super) fn of(&self, number: u32) -> u16 {
        let (bucket, rest) = place(number);
        let own = self.starts[bucket] as usize..self.starts[bucket + 1] as usize;
        // No branch for each: which of them it is cannot be foreseen.
        self.rests[own].iter().fold(0, |level, own| {
            if own >> LEVEL_BITS == rest { own & ((1 << LEVEL_BITS) - 1) } else { level }
        })
    }

    /// All numbers that have a level.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u32> + '_ {
        self.starts.windows(2).enumerate().flat_map(|(bucket, own)| {
            let rests = &self.rests[own[0] as usize..own[1] as usize];
            rests.iter().map(move |rest| number(bucket, rest >> LEVEL_BITS))
        })
    }
}

/// The bucket of a number and its rest. An odd factor modulo a power of two gives no two numbers the same.
#[inline]
fn place(number: u32) -> (usize, u16) {
    let mixed = number.wrapping_mul(FACTOR) & ((1 << BITS) - 1);
    ((mixed >> REST_BITS) as usize, (mixed & ((1 << REST_BITS) - 1)) as u16)
}

const FACTOR: u32 = 0x9e37_79b1;

/// The number of this bucket and rest.
fn number(bucket: usize, rest: u16) -> u32 {
    let mixed = (bucket as u64) << REST_BITS | u64::from(rest);
    let number = mixed.wrapping_mul(inverse(u64::from(FACTOR))) & ((1 << BITS) - 1);
    u32::try_from(number).unwrap_or(0)
}

fn unpack(bits: &mut Bits, count: usize, low: u32) -> Option<Vec<(u32, u16)>> {
    let mut levels = Vec::with_capacity(count.min(8 * bits.bytes.len()));
    let mut number = 0_u32;
    for _ in 0..count {
        let distance = bits.ones()?.checked_mul(1 << low)? | bits.number(low)?;
        number = number.checked_add(distance).filter(|number| *number < 1 << BITS)?;
        let level = u16::try_from(bits.ones()? + 1).ok().filter(|level| *level < 1 << LEVEL_BITS)?;
        levels.push((number, level));
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
