//! What tells nearly all windows that they miss no word, at a few looks into little memory.

use crate::draft::han::Han;
use crate::kinds::lexicon::likeness::Sounds;
use crate::kinds::lexicon::table::{Filter, different};
use crate::kinds::lexicon::{Class, Lexicon, key, others};

/// Knows the windows that may be a word but for one character, and a few more.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    /// For each character its first sound, or 0.
    first: Vec<u16>,
    /// The two characters of a word that are nearest to each of its others: what most windows fail by.
    nearest: Filter,
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
    /// The sieve for the words of these classes.
    pub(super) fn new(lexicon: &Lexicon, classes: &[Class], sounds: &Sounds) -> Sieve {
        let words: Vec<([Han; 4], Class)> =
            lexicon.words().filter(|(_, class)| classes.contains(class)).collect();
        let nearest_keys: Vec<u64> = words
            .iter()
            .flat_map(|(word, class)| (0..class.len()).map(|hole| nearest(*word, class.len(), hole)))
            .collect();
        let mut sieve = Sieve {
            first: sounds.first.clone(),
            nearest: Filter::new(different(&nearest_keys), nearest_keys.into_iter()),
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

    /// The windows around the character at `at` whose two characters nearest to it stand so in a word.
    #[inline]
    pub(super) fn windows(&self, chars: &[Han], at: usize) -> Windows {
        let char = |at: usize| chars.get(at).copied().unwrap_or(Han::NONE);
        let [b, c, d, e] = [at.wrapping_sub(2), at.wrapping_sub(1), at + 1, at + 2].map(char);
        // All are looked up before one is judged: no look waits for another.
        let may = |place: u64, one, other| self.nearest.may_hold(nearest_key(place, one, other));
        let mut windows = 0;
        if self.fours.is_some() {
            let middle = [may(0, d, e), may(1, c, d), may(2, c, d), may(0, b, c)];
            windows |= middle.into_iter().enumerate().fold(0, |bits, (n, may)| bits | u8::from(may) << n);
        }
        if self.threes.is_some() {
            let ends = [may(3, d, e), may(4, c, d), may(5, b, c)];
            windows |= ends.into_iter().enumerate().fold(0, |bits, (n, may)| bits | u8::from(may) << (4 + n));
        }
        Windows(windows)
    }

    /// Whether something else in the place `hole` may make a word of the first `len` characters of `window`.
    pub(super) fn may_miss(&self, window: [Han; 4], len: usize, hole: usize) -> bool {
        let filter = if len == 4 { &self.fours } else { &self.threes };
        filter.as_ref().is_some_and(|filter| {
            filter.may_hold(sound_key(window[..len].iter().map(|han| self.first[han.index()])))
        }) || len == 4 && self.forms.as_ref().is_some_and(|forms| forms.may_miss(window, hole))
    }

    /// Adds the keys of what sounds like the word: its other characters by their first sounds, the odd one by any.
    fn add_sounds(&self, word: &[Han], sounds: &Sounds, keys: &mut Vec<u64>) {
        let mut codes = [0; 4];
        for (code, han) in codes.iter_mut().zip(word) {
            *code = self.first[han.index()];
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

/// The two characters nearest to the place `hole`, and how they stand to it.
fn nearest([a, b, c, d]: [Han; 4], len: usize, hole: usize) -> u64 {
    let (place, one, other) = match (len, hole) {
        (4, 0 | 3) => (0, b, c),
        (4, 1) => (1, a, c),
        (4, _) => (2, b, d),
        (_, 0) => (3, b, c),
        (_, 1) => (4, a, c),
        _ => (5, a, b),
    };
    nearest_key(place, one, other)
}

fn nearest_key(place: u64, one: Han, other: Han) -> u64 {
    place << 32 | key(&[one, other])
}

/// Windows around a character, by their lengths and its place in each: the four of four, then the three of three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Windows(u8);

impl Windows {
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The length of each and the place of the character in it.
    pub(super) fn places(self) -> impl Iterator<Item = (usize, usize)> {
        let of = move |n: usize| (self.0 >> n & 1 == 1).then_some(if n < 4 { (4, n) } else { (3, n - 4) });
        (0..7).filter_map(of)
    }
}

/// The sounds as one number.
fn sound_key(sounds: impl Iterator<Item = u16>) -> u64 {
    sounds.fold(0, |key, sound| key << 16 | u64::from(sound))
}
