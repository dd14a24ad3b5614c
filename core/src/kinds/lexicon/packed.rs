//! Words in little room: what a compiled file holds in the place of the rows of a lexicon.
//!
//! Characters are numbered so that those often met behind another come first, and words are sorted by these numbers.
//! What is then left to tell of them are streams of small numbers, each of one kind, which pack well when they are sent.

use serde::{Deserialize, Serialize};

use crate::draft::han::Han;
use crate::kinds::lexicon::streams::{Numbers, Steps, byte, put, put_steps};
use crate::kinds::lexicon::{CLASSES, Class, Words};

/// The streams: lists of bytes when they are written, parts of a file when they are read.
#[derive(Default, Serialize, Deserialize)]
struct Packed<S> {
    /// The characters in the order of their numbers: runs that go up, each a count and its distances.
    chars: S,
    pairs: Rows<S>,
    short: Tails<S>,
    long: Tails<S>,
}

/// For each first character how many stand behind it, and the distances between those.
#[derive(Default, Serialize, Deserialize)]
struct Rows<S> {
    lens: S,
    steps: S,
}

/// Words of more than two by their first two characters.
#[derive(Default, Serialize, Deserialize)]
struct Tails<S> {
    heads: Rows<S>,
    /// How many begin with the two.
    lens: S,
    /// The upper and the lower byte of the third.
    highs: S,
    lows: S,
    /// The place from 1 of the fourth among those that make a word of two with the third, or 0 …
    places: S,
    /// … and then the fourth itself.
    others: S,
    classes: S,
}

/// The words, packed.
pub(crate) fn pack(words: &Words) -> Vec<u8> {
    let chars = order(words);
    let mut numbers = vec![0; 1 << 15];
    for (number, han) in chars.iter().enumerate() {
        numbers[han.index()] = number;
    }
    let number = |han: Han| numbers[han.index()];
    let pairs = Grid::of(chars.len(), words.pairs.iter().map(|pair| pair.map(number)).collect());
    let tails = |is_short: bool| {
        let own = words.longer.iter().filter(|(word, _)| (word[3] == Han::NONE) == is_short);
        let numbered = own.map(|(word, class)| (word.map(number), *class));
        pack_tails(chars.len(), numbered.collect(), is_short, &pairs)
    };
    let packed =
        Packed { chars: pack_chars(&chars), pairs: pairs.pack(), short: tails(true), long: tails(false) };
    postcard::to_allocvec(&packed).expect("bytes can be packed")
}

/// The words that were packed.
pub(crate) fn unpack(bytes: &[u8]) -> Option<Words> {
    let packed: Packed<&[u8]> = postcard::from_bytes(bytes).ok()?;
    let chars = unpack_chars(packed.chars)?;
    let (pairs, starts) = unpack_pairs(&packed.pairs, &chars)?;
    let longer = Vec::with_capacity(packed.short.classes.len() + packed.long.classes.len());
    let mut words = Words { pairs, longer };
    unpack_tails(&packed.short, true, &chars, &starts, &mut words)?;
    unpack_tails(&packed.long, false, &chars, &starts, &mut words)?;
    Some(words)
}

/// The characters of all words, those often met behind another first: by half powers of two, then by code point.
fn order(words: &Words) -> Vec<Han> {
    let mut counts = vec![None; 1 << 15];
    let longer = words.longer.iter().map(|(word, _)| word.as_slice());
    for word in words.pairs.iter().map(<[Han; 2]>::as_slice).chain(longer) {
        for (place, han) in word.iter().enumerate().filter(|(_, han)| **han != Han::NONE) {
            *counts[han.index()].get_or_insert(1_u64) += u64::from(place > 0);
        }
    }
    let met = (0..).zip(counts).filter_map(|(han, count)| Some((Han::of_bits(han), count?)));
    let mut chars: Vec<_> =
        met.map(|(han, count)| (std::cmp::Reverse((count * count).ilog2()), han)).collect();
    chars.sort_unstable();
    chars.into_iter().map(|(_, han)| han).collect()
}

fn pack_chars(chars: &[Han]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for run in chars.chunk_by(|one, next| one < next) {
        put(&mut bytes, run.len());
        put_steps(&mut bytes, run.iter().map(|han| han.index()));
    }
    bytes
}

fn unpack_chars(bytes: &[u8]) -> Option<Vec<Han>> {
    let (mut numbers, mut chars) = (Numbers(bytes), Vec::with_capacity(bytes.len()));
    while !numbers.0.is_empty() {
        let len = numbers.next()?;
        let mut steps = Steps::default();
        for _ in 0..len {
            chars.push(Han::of_index(steps.next(&mut numbers)?)?);
        }
    }
    Some(chars)
}

/// Which characters stand behind each, by their numbers.
struct Grid {
    /// Where the row of each begins, and the end.
    starts: Vec<usize>,
    seconds: Vec<usize>,
}

impl Grid {
    fn of(firsts: usize, mut pairs: Vec<[usize; 2]>) -> Grid {
        pairs.sort_unstable();
        pairs.dedup();
        let starts = (0..=firsts).map(|first| pairs.partition_point(|pair| pair[0] < first));
        Grid { starts: starts.collect(), seconds: pairs.iter().map(|pair| pair[1]).collect() }
    }

    fn row(&self, first: usize) -> &[usize] {
        &self.seconds[self.starts[first]..self.starts[first + 1]]
    }

    fn rows(&self) -> impl Iterator<Item = (usize, &[usize])> {
        (0..self.starts.len() - 1).map(|first| (first, self.row(first)))
    }

