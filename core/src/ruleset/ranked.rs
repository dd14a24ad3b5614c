//! Chinese text in few bytes: characters by their rank, one byte for those met often and two for the others.
//!
//! What is sent is packed once more on its way, and sees three times as far in text that is so much shorter. Whatever
//! else is among the text is kept as it is.

use std::cmp::Reverse;
use std::collections::HashMap;

/// Bytes of ASCII stand for themselves; then come the characters of one byte, …
const ONE: u8 = 0x80;
/// … the first bytes of those of two, …
const TWO: u8 = ONE + 96;
/// … and what stands before any other byte.
const OTHER: u8 = 0xff;

/// As many characters as have a rank.
const MOST: usize = (TWO - ONE) as usize + (OTHER - TWO) as usize * 256;

/// `text`, which may be of any bytes, with ranks for its characters of three bytes.
pub(super) fn ranked(text: &[u8]) -> Vec<u8> {
    let mut counts: HashMap<char, u32> = HashMap::new();
    for char in pieces(text).filter_map(Result::ok) {
        *counts.entry(char).or_default() += 1;
    }
    let mut chars: Vec<_> = counts.into_iter().map(|(char, count)| (Reverse(count.ilog2()), char)).collect();
    chars.sort_unstable();
    chars.truncate(MOST);
    let mut bytes = u16::try_from(chars.len()).expect("fewer than 2¹⁶ ranks").to_le_bytes().to_vec();
    let mut before = 0;
    for (_, char) in &chars {
        put_step(&mut bytes, code(*char).wrapping_sub(before));
        before = code(*char);
    }
    let ranks: HashMap<char, usize> = chars.iter().map(|(_, char)| *char).zip(0..).collect();
    for piece in pieces(text) {
        match piece.map(|char| (char, ranks.get(&char))) {
            Err(byte) if byte < ONE => bytes.push(byte),
            Err(byte) => bytes.extend([OTHER, byte]),
            Ok((_, Some(rank))) => put_rank(&mut bytes, *rank),
            Ok((char, None)) => {
                bytes.extend(char.encode_utf8(&mut [0; 3]).bytes().flat_map(|byte| [OTHER, byte]));
            }
        }
    }
    bytes
}

/// The text that [`ranked`] wrote.
pub(super) fn restored(bytes: &[u8]) -> Option<Vec<u8>> {
    let (count, mut rest) = bytes.split_first_chunk::<2>()?;
    let mut chars = Vec::new();
    let mut before = 0_u16;
    for _ in 0..u16::from_le_bytes(*count) {
        before = before.wrapping_add(take_step(&mut rest)?);
        let mut utf8 = [0; 3];
        let is_of_three = char::from_u32(before.into()).filter(|char| char.len_utf8() == 3)?;
        is_of_three.encode_utf8(&mut utf8);
        chars.push(utf8);
    }
    let mut text = Vec::with_capacity(bytes.len() + bytes.len() / 2);
    let mut rest = rest.iter();
    while let Some(byte) = rest.next() {
        match *byte {
            ..ONE => text.push(*byte),
            ONE..TWO => text.extend_from_slice(chars.get(usize::from(byte - ONE))?),
            TWO..OTHER => {
                let rank = usize::from(byte - TWO) << 8 | usize::from(*rest.next()?);
                text.extend_from_slice(chars.get(usize::from(TWO - ONE) + rank)?);
            }
            OTHER => text.push(*rest.next()?),
        }
    }
    Some(text)
}

/// The characters of three bytes, and the bytes that are part of none.
fn pieces(text: &[u8]) -> impl Iterator<Item = Result<char, u8>> + '_ {
    let mut rest = text;
    std::iter::from_fn(move || {
        let char = rest.first_chunk::<3>().filter(|bytes| bytes[0] >= 0xe0);
        let char = char.and_then(|bytes| std::str::from_utf8(bytes).ok()?.chars().next());
        let (own, next) = rest.split_at_checked(if char.is_some() { 3 } else { 1 })?;
        rest = next;
        Some(char.ok_or(own[0]))
    })
}

/// The code point of a character of three bytes.
fn code(char: char) -> u16 {
    u16::try_from(u32::from(char)).unwrap_or(0)
}

fn put_rank(bytes: &mut Vec<u8>, rank: usize) {
    let byte = |number: usize| u8::try_from(number).expect("a rank below the most");
    match rank.checked_sub(usize::from(TWO - ONE)) {
        None => bytes.push(ONE + byte(rank)),
        Some(rank) => bytes.extend([TWO + byte(rank >> 8), byte(rank & 0xff)]),
    }
}

/// A distance between code points: small ones in a byte, others in three.
fn put_step(bytes: &mut Vec<u8>, step: u16) {
    match u8::try_from(step) {
        Ok(step) if step != u8::MAX => bytes.push(step),
        _ => bytes.extend([[u8::MAX].as_slice(), &step.to_le_bytes()].concat()),
    }
}

fn take_step(bytes: &mut &[u8]) -> Option<u16> {
    let (byte, rest) = bytes.split_first()?;
    *bytes = rest;
    if *byte != u8::MAX {
        return Some(u16::from(*byte));
    }
    let (step, rest) = rest.split_first_chunk()?;
    *bytes = rest;
    Some(u16::from_le_bytes(*step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_restored_is_what_was_written() {
        let many: String = ('\u{3400}'..'\u{9fff}').collect();
        for text in ["", "a", "审查审查把关", "Ⅲ，。\t①\n", "é𠀀🈶中", &many] {
            assert_eq!(restored(&ranked(text.as_bytes())).as_deref(), Some(text.as_bytes()));
        }
        for bytes in
            [&b"\xff\xfe\x80"[..], b"\xe5\xae", b"\xe5\xae\xa1\xe5", b"\xed\xa0\x80", b"\xe0\x80\x80"]
        {
            assert_eq!(restored(&ranked(bytes)).as_deref(), Some(bytes));
        }
        assert_eq!(ranked("审查审查审查".as_bytes()).len(), 2 + 6 + 6);
    }

    #[test]
    fn whatever_is_damaged() {
        for bytes in [
            &b""[..],
            b"\x01",
            b"\x01\x00",
            b"\x01\x00\x20",
            b"\x00\x00\x80",
            b"\x00\x00\xff",
            b"\x00\x00\xe0\x00",
        ] {
            assert_eq!(restored(bytes), None, "{bytes:?}");
        }
    }
}
