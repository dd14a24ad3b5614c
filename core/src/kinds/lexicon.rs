//! The lexicon that `repeated` and `near-miss` read: which runs of Han characters are words.

use crate::entry::Entry;
use crate::error::ProblemKind;
use crate::names::named;

/// A character of the block U+4E00 to U+9FFF, by its place in the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Han(u16);

impl Han {
    /// How many there are.
    pub(crate) const COUNT: usize = 0x5200;
    /// The bytes of each in UTF-8.
    pub(crate) const LEN: usize = 3;

    pub(crate) const fn new(char: char) -> Option<Han> {
        match char {
            '\u{4e00}'..='\u{9fff}' => Some(Han((char as u32 - 0x4e00) as u16)),
            _ => None,
        }
    }

    pub(crate) fn char(self) -> char {
        char::from_u32(0x4e00 + u32::from(self.0)).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    pub(crate) fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// The Han characters of `text`; none where it holds others.
pub(crate) fn all_han(text: &str) -> Option<Vec<Han>> {
    text.chars().map(Han::new).collect()
}

/// Cuts text into its runs of Han characters.
pub(crate) struct Runs<'t> {
    chars: std::str::CharIndices<'t>,
}

impl<'t> Runs<'t> {
    pub(crate) fn new(text: &'t str) -> Runs<'t> {
        Runs { chars: text.char_indices() }
    }

    /// Puts the next run into `run` and gives the byte at which it starts.
    pub(crate) fn next_into(&mut self, run: &mut Vec<Han>) -> Option<usize> {
        run.clear();
        let mut start = 0;
        for (at, char) in self.chars.by_ref() {
            match Han::new(char) {
                Some(han) => {
                    if run.is_empty() {
                        start = at;
                    }
                    run.push(han);
                }
                None if run.is_empty() => {}
                None => break,
            }
        }
        (!run.is_empty()).then_some(start)
    }
}

named! {
    /// What a word of four characters is.
    pub(crate) enum Class {
        /// An idiom or set phrase often met.
        Common = "common-idiom",
        /// One seldom met.
        Rare = "rare-idiom",
        /// Any other word.
        Term = "term",
        /// A name, which nothing is taken for a slip of.
        Name = "name",
    }
}

/// Words of two to four Han characters.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    pairs: Pairs,
    triples: Table,
    /// Every word of four under each three of its characters.
    fours: Table,
    /// The halves of words of four, and what is left of each word without one character: small enough to stay near
    /// the processor, they spare most looks into the table.
    halves: Filter,
    holes: Filter,
}

impl Lexicon {
    /// The lexicon of the file that `lexicon_file` names.
    ///
    /// Its columns after the first hold words of two, of three, and of four of each [`Class`]; in a cell the words
    /// with the same first character make a group of that character and their tails, and blanks part the groups.
    pub(crate) fn read(entry: &mut Entry<'_>) -> Option<Lexicon> {
        let (mut pairs, mut triples, mut fours) = (Vec::new(), Vec::new(), Vec::new());
        if !entry.has("lexicon_file") {
            entry.problem(ProblemKind::MissingField("lexicon_file"));
            return None;
        }
        for row in entry.table("lexicon_file") {
            for (column, cell) in row.value[1..].iter().enumerate() {
                for group in cell.split(' ').filter(|group| !group.is_empty()) {
                    let tail = (column + 1).min(3);
                    let Some(chars) = all_han(group).filter(|chars| chars.len() % tail == 1 % tail) else {
                        let message = format!("`{group}` is no character with tails of {tail}");
                        entry.problem_at(row.place.clone(), ProblemKind::Invalid(message));
                        continue;
                    };
                    for tail in chars[1..].chunks_exact(tail) {
                        match *tail {
                            [b] => pairs.push(key(&[chars[0], b])),
                            [b, c] => triples.push(key(&[chars[0], b, c])),
                            [b, c, d] => {
                                let word = [chars[0], b, c, d];
                                fours.extend((0..4).map(|hole| filling(&word, hole, column - 2)));
                            }
                            _ => {}
                        }
                    }
                }
            }
        }
        let mut halves = Filter::new(HALVES);
        let mut holes = Filter::new(HOLES);
        for key in fours.iter().map(|filling| filling >> FILLER_BITS) {
            halves.insert(kept_half(key));
            holes.insert(key);
        }
        let (triples, fours) = (Table::new(&triples, 0), Table::new(&fours, FILLER_BITS));
        Some(Lexicon { pairs: Pairs::new(&pairs), triples, fours, halves, holes })
    }

