//! What tells nearly all windows that they miss no word, at a few looks into little memory.

use std::sync::Arc;

use crate::draft::Draft;
use crate::draft::han::Han;
use crate::kinds::lexicon::table::{spread, word_of};
use crate::kinds::lexicon::ties::Ties;
use crate::kinds::lexicon::{Class, HanSet, Lexicon, key};
use crate::kinds::near_miss::window;
use crate::passing;

/// Knows the windows that may be a word but for one character.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    lexicon: Arc<Lexicon>,
    ties: Arc<Ties>,
    /// The characters that are never odd.
    free: HanSet,
    /// The two characters of a word that are nearest to each of its others: what most windows fail by.
    nearest: Nearest,
}

impl Sieve {
    /// The sieve for all words that a slip can miss.
    pub(super) fn new(lexicon: Arc<Lexicon>, ties: Arc<Ties>, free: HanSet) -> Sieve {
        Sieve { nearest: Nearest::new(&lexicon), lexicon, ties, free }
    }

    /// The strangers of a draft around which windows are words but for one of them, with these windows.
    pub(super) fn suspects(&self, draft: &Draft<'_>) -> Vec<(usize, Windows)> {
        let chars = draft.hans().chars();
        let tied = draft.shared(&self.ties, |ties| ties.of(draft.hans()));
        let odd = passing::those(tied.strangers.clone(), |at| !self.free.holds(chars[at]));
        let around = odd.into_iter().map(|at| (at, self.windows(chars, at)));
        let around = passing::those(around.collect(), |(_, windows)| !windows.is_empty());
        let mut windows = Vec::with_capacity(2 * around.len());
        windows.extend(around.into_iter().flat_map(|(at, own)| own.each().map(move |one| (at, one))));
        let windows = passing::those(windows, |(at, one)| {
            let (len, hole) = one.place();
            let window = window(chars, at, len, hole);
            window.is_some_and(|(_, window)| self.lexicon.fillers(window, hole).next().is_some())
        });
        let places = windows.chunk_by(|one, other| one.0 == other.0);
        places.map(|own| (own[0].0, own.iter().fold(Windows::NONE, |all, (_, one)| all.or(*one)))).collect()
    }

    /// The windows around the character at `at` whose two characters nearest to it stand so in a word.
    #[inline]
    fn windows(&self, chars: &[Han], at: usize) -> Windows {
        let char = |at: usize| chars.get(at).copied().unwrap_or(Han::NONE);
        let [b, c, d, e] = [at.wrapping_sub(2), at.wrapping_sub(1), at + 1, at + 2].map(char);
        // All are looked up before one is judged: no look waits for another.
        let [before, beside, after] = [[b, c], [c, d], [d, e]].map(|pair| self.nearest.places(pair));
        let windows = [
            after.may_hold(Place::EndOfFour),
            beside.may_hold(Place::SecondOfFour),
            beside.may_hold(Place::ThirdOfFour),
            before.may_hold(Place::EndOfFour),
            after.may_hold(Place::FirstOfThree),
            beside.may_hold(Place::SecondOfThree),
            before.may_hold(Place::ThirdOfThree),
        ];
        Windows(windows.into_iter().enumerate().fold(0, |bits, (n, may)| bits | u8::from(may) << n))
    }
}

/// The place in a word that two others of its characters are nearest to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// The first or the last of four.
    EndOfFour,
    SecondOfFour,
    ThirdOfFour,
    FirstOfThree,
    SecondOfThree,
    ThirdOfThree,
}

/// Which two characters are nearest to which places of words, and a few more: one look tells of all places.
#[derive(Clone, Debug)]
struct Nearest {
    /// Each pair of characters has a word, and there two bits for each of its places.
    words: Vec<u64>,
}

/// What [`Nearest`] holds of a pair of characters.
#[derive(Clone, Copy, Debug)]
struct Places {
    word: u64,
    mixed: u64,
}

impl Nearest {
    fn new(lexicon: &Lexicon) -> Nearest {
        let mut nearest = Nearest { words: vec![0; lexicon.long_words() / 2 + 1] };
        lexicon.words().filter(|(_, class)| Class::MISSED.contains(class)).for_each(|(word, class)| {
            // The first and the last of four are told by the same two.
            for hole in 0..3 {
                let (pair, place) = nearest_to(word, class.len(), hole);
                let (at, mixed) = nearest.word(pair);
                nearest.words[at] |= bits(mixed, place);
            }
        });
        nearest
    }

    #[inline]
    fn places(&self, pair: [Han; 2]) -> Places {
        let (word, mixed) = self.word(pair);
        Places { word: self.words[word], mixed }
    }

    #[inline]
    fn word(&self, pair: [Han; 2]) -> (usize, u64) {
        let mixed = spread(key(&pair));
        (word_of(mixed, self.words.len()), spread(mixed ^ mixed >> 32))
    }
}

impl Places {
    #[inline]
    fn may_hold(self, place: Place) -> bool {
        let bits = bits(self.mixed, place);
        self.word & bits == bits
    }
}

#[inline]
const fn bits(mixed: u64, place: Place) -> u64 {
    let own = mixed >> (16 + 6 * place as u32);
    1 << (own & 63) | 1 << (own >> 6 & 63)
}

/// The two characters nearest to the place `hole`, and that place.
fn nearest_to([a, b, c, d]: [Han; 4], len: usize, hole: usize) -> ([Han; 2], Place) {
    match (len, hole) {
        (4, 1) => ([a, c], Place::SecondOfFour),
        (4, 2) => ([b, d], Place::ThirdOfFour),
        // The first too.
        (4, _) => ([b, c], Place::EndOfFour),
        (_, 0) => ([b, c], Place::FirstOfThree),
        (_, 1) => ([a, c], Place::SecondOfThree),
        _ => ([a, b], Place::ThirdOfThree),
    }
}

/// Windows around a character, by their lengths and its place in each: the four of four, then the three of three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Windows(u8);

impl Windows {
    const NONE: Windows = Windows(0);
    /// Those of words of four, and of three.
    const FOURS: Windows = Windows(0b000_1111);
    const THREES: Windows = Windows(0b111_0000);

    /// All that words of some classes can be missed in.
    pub(super) fn of(classes: &[Class]) -> Windows {
        classes.iter().fold(Windows::NONE, |all, class| {
            all.or(if class.len() == 4 { Windows::FOURS } else { Windows::THREES })
        })
    }

    /// Those that are among both.
    pub(super) fn and(self, other: Windows) -> Windows {
        Windows(self.0 & other.0)
    }

    /// Those that are among one of the two.
    fn or(self, other: Windows) -> Windows {
        Windows(self.0 | other.0)
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Each of them by itself.
    fn each(self) -> impl Iterator<Item = Windows> {
        (0..7).map(|n| Windows(1 << n)).filter(move |one| !self.and(*one).is_empty())
    }

    /// The length of a single one and the place of the character in it.
    fn place(self) -> (usize, usize) {
        let n = self.0.trailing_zeros() as usize;
        if n < 4 { (4, n) } else { (3, n - 4) }
    }

    /// The length of each and the place of the character in it.
    pub(super) fn places(self) -> impl Iterator<Item = (usize, usize)> {
        self.each().map(Windows::place)
    }
}
