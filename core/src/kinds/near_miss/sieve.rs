//! What tells nearly all windows that they miss no word, at a few looks into little memory.

use crate::draft::han::Han;
use crate::kinds::lexicon::table::Filter;
use crate::kinds::lexicon::{Class, Lexicon, key, others};
use crate::kinds::near_miss::likeness::Sounds;

/// Knows the windows that may be a word but for one character, and a few more.
#[derive(Clone, Debug)]
pub(super) struct Sieve {
    /// For each character its first sound, or 0.
    first: Vec<u16>,
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
        let mut sieve = Sieve { first: sounds.first.clone(), fours: None, threes: None, forms: None };
        let words: Vec<([Han; 4], Class)> =
            lexicon.words().filter(|(_, class)| classes.contains(class)).collect();
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

/// The sounds as one number.
fn sound_key(sounds: impl Iterator<Item = u16>) -> u64 {
    sounds.fold(0, |key, sound| key << 16 | u64::from(sound))
}