    /// Whether the two make a word.
    pub(crate) fn is_pair(&self, a: Han, b: Han) -> bool {
        self.pairs.holds(key(&[a, b]))
    }

    /// Whether the characters make a word.
    pub(crate) fn is_word(&self, chars: &[Han]) -> bool {
        match *chars {
            [a, b] => self.is_pair(a, b),
            [_, _, _] => self.triples.values(key(chars)).next().is_some(),
            [a, b, c, d] => self.fillers(&[a, b, c, d], 3).any(|(filler, _)| filler == d),
            _ => false,
        }
    }

    /// What makes `window` a word when put in the place of its character at `hole`.
    pub(crate) fn fillers(&self, window: &[Han; 4], hole: usize) -> impl Iterator<Item = (Han, Class)> + '_ {
        let key = filling(window, hole, 0) >> FILLER_BITS;
        let listed = self.halves.may_hold(kept_half(key)) && self.holes.may_hold(key);
        let found = listed.then(|| self.fours.values(key));
        found.into_iter().flatten().filter_map(|value| {
            let class = Class::ALL.get(usize::try_from(value >> CHAR_BITS).ok()?)?;
            let filler = u16::try_from(value & ((1 << CHAR_BITS) - 1)).ok()?;
            Some((Han(filler), *class))
        })
    }
}

const CHAR_BITS: u32 = 15;
/// A filler with its class.
const FILLER_BITS: u32 = CHAR_BITS + 2;

fn key(chars: &[Han]) -> u64 {
    chars.iter().fold(0, |key, han| key << CHAR_BITS | u64::from(han.0))
}

/// The word without its character at `hole`, that place, the class, and the character.
fn filling(word: &[Han; 4], hole: usize, class: usize) -> u64 {
    let others = (0..4).filter(|n| *n != hole).fold(hole as u64, |key, n| key << CHAR_BITS | u64::from(word[n].0));
    others << FILLER_BITS | (class as u64) << CHAR_BITS | u64::from(word[hole].0)
}

/// The half of a word that keeps both characters, from a word without one: its last two for the first two places.
fn kept_half(key: u64) -> u64 {
    let (hole, pair) = (key >> (3 * CHAR_BITS), (1 << (2 * CHAR_BITS)) - 1);
    if hole < 2 { key & pair } else { key >> CHAR_BITS & pair | 1 << 63 }
}

/// The bits of a [`Filter`] of halves, as a power of two: of some 40 thousand.
const HALVES: u32 = 18;
/// The same of words without a character: of some 250 thousand.
const HOLES: u32 = 21;

/// A set that may hold what was not put in, but never lacks what was.
#[derive(Clone, Debug)]
struct Filter {
    bits: Vec<u64>,
    shift: u32,
}

impl Filter {
    fn new(width: u32) -> Filter {
        Filter { bits: vec![0; 1 << (width - 6)], shift: 64 - width }
    }

    fn insert(&mut self, key: u64) {
        let bit = spread(key) >> self.shift;
        self.bits[low(bit >> 6)] |= 1 << (bit & 63);
    }

    fn may_hold(&self, key: u64) -> bool {
        let bit = spread(key) >> self.shift;
        self.bits[low(bit >> 6)] >> (bit & 63) & 1 == 1
    }
}