    fn pack(&self) -> Rows<Vec<u8>> {
        let mut rows = Rows::default();
        for (_, row) in self.rows() {
            put(&mut rows.lens, row.len());
            put_steps(&mut rows.steps, row.iter().copied());
        }
        rows
    }
}

/// The words of two by their first characters, where those of each number begin, and the end.
fn unpack_pairs(rows: &Rows<&[u8]>, chars: &[Han]) -> Option<(Vec<[Han; 2]>, Vec<usize>)> {
    let (mut lens, mut numbers) = (Numbers(rows.lens), Numbers(rows.steps));
    let mut pairs = Vec::with_capacity(rows.steps.len());
    let mut starts = Vec::with_capacity(chars.len() + 1);
    for first in chars {
        starts.push(pairs.len());
        let mut steps = Steps::default();
        for _ in 0..lens.next()? {
            pairs.push([*first, *chars.get(steps.next(&mut numbers)?)?]);
        }
    }
    starts.push(pairs.len());
    Some((pairs, starts))
}

fn pack_tails(
    chars: usize,
    mut words: Vec<([usize; 4], Class)>,
    is_short: bool,
    pairs: &Grid,
) -> Tails<Vec<u8>> {
    words.sort_unstable();
    let heads = Grid::of(chars, words.iter().map(|(word, _)| [word[0], word[1]]).collect());
    let mut tails = Tails { heads: heads.pack(), ..Tails::default() };
    for group in words.chunk_by(|(one, _), (next, _)| one[..2] == next[..2]) {
        put(&mut tails.lens, group.len());
        for ([_, _, third, fourth], class) in group {
            tails.highs.push(byte(third >> 8));
            tails.lows.push(byte(third & 0xff));
            tails.classes.push(byte(CLASSES.iter().position(|own| own == class).unwrap_or(0)));
            if is_short {
                continue;
            }
            let place = pairs.row(*third).iter().take(PLACES).position(|own| own == fourth);
            tails.places.push(byte(place.map_or(0, |place| place + 1)));
            if place.is_none() {
                put(&mut tails.others, *fourth);
            }
        }
    }
    tails
}

fn unpack_tails(
    tails: &Tails<&[u8]>,
    is_short: bool,
    chars: &[Han],
    starts: &[usize],
    words: &mut Words,
) -> Option<()> {
    let [mut heads, mut seconds] = [tails.heads.lens, tails.heads.steps].map(Numbers);
    let [mut lens, mut others] = [tails.lens, tails.others].map(Numbers);
    let mut thirds = tails.highs.iter().zip(tails.lows).zip(tails.classes);
    let mut places = tails.places.iter();
    for first in chars {
        let mut steps = Steps::default();
        for _ in 0..heads.next()? {
            let second = *chars.get(steps.next(&mut seconds)?)?;
            for _ in 0..lens.next()? {
                let ((high, low), class) = thirds.next()?;
                let number = usize::from(*high) << 8 | usize::from(*low);
                let third = *chars.get(number)?;
                let fourth = if is_short {
                    Han::NONE
                } else {
                    match usize::from(*places.next()?) {
                        0 => *chars.get(others.next()?)?,
                        place => words.pairs[starts[number]..starts[number + 1]].get(place - 1)?[1],
                    }
                };
                words.longer.push(([*first, second, third, fourth], *CLASSES.get(usize::from(*class))?));
            }
        }
    }
    Some(())
}

/// As many places as a byte can tell from none.
const PLACES: usize = 255;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::han::all_han;

    fn pair(text: &str) -> [Han; 2] {
        all_han(text).unwrap().try_into().unwrap()
    }

    fn word(text: &str, class: Class) -> ([Han; 4], Class) {
        let mut chars = all_han(text).unwrap();
        chars.resize(4, Han::NONE);
        (chars.try_into().unwrap(), class)
    }

    fn words() -> Words {
        let mut words = Words {
            pairs: ["完善", "制度", "建设", "建立", "一一", "龥一"].map(pair).to_vec(),
            longer: vec![
                word("近代化", Class::Term),
                word("近代史", Class::Name),
                word("建立制度", Class::Common),
                word("建立建设", Class::Rare),
                word("建设善一", Class::Term),
                word("一一一一", Class::Name),
            ],
        };
        // More behind one character than a place can tell.
        let many = (0..300).map(|n| Han::of_bits(2 * n + 1000));
        words.pairs.extend(many.clone().map(|han| [Han::of_bits(7), han]));
        words
            .longer
            .extend(many.map(|han| ([Han::of_bits(9), Han::of_bits(8), Han::of_bits(7), han], Class::Rare)));
        words
    }

    fn sorted(mut words: Words) -> Words {
        words.pairs.sort_unstable();
        words.longer.sort_unstable();
        words
    }

    #[test]
    fn what_is_unpacked_is_what_was_packed() {
        assert_eq!(unpack(&pack(&words())).map(sorted), Some(sorted(words())));
        assert_eq!(unpack(&pack(&Words::default())), Some(Words::default()));
    }

    #[test]
    fn whatever_is_damaged() {
        let packed = pack(&words());
        for at in 0..packed.len() {
            assert_eq!(unpack(&packed[..at]), None, "cut at {at}");
            let mut changed = packed.clone();
            changed[at] ^= 0x80;
            assert_ne!(unpack(&changed).map(sorted), Some(sorted(words())), "byte {at}");
        }
    }
}
