//! Words of two characters that sound alike.

use std::sync::Arc;

use crate::draft::han::Han;
use crate::entry::Entry;
use crate::kinds::lexicon::likeness::Sounds;
use crate::kinds::lexicon::neighbours::Neighbours;
use crate::kinds::lexicon::table::{Table, low};
use crate::kinds::lexicon::{Lexicon, key};

/// Which words sound like others that were counted often enough to be meant.
#[derive(Clone, Debug)]
pub(crate) struct Homophones {
    /// Those that may be meant, in the order of their sounds.
    meant: Vec<(Sound, [Han; 2])>,
    /// The words that sound like another of them, each with the place where those of its sound begin.
    confused: Table,
}

/// How two characters are read, confused sounds taken for one.
type Sound = [u16; 2];

/// The bits of a place among the words that may be meant.
const PLACE_BITS: u32 = 24;
/// A word that is meant must be counted at this level.
const KNOWN: u16 = 2;

impl Homophones {
    /// Those by the lists that `lexicon_file`, `figures_file` and `sounds_file` name.
    pub(crate) fn read(
        entry: &mut Entry<'_>,
        lexicon: &Lexicon,
        neighbours: &Neighbours,
        sounds: &Sounds,
    ) -> Arc<Homophones> {
        entry.shared(&["lexicon_file", "figures_file", "sounds_file"], |_| {
            Homophones::new(lexicon, neighbours, sounds)
        })
    }

    fn new(lexicon: &Lexicon, neighbours: &Neighbours, sounds: &Sounds) -> Homophones {
        let sound = |word: [Han; 2]| {
            let sound = word.map(|han| sounds.first.get(han.index()).copied().unwrap_or(0));
            (!sound.contains(&0)).then_some(sound)
        };
        let count = usize::from(sounds.first.iter().copied().max().unwrap_or(0)) + 1;
        let number = |[first, second]: Sound| usize::from(first) * count + usize::from(second);
        let is_word =
            |[one, other]: [Han; 2]| one != Han::NONE && other != Han::NONE && lexicon.is_pair(one, other);
        let known = neighbours.counted().filter(|(word, level)| *level >= KNOWN && is_word(*word));
        let known: Vec<(Sound, [Han; 2])> =
            known.filter_map(|(word, _)| Some((sound(word)?, word))).collect();
        // Where the words of each sound begin, and the end of all; first where they end, which goes down as each is put.
        let mut starts = vec![0_u32; count * count + 1];
        for (sound, _) in &known {
            starts[number(*sound)] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut meant = known.clone();
        for (sound, word) in known {
            let start = &mut starts[number(sound)];
            *start -= 1;
            meant[*start as usize] = (sound, word);
        }
        let confused = |word: [Han; 2]| {
            let sound = number(sound(word)?);
            let alike = &meant[starts[sound] as usize..starts[sound + 1] as usize];
            let is_confused = alike.iter().any(|(_, other)| *other != word);
            is_confused.then_some(key(&word) << PLACE_BITS | u64::from(starts[sound]))
        };
        let confused: Vec<u64> = lexicon.pairs().filter_map(confused).collect();
        Homophones { meant, confused: Table::new(confused.len(), confused.iter().copied(), PLACE_BITS) }
    }

    /// The words that sound like another.
    pub(crate) fn words(&self) -> impl Iterator<Item = [Han; 2]> + '_ {
        self.confused.numbers().map(|number| {
            let key = number >> PLACE_BITS;
            [Han::of_bits(key >> super::CHAR_BITS), Han::of_bits(key)]
        })
    }

    /// The words that sound like this one and may be meant.
    pub(crate) fn of(&self, word: [Han; 2]) -> impl Iterator<Item = [Han; 2]> + '_ {
        let place = self.confused.values(key(&word)).next();
        let alike = place.map_or(&[][..], |place| &self.meant[low(place)..]);
        let same = alike.iter().take_while(|(sound, _)| *sound == alike[0].0);
        same.map(|(_, other)| *other).filter(move |other| *other != word)
    }
}
