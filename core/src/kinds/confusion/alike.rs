//! Which characters are like another and may stand in its place.

use std::sync::Arc;

use crate::draft::han::Han;
use crate::kinds::confusion::figures::Figures;
use crate::kinds::lexicon::likeness::{Groups, Sounds};
use crate::kinds::lexicon::neighbours::Neighbours;

/// Characters that sound or look alike, and what stands beside each.
#[derive(Clone, Debug)]
pub(super) struct Alike {
    /// What is like each character and may be right, one character after the other.
    rights: Vec<Bits>,
    /// Where that of each character begins, and the end.
    starts: Vec<u32>,
    /// The characters that may be right in the order of their bits: those that sound alike side by side.
    chars: Vec<Han>,
    /// What stands on the right of each character.
    after: Rows,
    neighbours: Arc<Neighbours>,
}

/// What more characters than this share makes no two alike.
const MOST: usize = 20;

/// Some bits of one word of a row.
#[derive(Clone, Copy, Debug)]
struct Bits {
    word: u32,
    mask: u32,
}

/// For each rank a row with a bit for each character that may be right.
#[derive(Clone, Debug)]
struct Rows {
    words: Vec<u32>,
    /// How many words a row has.
    len: usize,
}

const WORD: usize = u32::BITS as usize;

impl Alike {
    pub(super) fn new(figures: &Figures, sounds: &Sounds, shapes: &Groups) -> Alike {
        let neighbours = &figures.neighbours;
        let small = |count: usize| u32::try_from(count).expect("fewer than 2³² characters");
        let groups = shapes.all().map(|own| if own.len() <= MOST { own } else { &[] });
        let (mut chars, mut places) = (Vec::new(), vec![None; neighbours.ranks()]);
        // The places of the members of each group that may be right, one group after the other, and where each ends.
        let (mut members, mut ends) = (Vec::new(), vec![0]);
        for group in sounds.blurred.all().chain(groups) {
            for own in group.iter().filter(|own| figures.may_be_right(**own)) {
                let place = *places[usize::from(neighbours.rank(*own))].get_or_insert_with(|| {
                    chars.push(*own);
                    chars.len() - 1
                });
                let (word, mask) = (small(place / WORD), 1 << (place % WORD));
                match members.get_mut(ends[ends.len() - 1]..) {
                    Some([.., Bits { word: last, mask: bits }]) if *last == word => *bits |= mask,
                    _ => members.push(Bits { word, mask }),
                }
            }
            ends.push(members.len());
        }
        let first_shape = sounds.blurred.all().len();
        let of_group = |group: usize| &members[ends[group]..ends[group + 1]];
        let (mut rights, mut starts) = (Vec::new(), vec![0]);
        // What is like one character: the words of its row, and which of them have bits.
        let mut masks = vec![0; chars.len().div_ceil(WORD)];
        let mut some = vec![0_u64; masks.len().div_ceil(64)];
        for wrong in (0..Han::COUNT as u64).map(Han::of_bits) {
            let groups = sounds.blurred.of_char(wrong).map(|group| group as usize);
            let groups = groups.chain(shapes.of_char(wrong).map(|group| first_shape + group as usize));
            for Bits { word, mask } in groups.flat_map(of_group) {
                masks[*word as usize] |= mask;
                some[*word as usize / 64] |= 1 << (word % 64);
            }
            if let Some(Some(place)) = places.get(usize::from(neighbours.rank(wrong))) {
                masks[place / WORD] &= !(1 << (place % WORD));
            }
            for (n, words) in some.iter_mut().enumerate() {
                while *words != 0 {
                    let word = 64 * n + words.trailing_zeros() as usize;
                    *words &= *words - 1;
                    let mask = std::mem::take(&mut masks[word]);
                    if mask != 0 {
                        rights.push(Bits { word: small(word), mask });
                    }
                }
            }
            starts.push(small(rights.len()));
        }
        let mut after = Rows::new(neighbours.ranks(), chars.len());
        for ([one, other], _) in neighbours.pairs() {
            if let Some(place) = places[usize::from(other)] {
                after.add(one, place);
            }
        }
        Alike { rights, starts, chars, after, neighbours: Arc::clone(neighbours) }
    }

    /// Calls `found` with the characters like `wrong` that were counted behind `left`.
    #[inline]
    pub(super) fn after(&self, left: Han, wrong: Han, mut found: impl FnMut(Han)) {
        let after = self.after.row(self.neighbours.rank(left));
        let [from, to] = [0, 1].map(|n| self.starts[wrong.index() + n] as usize);
        if after.is_empty() {
            return;
        }
        for Bits { word, mask } in &self.rights[from..to] {
            let word = *word as usize;
            let mut bits = mask & after[word];
            while bits != 0 {
                found(self.chars[word * WORD + bits.trailing_zeros() as usize]);
                bits &= bits - 1;
            }
        }
    }
}

impl Rows {
    fn new(ranks: usize, places: usize) -> Rows {
        let len = places.div_ceil(WORD);
        Rows { words: vec![0; len * ranks], len }
    }

    fn add(&mut self, rank: u16, place: usize) {
        self.words[usize::from(rank) * self.len + place / WORD] |= 1 << (place % WORD);
    }

    /// The row of a rank; nothing for what has none.
    fn row(&self, rank: u16) -> &[u32] {
        let start = usize::from(rank) * self.len;
        self.words.get(start..start + self.len).unwrap_or_default()
    }
}
