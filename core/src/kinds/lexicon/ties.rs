//! What characters side by side are to each other: which stand alone, and which make words that sound like others.

use std::sync::Arc;

use crate::draft::han::{Han, Hans};
use crate::entry::Entry;
use crate::kinds::lexicon::Lexicon;
use crate::kinds::lexicon::homophones::Homophones;
use crate::kinds::lexicon::likeness::Sounds;
use crate::kinds::lexicon::neighbours::Neighbours;
use crate::passing;

/// What each two of the characters met most are to each other.
#[derive(Clone, Debug)]
pub(crate) struct Ties {
    lexicon: Arc<Lexicon>,
    neighbours: Arc<Neighbours>,
    /// For each character its row and its column.
    lines: Box<[u16; 1 << 15]>,
    pairs: Square,
}

/// What stands in a text, by the places of characters.
#[derive(Clone, Debug)]
pub(crate) struct Tied {
    /// Those that neither make a word of two with a neighbour nor stand beside it often.
    pub(crate) strangers: Vec<usize>,
    /// Those that may make a word with the next one that sounds like another.
    pub(crate) confused: Vec<usize>,
}

/// Two bits for each place of rows and columns, side by side so that one look into memory tells both.
#[derive(Clone, Debug)]
struct Square(Box<[u64; SIDE * SIDE / BLOCK]>);

/// As many places as a word has bits for.
const BLOCK: usize = u64::BITS as usize / BITS;
const BITS: usize = 2;
/// The two belong together, as a word or as counted.
const BOUND: u64 = 1;
/// They make a word that sounds like another.
const CONFUSED: u64 = 2;
/// The lower bit of each place: [`BOUND`] of all.
const EACH: u64 = u64::MAX / 3;

/// How many rows there are, and how many columns.
const SIDE: usize = 1 << 11;
/// The row and the column of what is no character, and of all others that have none of their own.
const NO_LINE: u16 = 0;
const RARE: u16 = 1;

impl Ties {
    /// Those by the lists that `lexicon_file`, `figures_file` and `sounds_file` name.
    pub(crate) fn read(
        entry: &mut Entry<'_>,
        lexicon: &Arc<Lexicon>,
        neighbours: &Arc<Neighbours>,
        sounds: &Sounds,
    ) -> Arc<Ties> {
        let homophones = Homophones::read(entry, lexicon, neighbours, sounds);
        entry.shared(&["lexicon_file", "figures_file", "sounds_file"], |_| {
            Ties::new(Arc::clone(lexicon), Arc::clone(neighbours), &homophones)
        })
    }

    fn new(lexicon: Arc<Lexicon>, neighbours: Arc<Neighbours>, homophones: &Homophones) -> Ties {
        let mut lines: Box<[u16; 1 << 15]> = boxed();
        lines.fill(RARE);
        lines[Han::NONE.index()] = NO_LINE;
        // Ranks start from 1, with the characters that were counted most.
        for han in (0..Han::COUNT as u64).map(Han::of_bits) {
            let line = neighbours.rank(han) + RARE;
            if usize::from(line) < SIDE {
                lines[han.index()] = line;
            }
        }
        let mut pairs = Square(boxed());
        let of = |pair: [Han; 2]| pair.map(|han| lines[han.index()]);
        lexicon.pairs().chain(neighbours.often()).for_each(|pair| pairs.add(of(pair), BOUND));
        for word in homophones.words() {
            pairs.add(of(word), CONFUSED);
        }
        // Of rare characters it is not known: they may make any word, and are looked at again where they stand alone.
        for line in RARE..=u16::try_from(SIDE - 1).expect("few lines") {
            for pair in [[RARE, line], [line, RARE]] {
                pairs.remove(pair, BOUND);
                pairs.add(pair, CONFUSED);
            }
        }
        Ties { lexicon, neighbours, lines, pairs }
    }

