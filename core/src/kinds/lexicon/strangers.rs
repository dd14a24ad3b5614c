//! The characters of a text that neither make a word of two with a neighbour nor stand beside it often.

use std::sync::Arc;

use crate::draft::han::Han;
use crate::entry::Entry;
use crate::kinds::lexicon::Lexicon;
use crate::kinds::lexicon::neighbours::Neighbours;
use crate::passing::{self, BLOCK, aligned, pushed};

/// Which characters belong together, as words or as counted.
#[derive(Clone, Debug)]
pub(crate) struct Strangers {
    lexicon: Arc<Lexicon>,
    neighbours: Arc<Neighbours>,
    /// For each character its row and its column.
    lines: Box<[u16; 1 << 15]>,
    /// A bit for each two of the characters met most that belong together.
    bound: Box<[u64; SIDE * SIDE / 64]>,
}

/// How many rows there are, and how many columns.
const SIDE: usize = 1 << 11;
/// The row and the column of what is no character, and of all others that have none of their own: both are empty.
const NO_LINE: u16 = 0;
const RARE: u16 = 1;

impl Strangers {
    /// Those by the lists that `lexicon_file` and `figures_file` name.
    pub(crate) fn read(
        entry: &mut Entry<'_>,
        lexicon: &Arc<Lexicon>,
        neighbours: &Arc<Neighbours>,
    ) -> Arc<Strangers> {
        entry.shared(&["lexicon_file", "figures_file"], |_| {
            Strangers::new(Arc::clone(lexicon), Arc::clone(neighbours))
        })
    }

    fn new(lexicon: Arc<Lexicon>, neighbours: Arc<Neighbours>) -> Strangers {
        let lines = vec![RARE; 1 << 15].into_boxed_slice();
        let mut lines: Box<[u16; 1 << 15]> = lines.try_into().expect("as long as was asked for");
        lines[Han::NONE.index()] = NO_LINE;
        // Ranks start from 1, with the characters that were counted most.
        for han in (0..Han::COUNT as u64).map(Han::of_bits) {
            let line = neighbours.rank(han) + RARE;
            if usize::from(line) < SIDE {
                lines[han.index()] = line;
            }
        }
        let bound =
            vec![0; SIDE * SIDE / 64].into_boxed_slice().try_into().expect("as long as was asked for");
        let mut strangers = Strangers { lexicon, neighbours, lines, bound };
        let Strangers { lexicon, neighbours, lines, bound } = &mut strangers;
        let often = neighbours.counted().filter(|[one, other]| neighbours.stand_often(*one, *other));
        for pair in lexicon.pairs().chain(often) {
            let [one, other] = pair.map(|han| lines[han.index()]);
            if one > RARE && other > RARE {
                let (word, bit) = place(one, other);
                bound[word] |= 1 << bit;
            }
        }
        strangers
    }

    /// The places of the strangers among `chars`, in which [`Han::NONE`] parts runs.
    pub(crate) fn of(&self, chars: &[Han]) -> Vec<usize> {
        let line = |at: usize| chars.get(at).map_or(NO_LINE, |han| self.line(*han));
        let is_rare = |at: usize| line(at) == RARE;
        let mut strangers = Vec::with_capacity(chars.len() / 8);
        // Whether the last character of the block before belongs to the first of this one.
        let mut before = 0;
        for from in (0..chars.len()).step_by(BLOCK) {
            let block = &chars[from..(from + BLOCK).min(chars.len())];
            let (bound, some) = self.bound_to_next(block, line(from + block.len()));
            passing::add_ones(from, some & !(bound | bound << 1 | before), &mut strangers);
            before = bound >> (BLOCK - 1);
        }
        let is_known = |at: usize| !is_rare(at) && !is_rare(at + 1) && !is_rare(at.wrapping_sub(1));
        passing::those(strangers, |at| is_known(at) || self.is_stranger(chars, at))
    }

    /// A bit for each character that has one with the next, and one for each that is a character.
    #[inline]
    fn bound_to_next(&self, block: &[Han], next: u16) -> (u64, u64) {
        let (mut bound, mut some) = (0, 0);
        let mut line = block.first().map_or(NO_LINE, |han| self.line(*han));
        let mut judge = |next: u16| {
            bound = pushed(bound, self.are_bound(line, next));
            some = pushed(some, line != NO_LINE);
            line = next;
        };
        for han in &block[1..] {
            judge(self.line(*han));
        }
        judge(next);
        (aligned(bound, block.len()), aligned(some, block.len()))
    }

    #[inline]
    fn line(&self, han: Han) -> u16 {
        self.lines[han.index() % self.lines.len()]
    }

    #[inline]
    fn are_bound(&self, one: u16, other: u16) -> bool {
        let (word, bit) = place(one, other);
        self.bound[word] & 1 << bit != 0
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

/// The word and the bit of two lines.
#[inline]
fn place(one: u16, other: u16) -> (usize, usize) {
    let place = (usize::from(one) * SIDE + usize::from(other)) & (SIDE * SIDE - 1);
    (place / 64, place % 64)
}