/// Pairs of characters, in as little memory as an exact set needs.
#[derive(Clone, Debug)]
struct Pairs {
    /// Where the rests of each bucket begin, and the end.
    starts: Vec<u32>,
    rests: Vec<u16>,
}

impl Pairs {
    /// A pair has 30 bits: 14 name its bucket, 16 are its rest.
    const REST_BITS: u32 = 16;

    fn new(keys: &[u64]) -> Pairs {
        let mut places: Vec<(usize, u16)> = keys.iter().map(|key| Pairs::place(*key)).collect();
        places.sort_unstable();
        let buckets = 1 << (2 * CHAR_BITS - Pairs::REST_BITS);
        let starts = (0..=buckets).map(|bucket| places.partition_point(|(own, _)| *own < bucket));
        Pairs {
            starts: starts.map(|start| u32::try_from(start).expect("fewer than 2³² pairs")).collect(),
            rests: places.into_iter().map(|(_, rest)| rest).collect(),
        }
    }

    fn holds(&self, key: u64) -> bool {
        let (bucket, rest) = Pairs::place(key);
        self.rests[self.starts[bucket] as usize..self.starts[bucket + 1] as usize].contains(&rest)
    }

    /// The bucket and the rest of a pair; an odd factor modulo a power of two gives no two pairs the same.
    fn place(key: u64) -> (usize, u16) {
        let mixed = key.wrapping_mul(0x9e37_79b1) & ((1 << (2 * CHAR_BITS)) - 1);
        (low(mixed >> Pairs::REST_BITS), (mixed & 0xffff) as u16)
    }
}

fn spread(key: u64) -> u64 {
    // The multiplier of Fibonacci hashing, 2⁶⁴ divided by the golden ratio.
    key.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// A number that is known to be small, as an index.
fn low(number: u64) -> usize {
    usize::try_from(number).unwrap_or(0)
}

/// Numbers by their upper bits: a hash table that is written once.
#[derive(Clone, Debug)]
struct Table {
    /// How many low bits of a number are its value.
    bits: u32,
    /// Where each bucket begins, and the end.
    starts: Vec<u32>,
    numbers: Vec<u64>,
    shift: u32,
}

impl Table {
    fn new(numbers: &[u64], bits: u32) -> Table {
        let width = numbers.len().max(2).next_power_of_two().ilog2();
        let mut table =
            Table { bits, starts: vec![0; (1 << width) + 1], numbers: vec![0; numbers.len()], shift: 64 - width };
        for number in numbers {
            let bucket = table.bucket(number >> bits);
            table.starts[bucket + 1] += 1;
        }
        for n in 1..table.starts.len() {
            table.starts[n] += table.starts[n - 1];
        }
        let mut free = table.starts.clone();
        for number in numbers {
            let slot = &mut free[table.bucket(number >> bits)];
            table.numbers[*slot as usize] = *number;
            *slot += 1;
        }
        table
    }

    /// The values of the numbers under `key`.
    fn values(&self, key: u64) -> impl Iterator<Item = u64> + '_ {
        let (bucket, bits) = (self.bucket(key), self.bits);
        let numbers = &self.numbers[self.starts[bucket] as usize..self.starts[bucket + 1] as usize];
        numbers.iter().filter(move |number| **number >> bits == key).map(move |number| number & ((1 << bits) - 1))
    }

    fn bucket(&self, key: u64) -> usize {
        low(spread(key) >> self.shift)
    }
}

/// Sets of characters by a property of each.
#[derive(Clone, Debug)]
pub(crate) struct HanSet(Vec<bool>);

impl HanSet {
    pub(crate) fn new(chars: &str) -> HanSet {
        let mut set = HanSet(vec![false; Han::COUNT]);
        for han in chars.chars().filter_map(Han::new) {
            set.0[han.index()] = true;
        }
        set
    }

    pub(crate) fn holds(&self, han: Han) -> bool {
        self.0[han.index()]
    }
}