    /// What stands among the Han characters of a text.
    pub(crate) fn of(&self, hans: &Hans) -> Tied {
        let chars = hans.chars();
        let line = |at: usize| chars.get(at).map_or(NO_LINE, |han| self.line(*han));
        let (mut strangers, mut confused) =
            (Vec::with_capacity(chars.len() / 8), Vec::with_capacity(chars.len() / 4));
        // What belongs to the last character of the block before, as its bit of this one.
        let mut before = 0;
        for ((from, block), none) in (0..).step_by(BLOCK).zip(chars.chunks(BLOCK)).zip(between(hans)) {
            let own = self.with_next(block, line(from + block.len()));
            let bound = own & EACH;
            let some = !none & EACH >> (BITS * (BLOCK - block.len()));
            add_places(from, some & !(bound | bound << BITS | before), &mut strangers);
            add_places(from, (own / CONFUSED) & EACH, &mut confused);
            before = bound >> (BITS * (BLOCK - 1));
        }
        let is_rare = |at: usize| line(at) == RARE;
        let is_known = |at: usize| !is_rare(at) && !is_rare(at + 1) && !is_rare(at.wrapping_sub(1));
        let strangers = passing::those(strangers, |at| is_known(at) || self.is_stranger(chars, at));
        Tied { strangers, confused }
    }

    /// The bits of each and the one behind it, those of the first the lowest.
    #[inline]
    fn with_next(&self, block: &[Han], next: u16) -> u64 {
        let mut line = block.first().map_or(NO_LINE, |han| self.line(*han));
        let nexts = block[1..].iter().map(|han| self.line(*han)).chain([next]);
        // Shifted in from above: that takes no shift by a number that must be loaded.
        let bits = nexts.fold(0, |bits, next| {
            let own = self.pairs.of([line, next]);
            line = next;
            bits >> BITS | own << (BITS * (BLOCK - 1))
        });
        bits >> (BITS * (BLOCK - block.len()))
    }

    #[inline]
    fn line(&self, han: Han) -> u16 {
        self.lines[han.index() % self.lines.len()]
    }

    fn is_stranger(&self, chars: &[Han], at: usize) -> bool {
        let is_bound = |from: usize| match chars.get(from..from + 2) {
            Some([one, other]) if *one != Han::NONE && *other != Han::NONE => {
                self.lexicon.is_pair(*one, *other) || self.neighbours.stand_often(*one, *other)
            }
            _ => false,
        };
        !is_bound(at) && !at.checked_sub(1).is_some_and(is_bound)
    }
}

impl Square {
    fn add(&mut self, pair: [u16; 2], bit: u64) {
        let (word, by) = Square::place(pair);
        self.0[word] |= bit << by;
    }

    fn remove(&mut self, pair: [u16; 2], bit: u64) {
        let (word, by) = Square::place(pair);
        self.0[word] &= !(bit << by);
    }

    /// The bits of a row and a column, and above them others.
    #[inline]
    fn of(&self, pair: [u16; 2]) -> u64 {
        let (word, by) = Square::place(pair);
        self.0[word] >> by
    }

    /// The word of a row and a column, and by how much their bits are shifted there.
    #[inline]
    fn place([row, column]: [u16; 2]) -> (usize, usize) {
        let place = (usize::from(row) * SIDE + usize::from(column)) % (SIDE * SIDE);
        (place / BLOCK, BITS * (place % BLOCK))
    }
}

/// For each block of characters the lower bits of those that are none.
fn between(hans: &Hans) -> Vec<u64> {
    let mut blocks = vec![0; hans.chars().len().div_ceil(BLOCK)];
    for run in hans.runs() {
        blocks[run.to / BLOCK] |= 1 << (BITS * (run.to % BLOCK));
    }
    blocks
}

/// Adds the places whose lower bit is set, the lowest of which is `from`.
#[inline]
fn add_places(from: usize, mut bits: u64, places: &mut Vec<usize>) {
    while bits != 0 {
        places.push(from + bits.trailing_zeros() as usize / BITS);
        bits &= bits - 1;
    }
}

fn boxed<T: Copy + Default + std::fmt::Debug, const LEN: usize>() -> Box<[T; LEN]> {
    vec![T::default(); LEN].into_boxed_slice().try_into().expect("as long as was asked for")
}
