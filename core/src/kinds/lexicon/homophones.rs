//! Words of two characters that sound alike.

use std::sync::Arc;

use crate::draft::han::Han;
use crate::entry::Entry;
use crate::kinds::lexicon::likeness::Sounds;
use crate::kinds::lexicon::neighbours::Neighbours;
use crate::kinds::lexicon::table::Table;
use crate::kinds::lexicon::{Lexicon, PAIR, PAIR_BITS, key, pair};

/// Which words sound like others that were counted often enough to be meant.
#[derive(Clone, Debug)]
pub(crate) struct Homophones {
    /// Those that may be meant, by their sounds.
    meant: Table,
    /// The words that sound like another of them, each with its sound.
    confused: Table,
}

/// The bits of how two characters are read, confused sounds taken for one.
const SOUND_BITS: u32 = 32;
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
            let [first, second] = word.map(|han| u64::from(sounds.first[han.index()]));
            (first != 0 && second != 0).then_some(first << (SOUND_BITS / 2) | second)
        };
        // Each word below its sound.
        let (mut words, mut meant) = (Vec::new(), Vec::new());
        lexicon.pairs().for_each(|word| {
            if let Some(sound) = sound(word) {
                let own = sound << PAIR_BITS | key(&word);
                words.push(own);
                if neighbours.pair(word[0], word[1]) >= KNOWN {
                    meant.push(own);
                }
            }
        });
        let meant = Table::new(meant.len(), meant.iter().copied(), PAIR_BITS);
        words.retain(|own| meant.values(own >> PAIR_BITS).any(|other| other != own & PAIR));
        let confused = words.iter().map(|own| (own & PAIR) << SOUND_BITS | own >> PAIR_BITS);
        Homophones { confused: Table::new(words.len(), confused, SOUND_BITS), meant }
    }

    /// The words that sound like another.
    pub(crate) fn words(&self) -> impl Iterator<Item = [Han; 2]> + '_ {
        self.confused.numbers().map(|number| pair(number >> SOUND_BITS))
    }

    /// The words that sound like this one and may be meant.
    pub(crate) fn of(&self, word: [Han; 2]) -> impl Iterator<Item = [Han; 2]> + '_ {
        let sound = self.confused.values(key(&word)).next();
        let alike = sound.into_iter().flat_map(|sound| self.meant.values(sound));
        alike.map(pair).filter(move |other| *other != word)
    }
}
