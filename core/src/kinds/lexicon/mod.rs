//! The lexicon that `repeated`, `near-miss` and `confusion` read: which runs of Han characters are words.

pub(crate) mod counts;
pub(crate) mod homophones;
pub(crate) mod levels;
pub(crate) mod likeness;
pub(crate) mod neighbours;
mod packed;
pub(crate) mod sets;
mod streams;
pub(crate) mod table;
pub(crate) mod ties;

use std::sync::Arc;

use crate::draft::han::{Han, all_han};
use crate::entry::Entry;
use crate::error::ProblemKind;
use crate::kinds::lexicon::table::{Pairs, Table, low};
use crate::names::named;

named! {
    /// What a word of three or four characters is.
    pub(crate) enum Class {
        /// An idiom or set phrase often met.
        Common = "common-idiom",
        /// One seldom met.
        Rare = "rare-idiom",
        /// Any other word of four characters.
        Term = "term",
        /// Any word of three characters.
        Short = "short-term",
        /// A name, which nothing is taken for a slip of.
        Name = "name",
    }
}

impl Class {
    /// What a slip can miss.
    pub(crate) const MISSED: [Class; 4] = [Class::Common, Class::Rare, Class::Term, Class::Short];

    /// How many characters a word of it has.
    pub(crate) const fn len(self) -> usize {
        match self {
            Class::Short => 3,
            Class::Common | Class::Rare | Class::Term | Class::Name => 4,
        }
    }

    /// Whether there are ever more of its words, so that one may look like a slip of another.
    pub(crate) const fn is_open(self) -> bool {
        matches!(self, Class::Term | Class::Short | Class::Name)
    }
}

/// Words of two to four Han characters.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    pairs: Pairs,
    /// Every word of three or four under what is left of it without each of its characters.
    fillings: Table,
}

impl Lexicon {
    /// The lexicon of the file that `lexicon_file` names.
    ///
    /// Its columns after the first are those of [`COLUMNS`]; in a cell the words with the same first character make
    /// a group of that character and their tails, and blanks part the groups.
    pub(crate) fn read(entry: &mut Entry<'_>) -> Option<Arc<Lexicon>> {
        if !entry.has("lexicon_file") {
            entry.problem(ProblemKind::MissingField("lexicon_file"));
            return None;
        }
        Some(entry.shared(&["lexicon_file"], Lexicon::of))
    }

    fn of(entry: &mut Entry<'_>) -> Lexicon {
        let words = Words::read(entry);
        let pairs = Pairs::new(words.pairs.iter().map(|pair| key(pair)));
        let fillings = words.longer.iter().flat_map(|(word, class)| fillings(*word, *class));
        let len = words.longer.iter().map(|(word, _)| holes(*word)).sum();
        Lexicon { pairs, fillings: Table::new(len, fillings, FILLER_BITS) }
    }

    /// Whether the two make a word.
    pub(crate) fn is_pair(&self, a: Han, b: Han) -> bool {
        self.pairs.holds(key(&[a, b]))
    }

    /// Every word of two.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = [Han; 2]> + '_ {
        self.pairs.keys().map(|key| [Han::of_bits(key >> CHAR_BITS), Han::of_bits(key)])
    }

    /// Whether the characters make a word.
    pub(crate) fn is_word(&self, chars: &[Han]) -> bool {
        match *chars {
            [a, b] => self.is_pair(a, b),
            [a, b, c] => self.fillers([a, b, c, Han::NONE], 2).any(|(filler, _)| filler == c),
            [a, b, c, d] => self.fillers([a, b, c, d], 3).any(|(filler, _)| filler == d),
            _ => false,
        }
    }

    /// What makes `window` a word when put in the place of its character at `hole`; a window of three ends in none.
    pub(crate) fn fillers(&self, window: [Han; 4], hole: usize) -> impl Iterator<Item = (Han, Class)> + '_ {
        let key = others(window, hole);
        self.fillings.values(key).filter_map(move |value| Some((Han::of_bits(value), class_of(key, value)?)))
    }

    /// How many words of three or four characters there are, or a few more.
    pub(crate) fn long_words(&self) -> usize {
        self.fillings.len().div_ceil(3)
    }

    /// Every word of three or four characters with its class; one of three ends in none.
    pub(crate) fn words(&self) -> impl Iterator<Item = ([Han; 4], Class)> + '_ {
        let first = self.fillings.numbers().filter(|filling| filling >> (FILLER_BITS + 3 * CHAR_BITS) == 0);
        first.filter_map(|filling| {
            let (key, value) = (filling >> FILLER_BITS, filling & ((1 << FILLER_BITS) - 1));
            let [a, b, c, d] = [value, key >> (2 * CHAR_BITS), key >> CHAR_BITS, key].map(Han::of_bits);
            Some(([a, b, c, d], class_of(key, value)?))
        })
    }
}

