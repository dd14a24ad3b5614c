//! What tells nearly all windows that they miss no word, at a few looks into little memory.

use std::sync::Arc;

use crate::draft::Draft;
use crate::draft::han::Han;
use crate::kinds::lexicon::likeness::Sounds;
use crate::kinds::lexicon::table::{Filter, different, spread, word_of};
use crate::kinds::lexicon::ties::Ties;
use crate::kinds::lexicon::{Class, HanSet, Lexicon, key, others};
use crate::kinds::near_miss::window;
use crate::passing;

/// Knows the windows that may be a word but for one character, and a few more.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    ties: Arc<Ties>,
    /// The characters that are never odd.
    free: HanSet,
    /// For each character its first sound, or 0.
    first: Vec<u16>,
    /// The two characters of a word that are nearest to each of its others: what most windows fail by.
    nearest: Nearest,
    /// The sounds of words of four characters, and of three.
    fours: Option<Filter>,
    threes: Option<Filter>,
    /// The words that look-alikes are told from too.
    forms: Option<Forms>,
}

/// Words of four by their characters.
#[derive(Clone, Debug)]
struct Forms {
    /// The first halves and the second.
    heads: Filter,
    tails: Filter,
    /// What is left of the words without one character.
    holes: Filter,
}

impl Sieve {
    /// The sieve for all words that a slip can miss.
    pub(super) fn new(lexicon: &Lexicon, sounds: &Sounds, ties: Arc<Ties>, free: HanSet) -> Sieve {
        let words: Vec<([Han; 4], Class)> =
            lexicon.words().filter(|(_, class)| Class::MISSED.contains(class)).collect();
        let mut sieve = Sieve {
            ties,
            free,
            first: sounds.first.clone(),
            nearest: Nearest::new(&words),
            fours: None,
            threes: None,
            forms: None,
        };
        let keys = |len: usize| {
            let mut keys = Vec::with_capacity(2 * words.len());
            for (word, _) in words.iter().filter(|(_, class)| class.len() == len) {
                sieve.add_sounds(&word[..len], sounds, &mut keys);
            }
            (!keys.is_empty()).then(|| Filter::new(keys.len(), keys.into_iter()))
        };
        let (fours, threes) = (keys(4), keys(3));
        (sieve.fours, sieve.threes) = (fours, threes);
        let common: Vec<[Han; 4]> =
            words.iter().filter(|(_, class)| *class == Class::Common).map(|(word, _)| *word).collect();
        sieve.forms = (!common.is_empty()).then(|| Forms::new(&common));
        sieve
    }

    /// The strangers of a draft around which windows may miss a word, with these windows.
    pub(super) fn suspects(&self, draft: &Draft<'_>) -> Vec<(usize, Windows)> {
        let chars = draft.hans().chars();
        let tied = draft.shared(&self.ties, |ties| ties.of(chars));
        let odd = passing::those(tied.strangers.clone(), |at| !self.free.holds(chars[at]));
        let around = odd.into_iter().map(|at| (at, self.windows(chars, at)));
        let around = passing::those(around.collect(), |(_, windows)| !windows.is_empty());
        let windows = around.into_iter().flat_map(|(at, windows)| windows.each().map(move |one| (at, one)));
        let windows = passing::those(windows.collect(), |(at, one)| {
            let (len, hole) = one.place();
            window(chars, at, len, hole).is_some_and(|(_, window)| self.may_miss(window, len, hole))
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

    /// Whether something else in the place `hole` may make a word of the first `len` characters of `window`.
    #[inline]
    fn may_miss(&self, window: [Han; 4], len: usize, hole: usize) -> bool {
        let filter = if len == 4 { &self.fours } else { &self.threes };
        filter.as_ref().is_some_and(|filter| {
            filter.may_hold(sound_key(window[..len].iter().map(|han| self.sound(*han))))
        }) || len == 4 && self.forms.as_ref().is_some_and(|forms| forms.may_miss(window, hole))
    }

    /// The first sound of a character, or 0.
    #[inline]
    fn sound(&self, han: Han) -> u16 {
        self.first.get(han.index()).copied().unwrap_or(0)
    }

    /// Adds the keys of what sounds like the word: its other characters by their first sounds, the odd one by any.
    fn add_sounds(&self, word: &[Han], sounds: &Sounds, keys: &mut Vec<u64>) {
        let mut codes = [0; 4];
        for (code, han) in codes.iter_mut().zip(word) {
            *code = self.sound(*han);
        }
        let len = word.len();
        keys.push(sound_key(codes[..len].iter().copied()));
        for (place, han) in word.iter().enumerate().filter(|(_, han)| sounds.several.holds(**han)) {
            let first = codes[place];
            for sound in sounds.numbers(*han).filter(|sound| *sound != first) {
                codes[place] = sound;
                keys.push(sound_key(codes[..len].iter().copied()));
            }
            codes[place] = first;
        }
    }
}

impl Forms {
    fn new(words: &[[Han; 4]]) -> Forms {
        let holes = words.iter().flat_map(|word| (0..4).map(|hole| others(*word, hole)));
        Forms {
            heads: Filter::new(words.len(), words.iter().map(|word| key(&word[..2]))),
            tails: Filter::new(words.len(), words.iter().map(|word| key(&word[2..]))),
            holes: Filter::new(4 * words.len(), holes),
        }
    }

    fn may_miss(&self, window: [Han; 4], hole: usize) -> bool {
        let half = if hole < 2 {
            self.tails.may_hold(key(&window[2..]))
        } else {
            self.heads.may_hold(key(&window[..2]))
        };
        half && self.holes.may_hold(others(window, hole))
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
    fn new(words: &[([Han; 4], Class)]) -> Nearest {
        let places = words
            .iter()
            .flat_map(|(word, class)| (0..class.len()).map(|hole| nearest(*word, class.len(), hole)));
        let keys: Vec<u64> = places.clone().map(|(pair, place)| key(&pair) << 3 | place as u64).collect();
        let mut nearest = Nearest { words: vec![0; (different(&keys) / 5).max(1)] };
        for (pair, place) in places {
            let (word, mixed) = nearest.word(pair);
            nearest.words[word] |= bits(mixed, place);
        }
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
fn nearest([a, b, c, d]: [Han; 4], len: usize, hole: usize) -> ([Han; 2], Place) {
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

/// The sounds as one number.
fn sound_key(sounds: impl Iterator<Item = u16>) -> u64 {
    sounds.fold(0, |key, sound| key << 16 | u64::from(sound))
}
