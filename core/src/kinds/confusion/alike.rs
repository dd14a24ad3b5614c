//! Which characters are like another and may stand in its place.

use crate::draft::han::Han;
use crate::kinds::confusion::figures::Figures;
use crate::kinds::lexicon::likeness::{Groups, Sounds};

/// Characters that sound or look alike, and what stands beside each.
#[derive(Clone, Debug)]
pub(super) struct Alike {
    groups: Groups,
    /// The members of each group that may be right, one group after the other.
    rights: Vec<Bits>,
    /// Where those of each group begin, and the end.
    starts: Vec<u32>,
    /// The characters that may be right in the order of their bits: those that sound alike side by side.
    chars: Vec<Han>,
    /// What stands on the right of each character, and what on its left.
    after: Rows,
    before: Rows,
}

/// What more characters than this share makes no two alike.
const MOST: usize = 20;

/// Some bits of one word of a row.
#[derive(Clone, Copy, Debug)]
struct Bits {
    word: usize,
    mask: u64,
}

/// For each rank a row with a bit for each character that may be right.
#[derive(Clone, Debug)]
struct Rows {
    words: Vec<u64>,
    /// How many words a row has.
    len: usize,
}

impl Alike {
    pub(super) fn new(figures: &Figures, sounds: &Sounds, shapes: &Groups) -> Alike {
        let neighbours = &figures.neighbours;
        let groups = Groups::of(sounds.blurred.all().chain(shapes.all().filter(|own| own.len() <= MOST)));
        let mut chars = Vec::new();
        let mut places = vec![None; neighbours.ranks()];
        let (mut rights, mut starts) = (Vec::new(), vec![0]);
        for members in groups.all() {
            let mut bits: Vec<usize> = Vec::new();
            for own in members.iter().filter(|own| figures.may_be_right(**own)) {
                bits.push(*places[usize::from(neighbours.rank(*own))].get_or_insert_with(|| {
                    chars.push(*own);
                    chars.len() - 1
                }));
            }
            bits.sort_unstable();
            for own in bits.chunk_by(|one, other| one / WORD == other / WORD) {
                let mask = own.iter().fold(0, |mask, bit| mask | 1 << (bit % WORD));
                rights.push(Bits { word: own[0] / WORD, mask });
            }
            starts.push(u32::try_from(rights.len()).expect("fewer than 2³² groups"));
        }
        let rows = || Rows::new(neighbours.ranks(), chars.len());
        let (mut after, mut before) = (rows(), rows());
        for [one, other] in neighbours.pairs() {
            if let Some(place) = places[usize::from(other)] {
                after.add(one, place);
            }
            if let Some(place) = places[usize::from(one)] {
                before.add(other, place);
            }
        }
        Alike { groups, rights, starts, chars, after, before }
    }

    /// Calls `found` with the characters like `wrong` that were counted beside both, perhaps with one several times; the
    /// two are named by ranks.
    pub(super) fn between(&self, left: u16, wrong: Han, right: u16, mut found: impl FnMut(Han)) {
        let (after, before) = (self.after.row(left), self.before.row(right));
        if after.is_empty() || before.is_empty() {
            return;
        }
        for group in self.groups.of_char(wrong) {
            let [from, to] = [0, 1].map(|n| self.starts[group as usize + n] as usize);
            for Bits { word, mask } in &self.rights[from..to] {
                let mut bits = mask & after[*word] & before[*word];
                while bits != 0 {
                    let own = self.chars[word * WORD + bits.trailing_zeros() as usize];
                    bits &= bits - 1;
                    if own != wrong {
                        found(own);
                    }
                }
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
    fn row(&self, rank: u16) -> &[u64] {
        let start = usize::from(rank) * self.len;
        self.words.get(start..start + self.len).unwrap_or_default()
    }
}

const WORD: usize = u64::BITS as usize;
