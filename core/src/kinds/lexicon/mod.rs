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
    /// Every word of three or four under its first two characters.
    fronts: Table,
    /// Every such word under its last two, one of three under its first and last too.
    backs: Table,
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
        Some(entry.shared(&["lexicon_file"], |entry| Lexicon::new(&Words::read(entry))))
    }

    fn new(words: &Words) -> Lexicon {
        let pairs = Pairs::new(words.pairs.iter().map(|pair| key(pair)));
        let longer = words.longer.iter();
        let short = || longer.clone().filter(|(word, _)| word[3] == Han::NONE);
        let fronts = longer.clone().map(|([a, b, c, d], class)| filed(key(&[*a, *b]), [*c, *d], *class));
        let backs = longer.clone().map(|([a, b, c, d], class)| match *d {
            Han::NONE => filed(OF_THREE | key(&[*b, *c]), [*a, *d], *class),
            _ => filed(key(&[*c, *d]), [*a, *b], *class),
        });
        let apart = short().map(|([a, b, c, d], class)| filed(APART | key(&[*a, *c]), [*b, *d], *class));
        Lexicon {
            pairs,
            fronts: Table::new(words.longer.len(), fronts, REST_BITS),
            backs: Table::new(words.longer.len() + short().count(), backs.chain(apart), REST_BITS),
        }
    }

    /// Whether the two make a word.
    pub(crate) fn is_pair(&self, a: Han, b: Han) -> bool {
        self.pairs.holds(key(&[a, b]))
    }

    /// Every word of two.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = [Han; 2]> + '_ {
        self.pairs.keys().map(pair)
    }

    /// Whether the characters make a word.
    pub(crate) fn is_word(&self, chars: &[Han]) -> bool {
        match *chars {
            [a, b] => self.is_pair(a, b),
            [a, b, c] => self.is_long_word([a, b, c, Han::NONE]),
            [a, b, c, d] => self.is_long_word([a, b, c, d]),
            _ => false,
        }
    }

    fn is_long_word(&self, [a, b, c, d]: [Han; 4]) -> bool {
        let rest = key(&[c, d]);
        self.fronts.values_with(key(&[a, b]), rest, PAIR).next().is_some()
    }

    /// What makes `window` a word when put in the place of its character at `hole`; a window of three ends in none.
    pub(crate) fn fillers(&self, window: [Han; 4], hole: usize) -> impl Iterator<Item = (Han, Class)> + '_ {
        let [a, b, c, d] = window;
        let is_short = d == Han::NONE;
        // What the word is found under, whether it is the first of the other two that is asked for, and what the second
        // of them is, or the first where the second is asked for.
        let (table, key, is_first, same) = match hole {
            0 if is_short => (&self.backs, OF_THREE | key(&[b, c]), true, d),
            0 => (&self.backs, key(&[c, d]), true, b),
            1 if is_short => (&self.backs, APART | key(&[a, c]), true, d),
            1 => (&self.backs, key(&[c, d]), false, a),
            2 => (&self.fronts, key(&[a, b]), true, d),
            _ => (&self.fronts, key(&[a, b]), false, c),
        };
        let (asked, other) = if is_first { (CHAR_BITS, 0) } else { (0, CHAR_BITS) };
        let values = table.values_with(key, same.number() << other, Han::MASK << other);
        let fillers = values.map(move |value| (Han::of_bits(value >> asked), class_of(value)));
        // A word of three fills no window of four.
        fillers.filter(|(filler, _)| *filler != Han::NONE)
    }

    /// How many words of three or four characters there are.
    pub(crate) fn long_words(&self) -> usize {
        self.fronts.len()
    }

    /// Every word of three or four characters with its class; one of three ends in none.
    pub(crate) fn words(&self) -> impl Iterator<Item = ([Han; 4], Class)> + '_ {
        self.fronts.numbers().map(|number| {
            let (front, back) = (number >> REST_BITS, number);
            let word = [front >> CHAR_BITS, front, back >> CHAR_BITS, back].map(Han::of_bits);
            (word, class_of(number))
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

/// The class of a word from what it is filed as.
fn class_of(value: u64) -> Class {
    let class = CLASSES[low(value >> PAIR_BITS) % CLASSES.len()];
    let is_short = value & Han::MASK == Han::NONE.number();
    if is_short && class == Class::Term { Class::Short } else { class }
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

/// The classes by their numbers.
const CLASSES: [Class; 4] = [Class::Common, Class::Rare, Class::Term, Class::Name];

const CHAR_BITS: u32 = 15;
const PAIR_BITS: u32 = 2 * CHAR_BITS;
const PAIR: u64 = (1 << PAIR_BITS) - 1;
/// Two characters and a class.
const REST_BITS: u32 = PAIR_BITS + 2;
/// Mark keys in words of three: of the last two, and of the first and the last.
const OF_THREE: u64 = 1 << PAIR_BITS;
const APART: u64 = 2 << PAIR_BITS;

/// The characters as one number.
pub(crate) fn key(chars: &[Han]) -> u64 {
    chars.iter().fold(0, |key, han| key << CHAR_BITS | han.number())
}

/// The two characters of a key.
fn pair(key: u64) -> [Han; 2] {
    [Han::of_bits(key >> CHAR_BITS), Han::of_bits(key)]
}

/// A word under a key of two of its characters: its class, and its other two.
fn filed(two: u64, others: [Han; 2], class: Class) -> u64 {
    let class = CLASSES.iter().position(|own| *own == class).unwrap_or(0);
    two << REST_BITS | (class as u64) << PAIR_BITS | key(&others)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_comparing_with_all_words() {
        let hans = |text: &str| all_han(text).unwrap();
        let mut words = Words::default();
        for (text, class) in [
            ("一二三", Class::Term),
            ("一三三", Class::Name),
            ("二三一", Class::Term),
            ("一二三二", Class::Common),
            ("一一二三", Class::Rare),
            ("三一二三", Class::Term),
            ("二三一三", Class::Name),
        ] {
            let mut word = hans(text);
            word.resize(4, Han::NONE);
            words.longer.push((word.try_into().unwrap(), class));
        }
        words.pairs = vec![[hans("一")[0], hans("二")[0]]];
        let lexicon = Lexicon::new(&words);
        let chars = [hans("一二三"), vec![Han::NONE]].concat();
        for number in 0..4_usize.pow(4) {
            let window = [64, 16, 4, 1].map(|place| chars[number / place % 4]);
            for hole in 0..if window[3] == Han::NONE { 3 } else { 4 } {
                let is_alike = |word: &[Han; 4]| (0..4).all(|at| at == hole || word[at] == window[at]);
                let is_short = |class: Class, word: &[Han; 4]| class == Class::Term && word[3] == Han::NONE;
                let alike = words.longer.iter().filter(|(word, _)| is_alike(word) && word[hole] != Han::NONE);
                let mut expected: Vec<_> = alike
                    .map(|(word, class)| {
                        (word[hole], if is_short(*class, word) { Class::Short } else { *class })
                    })
                    .collect();
                let mut fillers: Vec<_> = lexicon.fillers(window, hole).collect();
                fillers.sort_unstable();
                expected.sort_unstable();
                assert_eq!(fillers, expected, "{window:?} without {hole}");
            }
            let len = window.iter().position(|han| *han == Han::NONE).unwrap_or(4);
            if len > 2 {
                let is_word = words.longer.iter().any(|(word, _)| *word == window);
                assert_eq!(lexicon.is_word(&window[..len]), is_word, "{window:?}");
            }
        }
        let mut all: Vec<[Han; 4]> = lexicon.words().map(|(word, _)| word).collect();
        all.sort_unstable();
        let mut expected: Vec<[Han; 4]> = words.longer.iter().map(|(word, _)| *word).collect();
        expected.sort_unstable();
        assert_eq!(all, expected);
        assert_eq!(lexicon.pairs().collect::<Vec<_>>(), words.pairs);
    }
}
