//! What characters side by side are to each other: which stand alone, and which make words that sound like others.

use std::sync::Arc;

use crate::draft::han::Han;
use crate::entry::Entry;
use crate::kinds::lexicon::Lexicon;
use crate::kinds::lexicon::homophones::Homophones;
use crate::kinds::lexicon::likeness::Sounds;
use crate::kinds::lexicon::neighbours::Neighbours;
use crate::passing::{self, BLOCK, aligned, pushed};

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
struct Square(Box<[u64; SIDE * SIDE / PLACES]>);

/// As many places as a word has bits for.
const PLACES: usize = 32;
/// The two belong together, as a word or as counted.
const BOUND: u64 = 1;
/// They make a word that sounds like another.
const CONFUSED: u64 = 2;

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

    /// What stands among `chars`, in which [`Han::NONE`] parts runs.
    pub(crate) fn of(&self, chars: &[Han]) -> Tied {
        let line = |at: usize| chars.get(at).map_or(NO_LINE, |han| self.line(*han));
        let is_rare = |at: usize| line(at) == RARE;
        let (mut strangers, mut confused) =
            (Vec::with_capacity(chars.len() / 8), Vec::with_capacity(chars.len() / 4));
        // Whether the last character of the block before belongs to the first of this one.
        let mut before = 0;
        for from in (0..chars.len()).step_by(BLOCK) {
            let block = &chars[from..(from + BLOCK).min(chars.len())];
            let [some, bound, alike] = self.with_next(block, line(from + block.len()));
            passing::add_ones(from, some & !(bound | bound << 1 | before), &mut strangers);
            passing::add_ones(from, alike, &mut confused);
            before = bound >> (BLOCK - 1);
        }
        let is_known = |at: usize| !is_rare(at) && !is_rare(at + 1) && !is_rare(at.wrapping_sub(1));
        let strangers = passing::those(strangers, |at| is_known(at) || self.is_stranger(chars, at));
        Tied { strangers, confused }
    }

    /// A bit for each that is a character, for each that is bound to the next, and for each that makes a word with it
    /// which sounds like another.
    #[inline]
    fn with_next(&self, block: &[Han], next: u16) -> [u64; 3] {
        let (mut some, mut bound, mut confused) = (0, 0, 0);
        let mut line = block.first().map_or(NO_LINE, |han| self.line(*han));
        let mut judge = |next: u16| {
            some = pushed(some, line != NO_LINE);
            let own = self.pairs.of([line, next]);
            bound = pushed(bound, own & BOUND != 0);
            confused = pushed(confused, own & CONFUSED != 0);
            line = next;
        };
        for han in &block[1..] {
            judge(self.line(*han));
        }
        judge(next);
        [some, bound, confused].map(|bits| aligned(bits, block.len()))
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
        (place / PLACES, 2 * (place % PLACES))
    }
}

fn boxed<T: Copy + Default + std::fmt::Debug, const LEN: usize>() -> Box<[T; LEN]> {
    vec![T::default(); LEN].into_boxed_slice().try_into().expect("as long as was asked for")
}