/// The words of a lexicon, in no order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Words {
    pairs: Vec<[Han; 2]>,
    /// Those of three, which end in none, and of four.
    longer: Vec<([Han; 4], Class)>,
}

impl Words {
    fn read(entry: &mut Entry<'_>) -> Words {
        if let Some(bytes) = entry.packed("lexicon_file") {
            return packed::unpack(bytes).unwrap_or_default();
        }
        let mut words = Words::default();
        for row in entry.table("lexicon_file") {
            let place = row.place;
            words.add(&row.value, |message| {
                entry.problem_at(place.clone(), ProblemKind::Invalid(message));
            });
        }
        words
    }

    /// Adds those of a row, and says what in it is none.
    fn add(&mut self, row: &[impl AsRef<str>], mut problem: impl FnMut(String)) {
        for (cell, (tail, class)) in row[1..].iter().zip(COLUMNS) {
            for group in cell.as_ref().split(' ').filter(|group| !group.is_empty()) {
                let Some(chars) = all_han(group).filter(|chars| (chars.len() - 1) % tail == 0) else {
                    problem(format!("`{group}` is no Han character with tails of {tail}"));
                    continue;
                };
                for tail in chars[1..].chunks_exact(tail) {
                    match *tail {
                        [b] => self.pairs.push([chars[0], b]),
                        [b, c] => self.longer.push(([chars[0], b, c, Han::NONE], class)),
                        [b, c, d] => self.longer.push(([chars[0], b, c, d], class)),
                        _ => {}
                    }
                }
            }
        }
    }
}

/// The rows of a lexicon file in less room, for compiled rules.
pub(crate) fn pack(rows: &str) -> Vec<u8> {
    let mut words = Words::default();
    for row in rows.lines() {
        let cells: Vec<&str> = row.split('\t').map(str::trim).collect();
        words.add(&cells, |_| {});
    }
    packed::pack(&words)
}

/// The class of a word from its key and value: that it is short shows in the key.
fn class_of(key: u64, value: u64) -> Option<Class> {
    let class = *CLASSES.get(low(value >> CHAR_BITS))?;
    Some(if is_short(key) && class == Class::Term { Class::Short } else { class })
}

fn is_short(key: u64) -> bool {
    key & Han::MASK == Han::NONE.number()
}

/// For each column of a lexicon file the length of its tails and the class of its words of more than two.
const COLUMNS: [(usize, Class); 7] = [
    (1, Class::Name),
    (2, Class::Term),
    (2, Class::Name),
    (3, Class::Common),
    (3, Class::Rare),
    (3, Class::Term),
    (3, Class::Name),
];

/// The classes by their numbers in a filling.
const CLASSES: [Class; 4] = [Class::Common, Class::Rare, Class::Term, Class::Name];

/// A word under what is left of it without each of its characters.
fn fillings(word: [Han; 4], class: Class) -> impl Iterator<Item = u64> + Clone {
    let class = CLASSES.iter().position(|own| *own == class).unwrap_or(0);
    (0..holes(word)).map(move |hole| filling(word, hole, class))
}

/// How many characters a word of three or four has.
fn holes(word: [Han; 4]) -> usize {
    if word[3] == Han::NONE { 3 } else { 4 }
}

const CHAR_BITS: u32 = 15;
/// A filler with its class.
const FILLER_BITS: u32 = CHAR_BITS + 2;

/// The characters as one number.
pub(crate) fn key(chars: &[Han]) -> u64 {
    chars.iter().fold(0, |key, han| key << CHAR_BITS | han.number())
}

/// The word without its character at `hole`, with that place.
pub(crate) fn others([a, b, c, d]: [Han; 4], hole: usize) -> u64 {
    let left = match hole {
        0 => [b, c, d],
        1 => [a, c, d],
        2 => [a, b, d],
        _ => [a, b, c],
    };
    (hole as u64) << (3 * CHAR_BITS) | key(&left)
}

/// The word without its character at `hole`, that place, the class, and the character.
fn filling(word: [Han; 4], hole: usize, class: usize) -> u64 {
    others(word, hole) << FILLER_BITS | (class as u64) << CHAR_BITS | word[hole].number()
}

/// Sets of characters by a property of each.
#[derive(Clone, Debug)]
pub(crate) struct HanSet(Box<[u64; (1 << CHAR_BITS) / 64]>);

impl HanSet {
    pub(crate) fn new(chars: &str) -> HanSet {
        HanSet::of(chars.chars().filter_map(Han::new))
    }

    fn of(chars: impl Iterator<Item = Han>) -> HanSet {
        let mut set = HanSet(Box::new([0; _]));
        for han in chars {
            set.0[han.index() / 64] |= 1 << (han.index() % 64);
        }
        set
    }

    /// Never [`Han::NONE`].
    pub(crate) fn holds(&self, han: Han) -> bool {
        self.0[han.index() / 64 % self.0.len()] >> (han.index() % 64) & 1 == 1
    }
}
