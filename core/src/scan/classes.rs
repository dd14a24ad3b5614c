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

    /// Writes to `room` the classes of the characters that `bytes` opens with, up to the first that takes more or fewer
    /// than three bytes in UTF-8 or is dropped.
    ///
    /// Gives how many they are.
    #[inline]
    pub(super) fn of_three_bytes_each(&self, bytes: &[u8], room: &mut [u16]) -> usize {
        let mut count = 0;
        for (slot, bytes) in room.iter_mut().zip(bytes.as_chunks::<3>().0) {
            let [first, second, third] = bytes.map(usize::from);
            let code = (first & 0xf) << 12 | (second & 0x3f) << 6 | third & 0x3f;
            let class = self.plane[code];
            if first >> 4 != 0xe || class == Classes::DROPPED {
                break;
            }
            *slot = class;
            count += 1;
        }
        count
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
