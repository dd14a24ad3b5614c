//! Chinese text in few bytes: characters by their rank, one byte for those met often and two for the others.
//!
//! What is sent is packed once more on its way, and sees three times as far in text that is so much shorter. Whatever
//! else is among the text is kept as it is.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

/// Bytes of ASCII stand for themselves; then come the characters of one byte, …
const ONE: u8 = 0x80;
/// … the first bytes of those of two, …
const TWO: u8 = ONE + 96;
/// … and what stands before any other byte.
const OTHER: u8 = 0xff;

/// As many characters as have a rank.
const MOST: usize = (TWO - ONE) as usize + (OTHER - TWO) as usize * 256;

/// A part of a compiled file, restored whenever it is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    bytes: Cow<'static, [u8]>,
    /// The ranks of its characters, where it is written by them.
    ranks: Option<Arc<Ranks>>,
}

impl Kept {
    pub(crate) fn new(bytes: Cow<'static, [u8]>, ranks: Option<Arc<Ranks>>) -> Kept {
        Kept { bytes, ranks }
    }

    /// What was kept; nothing where it is damaged.
    pub(crate) fn get(&self) -> Cow<'_, [u8]> {
        match &self.ranks {
            None => Cow::Borrowed(&self.bytes),
            Some(ranks) => Cow::Owned(ranks.restored(&self.bytes).unwrap_or_default()),
        }
    }
}

/// Which characters have which rank.
#[derive(Debug)]
pub(crate) struct Ranks {
    chars: Vec<[u8; WIDTH]>,
    /// What the lower bytes stand for, and in how many bytes.
    forms: Vec<([u8; WIDTH], usize)>,
}

/// As many bytes as are written at once: one more than a character has.
const WIDTH: usize = 4;
/// As many as are written before they are added to a text.
const BLOCK: usize = 64;

impl Ranks {
    /// The ranks of the characters of `text`, which may be of any bytes.
    pub(crate) fn of(text: &[u8]) -> Ranks {
        let mut counts: HashMap<char, u32> = HashMap::new();
        for char in pieces(text).filter_map(Result::ok) {
            *counts.entry(char).or_default() += 1;
        }
        let mut chars: Vec<_> =
            counts.into_iter().map(|(char, count)| (Reverse(count.ilog2()), char)).collect();
        chars.sort_unstable();
        chars.truncate(MOST);
        Ranks::new(chars.into_iter().map(|(_, char)| utf8(char)).collect())
    }

    fn new(chars: Vec<[u8; WIDTH]>) -> Ranks {
        let alone = (0..ONE).map(|byte| ([byte, 0, 0, 0], 1));
        let of_one = chars.iter().take(usize::from(TWO - ONE)).map(|char| (*char, 3));
        Ranks { forms: alone.chain(of_one).collect(), chars }
    }

    pub(crate) fn pack(&self) -> Vec<u8> {
        let mut bytes = u16::try_from(self.chars.len()).expect("fewer than 2¹⁶ ranks").to_le_bytes().to_vec();
        let mut before = 0;
        for char in self.chars() {
            put_step(&mut bytes, code(char).wrapping_sub(before));
            before = code(char);
        }
        bytes
    }

    /// The ranks that were packed, and what follows.
    pub(crate) fn unpack(bytes: &[u8]) -> Option<(Ranks, &[u8])> {
        let (count, mut rest) = bytes.split_first_chunk()?;
        let mut chars = Vec::new();
        let mut before = 0_u16;
        for _ in 0..u16::from_le_bytes(*count) {
            before = before.wrapping_add(take_step(&mut rest)?);
            chars.push(utf8(char::from_u32(before.into()).filter(|char| char.len_utf8() == 3)?));
        }
        Some((Ranks::new(chars), rest))
    }

    fn chars(&self) -> impl Iterator<Item = char> {
        self.chars.iter().filter_map(|utf8| std::str::from_utf8(&utf8[..3]).ok()?.chars().next())
    }

    /// Writes texts, which may be of any bytes, with ranks for their characters of three bytes.
    pub(crate) fn writer(&self) -> impl Fn(&[u8]) -> Vec<u8> {
        let ranks: HashMap<char, usize> = self.chars().zip(0..).collect();
        move |text| {
            let mut bytes = Vec::new();
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
    }

    /// The text that a [writer](Ranks::writer) wrote.
    pub(crate) fn restored(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut text = Vec::with_capacity(bytes.len() + bytes.len() / 2);
        // All bytes of a form are written, whatever it takes: what is too much gives way to what comes next.
        let (mut block, mut at) = ([0; BLOCK + WIDTH], 0);
        let mut rest = bytes.iter();
        while let Some(byte) = rest.next() {
            let (form, width) = match self.forms.get(usize::from(*byte)) {
                Some(form) => *form,
                None if *byte == OTHER => ([*rest.next()?, 0, 0, 0], 1),
                None => {
                    let rank = usize::from(byte.checked_sub(TWO)?) << 8 | usize::from(*rest.next()?);
                    (*self.chars.get(usize::from(TWO - ONE) + rank)?, 3)
                }
            };
            block[at..at + WIDTH].copy_from_slice(&form);
            at += width;
            if at >= BLOCK {
                text.extend_from_slice(&block[..at]);
                at = 0;
            }
        }
        text.extend_from_slice(&block[..at]);
        Some(text)
    }
}

/// The bytes of a character of three.
fn utf8(char: char) -> [u8; WIDTH] {
    let mut utf8 = [0; WIDTH];
    char.encode_utf8(&mut utf8);
    utf8
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
            let ranks = Ranks::of(text.as_bytes());
            let (again, rest) = Ranks::unpack(&[&ranks.pack()[..], b"rest"].concat())
                .map(|(ranks, rest)| (ranks, rest.to_vec()))
                .unwrap();
            assert_eq!(rest, b"rest");
            assert_eq!(again.restored(&ranks.writer()(text.as_bytes())).as_deref(), Some(text.as_bytes()));
        }
        for bytes in
            [&b"\xff\xfe\x80"[..], b"\xe5\xae", b"\xe5\xae\xa1\xe5", b"\xed\xa0\x80", b"\xe0\x80\x80"]
        {
            let ranks = Ranks::of(bytes);
            assert_eq!(ranks.restored(&ranks.writer()(bytes)).as_deref(), Some(bytes));
        }
        let ranks = Ranks::of("审查审查审查".as_bytes());
        assert_eq!(ranks.pack().len() + ranks.writer()("审查审查审查".as_bytes()).len(), 2 + 6 + 6);
    }

    #[test]
    fn whatever_is_damaged() {
        for bytes in [&b""[..], b"\x01", b"\x01\x00", b"\x01\x00\x20"] {
            assert!(Ranks::unpack(bytes).is_none(), "{bytes:?}");
        }
        for bytes in [&b"\x80"[..], b"\xff", b"\xe0\x00", b"\xe0"] {
            assert_eq!(Ranks::of(b"").restored(bytes), None, "{bytes:?}");
        }
    }
}
