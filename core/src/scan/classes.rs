//! The classes of characters: one for each that a literal holds.

use std::collections::{BTreeSet, HashMap};

use crate::draft::read::Reader;

/// The class of every character by what it folds to: 0 for those in no literal, a number of its own for each of the
/// others.
#[derive(Clone, Debug)]
pub(super) struct Classes {
    /// By code point, for the Basic Multilingual Plane.
    plane: Box<[u16; 1 << 16]>,
    others: HashMap<char, u16>,
    /// The characters of the literals in the order of their classes.
    chars: Vec<char>,
    reader: Reader,
}

impl Classes {
    /// The class of characters that folding drops.
    pub(super) const DROPPED: u16 = u16::MAX;

    /// The classes 1, 2, 3 … of these characters, each folded already.
    pub(super) fn new(chars: Vec<char>, reader: &Reader) -> Result<Classes, String> {
        if chars.len() >= usize::from(Classes::DROPPED) {
            return Err("more than 65,534 different characters".to_owned());
        }
        let (mut exact, mut others) = (vec![0; 1 << 16], HashMap::new());
        for (class, char) in (1..).zip(&chars) {
            match exact.get_mut(*char as usize) {
                Some(slot) => *slot = class,
                None => drop(others.insert(*char, class)),
            }
        }
        let plane =
            reader.plane().map(|folded| folded.map_or(Classes::DROPPED, |code| exact[usize::from(code)]));
        let plane = plane.collect::<Box<[u16]>>().try_into().expect("one for each code");
        Ok(Classes { plane, others, chars, reader: reader.clone() })
    }

    /// How many classes there are, with that of all other characters.
    pub(super) fn count(&self) -> usize {
        self.chars.len() + 1
    }

    /// The characters in the order of their classes.
    pub(super) fn chars(&self) -> &[char] {
        &self.chars
    }

    /// Writes to `room` the classes of the characters that `bytes`, the rest of a text, opens with, up to the first that
    /// takes more or fewer than three bytes in UTF-8 or is dropped.
    ///
    /// Gives how many they are.
    #[inline]
    pub(super) fn of_three_bytes_each(&self, bytes: &[u8], room: &mut [u16]) -> usize {
        const FIRST: usize = (0xe0 << 12) + (0xa0 << 6) + 0x80;
        let classes = &self.plane[0x800..];
        let mut count = 0;
        for (slot, bytes) in room.iter_mut().zip(bytes.as_chunks::<3>().0) {
            let [first, second, third] = bytes.map(usize::from);
            // The sums rise with the code point: shorter characters stay below the first, and longer ones lie behind the
            // plane.
            let place = ((first << 12) + (second << 6) + third).wrapping_sub(FIRST);
            match classes.get(place) {
                Some(class) if *class != Classes::DROPPED => *slot = *class,
                _ => break,
            }
            count += 1;
        }
        count
    }

    /// The same for characters that take one byte.
    #[inline]
    pub(super) fn of_one_byte_each(&self, bytes: &[u8], room: &mut [u16]) -> usize {
        let mut count = 0;
        for (slot, byte) in room.iter_mut().zip(bytes) {
            let class = self.plane[usize::from(*byte)];
            if !byte.is_ascii() || class == Classes::DROPPED {
                break;
            }
            *slot = class;
            count += 1;
        }
        count
    }

    /// The same for the first character alone.
    pub(super) fn of_one(&self, text: &str, room: &mut [u16]) -> usize {
        let class = text.chars().next().map_or(Classes::DROPPED, |char| self.of_char(char));
        match room.first_mut() {
            Some(slot) if class != Classes::DROPPED => *slot = class,
            _ => return 0,
        }
        1
    }

    #[inline]
    pub(super) fn of_char(&self, char: char) -> u16 {
        match self.plane.get(char as usize) {
            Some(class) => *class,
            None => self.of_other(char),
        }
    }

    #[cold]
    fn of_other(&self, char: char) -> u16 {
        match self.reader.fold(char) {
            None => Classes::DROPPED,
            Some(folded) => match self.plane.get(folded as usize) {
                Some(class) => *class,
                None => self.others.get(&folded).copied().unwrap_or(0),
            },
        }
    }
}

/// The different ones of `chars`, in order.
pub(super) fn different(chars: impl Iterator<Item = char>) -> Vec<char> {
    let (mut plane, mut others) = (vec![false; 1 << 16], BTreeSet::new());
    for char in chars {
        match plane.get_mut(char as usize) {
            Some(seen) => *seen = true,
            None => drop(others.insert(char)),
        }
    }
    let codes = plane.iter().zip(0..).filter_map(|(seen, code)| seen.then_some(code));
    codes.filter_map(char::from_u32).chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_as_many_bytes_each() {
        let known = ['\u{7f}', 'é', '\u{7ff}', '\u{800}', '国', '\u{ffff}', '\u{10000}', '😀'];
        let classes = Classes::new(known.to_vec(), &Reader::new()).unwrap();
        for next in ["", "a", "\u{7ff}", "\u{10ffff}"] {
            for char in '\0'..='\u{1ffff}' {
                let (text, class, mut room) = (format!("{char}{next}"), classes.of_char(char), [0; 8]);
                let is_any = |len: usize| usize::from(char.len_utf8() == len && class != Classes::DROPPED);
                let bytes = text.as_bytes();
                assert_eq!(classes.of_three_bytes_each(bytes, &mut room), is_any(3), "{text:?}");
                assert_eq!(room[0], class * u16::try_from(is_any(3)).unwrap(), "{text:?}");
                let narrow = classes.of_one_byte_each(bytes, &mut [0]);
                assert_eq!(narrow, is_any(1), "{text:?}");
            }
        }
    }
}
