//! A trie over classes in a double array: walked from a place where the filter says that a literal may start.

use super::LiteralId;
use super::grams::Head;
use crate::order::by_number;
use crate::passing;

/// Every literal as a path from the root.
#[derive(Clone, Debug)]
pub(super) struct Trie {
    states: Vec<State>,
    /// The literal that ends at each state, or [`NONE`].
    literals: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
struct State {
    /// The child by class `c` stands at `base ^ c`.
    base: u32,
    /// The parent, with [`ENDS`] where a literal ends here; or [`FREE`].
    check: u32,
}

const FREE: u32 = u32::MAX;
const ENDS: u32 = 1 << 31;
const NONE: u32 = u32::MAX;

impl Trie {
    /// The trie of what was put in, over so many classes, of which `class` gives that of a character.
    pub(super) fn new(branches: &Branches, class: impl Fn(char) -> u16, classes: usize) -> Trie {
        let Branches { nodes, .. } = branches;
        let below = (1_u32..).zip(&nodes[1..]).map(|(n, node)| (node.parent, n));
        let (starts, children) = by_number(below, nodes.len(), 0);
        let (mut places, mut bases) = (vec![0; nodes.len()], vec![0; nodes.len()]);
        let mut room = Room::new(classes);
        // Those with many children first: the others find room between them.
        let widths = || starts.windows(2).map(|ends| ends[1] - ends[0]);
        let widest = widths().max().unwrap_or(0);
        let narrowness = widths().map(|width| widest - width).zip(0..);
        let (_, order) = by_number(narrowness, widest as usize + 1, 0);
        let mut codes = Vec::new();
        for n in order {
            let own = &children[starts[n] as usize..starts[n + 1] as usize];
            if own.is_empty() {
                break;
            }
            codes.clear();
            codes.extend(own.iter().map(|child| class(nodes[*child as usize].char)));
            bases[n] = room.base(&codes);
            for (code, child) in codes.iter().zip(own) {
                places[*child as usize] = bases[n] ^ u32::from(*code);
            }
        }
        let mut trie = Trie {
            states: vec![State { base: 0, check: FREE }; room.len()],
            literals: vec![NONE; room.len()],
        };
        for (n, node) in nodes.iter().enumerate() {
            let ends = if node.literal == NONE { 0 } else { ENDS };
            let place = places[n] as usize;
            trie.states[place] = State { base: bases[n], check: places[node.parent as usize] | ends };
            trie.literals[place] = node.literal;
        }
        trie
    }

    /// The parent of a state and the class that leads there.
    fn above(&self, state: usize) -> (usize, u16) {
        let parent = (self.states[state].check & !ENDS) as usize;
        (parent, u16::try_from(self.states[parent].base as usize ^ state).unwrap_or(0))
    }

    /// The classes of each literal, by its number.
    pub(super) fn literals(&self) -> Vec<Vec<u16>> {
        let mut literals = vec![Vec::new(); self.literals.iter().filter(|literal| **literal != NONE).count()];
        for (end, literal) in self.literals.iter().enumerate().filter(|(_, literal)| **literal != NONE) {
            let codes = &mut literals[*literal as usize];
            let mut state = end;
            while state != 0 {
                let (parent, code) = self.above(state);
                codes.push(code);
                state = parent;
            }
            codes.reverse();
        }
        literals
    }

    /// How the literals start, each way once.
    pub(super) fn heads(&self) -> Vec<Head> {
        let mut heads = Vec::new();
        let taken = (1..self.states.len()).filter(|state| self.states[*state].check != FREE);
        for state in taken {
            let ends = self.states[state].check & ENDS != 0;
            let (parent, last) = self.above(state);
            if parent == 0 {
                heads.extend(ends.then_some(Head::Single(last)));
            } else if let (0, first) = self.above(parent) {
                heads.push(Head::Pair(first, last));
            }
        }
        heads
    }

    /// The states and the literals in the order of the states at which they end.
    pub(super) fn pack(&self) -> (Vec<u8>, Vec<u32>) {
        let states = self.states.iter().flat_map(|s| [s.base.to_le_bytes(), s.check.to_le_bytes()]);
        let ends = self.literals.iter().copied().filter(|literal| *literal != NONE);
        (states.flatten().collect(), ends.collect())
    }

    /// The trie that was packed, where it is one over so many classes.
    pub(super) fn unpack(packed: &[u8], ends: &[u32], classes: usize) -> Option<Trie> {
        let (packed, rest) = packed.as_chunks::<8>();
        let number = |bytes: &[u8]| bytes.try_into().map_or(FREE, u32::from_le_bytes);
        let state = |bytes: &[u8; 8]| State { base: number(&bytes[..4]), check: number(&bytes[4..]) };
        let states: Vec<State> = packed.iter().map(state).collect();
        let len = states.len();
        // Then no child of any state lies behind the last, and no parent.
        let sound = |state: &State| {
            (state.base as usize) < len && (state.check == FREE || ((state.check & !ENDS) as usize) < len)
        };
        if !rest.is_empty() || len == 0 || !len.is_multiple_of(block(classes)) || !states.iter().all(sound) {
            return None;
        }
        let mut literals = vec![NONE; len];
        let mut left = ends.iter();
        for (state, literal) in states.iter().zip(&mut literals) {
            if state.check != FREE && state.check & ENDS != 0 {
                *literal = *left.next().filter(|literal| (**literal as usize) < ends.len())?;
            }
        }
        left.next().is_none().then_some(Trie { states, literals })
    }

    /// Moves to the front those of `starts` at which a literal of one or two classes stands or the first three of a longer
    /// one, and seldom others, and gives how many they are.
    pub(super) fn sift(&self, starts: &mut [usize], codes: &[u16]) -> usize {
        passing::keep(starts, |start| {
            codes[start..].first_chunk().is_some_and(|three| self.may_start(*three))
        })
    }

    /// Never waits for one look into memory to know whether there is another.
    #[inline]
    #[expect(clippy::needless_bitwise_bool, reason = "without branches many are judged at once")]
    fn may_start(&self, [one, two, three]: [u16; 3]) -> bool {
        let state = |number: u32| self.states[number as usize];
        let first = self.states[0].base ^ u32::from(one);
        let second = state(first).base ^ u32::from(two);
        let third = state(second).base ^ u32::from(three);
        // Nothing is left of what a state checks but whether a literal ends there, if it is the child of this parent.
        let left = |number: u32, parent: u32| state(number).check ^ parent;
        let (one, two, three) = (left(first, 0), left(second, first), left(third, second));
        (one == ENDS) | (two == ENDS) | ((two | three & !ENDS) == 0)
    }

    /// Calls `found` with every literal that starts at the first of `codes` and how many codes it takes.
    #[inline]
    pub(super) fn walk(&self, codes: &[u16], mut found: impl FnMut(LiteralId, usize)) {
        let mut state = 0;
        for (code, len) in codes.iter().zip(1..) {
            let child = self.states[state as usize].base ^ u32::from(*code);
            let check = self.states[child as usize].check;
            // No child has class 0, and none stands where the root does.
            if check & !ENDS != state || child == 0 {
                return;
            }
            state = child;
            if check & ENDS != 0 {
                found(self.literals[child as usize] as LiteralId, len);
            }
        }
    }
}

/// The states of a trie before they have their places, as literals are put in one after the other.
pub(super) struct Branches {
    /// The root first, then parents before their children.
    nodes: Vec<Node>,
    /// The number of each node but the root, where its parent and its character put it or at the next place that held none.
    slots: Vec<u32>,
    /// The nodes of the literal that was put in last.
    path: Vec<u32>,
}

struct Node {
    parent: u32,
    char: char,
    /// The literal that ends there, or [`NONE`].
    literal: u32,
}

impl Branches {
    /// Room for so many literals.
    pub(super) fn with_room(literals: usize) -> Branches {
        // Most have two states or so that are in no other.
        let mut nodes = Vec::with_capacity(2 * literals + 1);
        nodes.push(Node { parent: 0, char: '\0', literal: NONE });
        Branches { nodes, slots: vec![0; (4 * literals + 2).next_power_of_two()], path: Vec::new() }
    }

    /// Puts in a literal that is not empty and was not put in, and gives how many characters it has.
    pub(super) fn add(&mut self, text: &str, literal: LiteralId) -> usize {
        let (mut len, mut end) = (0, 0);
        for char in text.chars() {
            // Most begin as the one before does.
            if self.path.get(len).is_none_or(|own| self.nodes[*own as usize].char != char) {
                self.path.truncate(len);
                let child = self.child(end, char);
                self.path.push(child);
            }
            end = self.path[len];
            len += 1;
        }
        self.path.truncate(len);
        self.nodes[end as usize].literal = number(literal);
        len
    }

    /// The characters of all literals, and of those the literals of one character.
    pub(super) fn chars(&self) -> impl Iterator<Item = (char, bool)> {
        self.nodes[1..].iter().map(|node| (node.char, node.parent == 0 && node.literal != NONE))
    }

    fn child(&mut self, parent: u32, char: char) -> u32 {
        let slot = self.slot(parent, char);
        if self.slots[slot] != 0 {
            return self.slots[slot];
        }
        let own = number(self.nodes.len());
        self.nodes.push(Node { parent, char, literal: NONE });
        self.slots[slot] = own;
        if self.slots.len() < 2 * self.nodes.len() {
            self.slots = vec![0; 2 * self.slots.len()];
            for n in 1..self.nodes.len() {
                let slot = self.slot(self.nodes[n].parent, self.nodes[n].char);
                self.slots[slot] = number(n);
            }
        }
        own
    }

    /// Where a child is, or is to be.
    fn slot(&self, parent: u32, char: char) -> usize {
        // The multiplier of Fibonacci hashing, 2⁶⁴ divided by the golden ratio.
        let mixed = (u64::from(parent) << 21 | u64::from(char)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut slot = (mixed >> 32) as usize >> (u32::BITS - self.slots.len().ilog2());
        let is_other = |own: u32| {
            let node = &self.nodes[own as usize];
            own != 0 && (node.parent, node.char) != (parent, char)
        };
        while is_other(self.slots[slot]) {
            slot = (slot + 1) % self.slots.len();
        }
        slot
    }
}

fn number(number: usize) -> u32 {
    u32::try_from(number).expect("fewer than 2³² literals and states")
}

/// The places that no state has taken.
struct Room {
    /// A bit for each place.
    free: Vec<u64>,
    /// How many children were given room last, and from where on there may be more for as many.
    width: usize,
    from: usize,
    block: usize,
}

/// For more children than this no room is looked for twice in the same places.
const NARROW: usize = 8;

/// As many places as are looked at together.
const WORD: usize = u64::BITS as usize;

/// The power of two of which the number of states is a multiple: every `base ^ class` stays below it.
fn block(classes: usize) -> usize {
    classes.next_power_of_two().max(WORD)
}

impl Room {
    fn new(classes: usize) -> Room {
        let block = block(classes);
        let mut free = vec![u64::MAX; block / WORD];
        free[0] = !1;
        Room { free, width: 0, from: 0, block }
    }

    fn len(&self) -> usize {
        WORD * self.free.len()
    }

    /// Takes free places for children of all these classes, and gives the base they stand under.
    fn base(&mut self, children: &[u16]) -> u32 {
        if children.len() != self.width {
            self.width = children.len();
            // Wide ones find none where as wide ones did not, and are few.
            if self.width <= NARROW {
                self.from = 0;
            }
        }
        let first = children.first().copied().map_or(0, usize::from);
        // Of all places of a word at once it is told whether there is room for the others if the first stands there.
        let place = loop {
            let word = self.from / WORD;
            let Some(own) = self.free.get(word) else {
                self.free.resize(self.free.len() + self.block / WORD, u64::MAX);
                continue;
            };
            let mut fits = own & u64::MAX << (self.from % WORD);
            for code in &children[1.min(children.len())..] {
                if fits == 0 {
                    break;
                }
                let by = first ^ usize::from(*code);
                fits &= crossed(self.free[word ^ (by / WORD)], by % WORD);
            }
            if fits != 0 {
                break WORD * word + fits.trailing_zeros() as usize;
            }
            self.from = WORD * (word + 1);
        };
        self.from = place;
        let base = place ^ first;
        for code in children {
            let place = base ^ usize::from(*code);
            self.free[place / WORD] &= !(1 << (place % WORD));
        }
        u32::try_from(base).expect("fewer than 2³² states")
    }
}

/// The bit of each place at the place whose number differs from its own by the bits of `by`.
fn crossed(mut bits: u64, by: usize) -> u64 {
    /// The lower ones of places whose numbers differ by 1, by 2, by 4 …
    const LOWER: [u64; 6] = [
        0x5555_5555_5555_5555,
        0x3333_3333_3333_3333,
        0x0f0f_0f0f_0f0f_0f0f,
        0x00ff_00ff_00ff_00ff,
        0x0000_ffff_0000_ffff,
        0x0000_0000_ffff_ffff,
    ];
    for n in (0..LOWER.len()).filter(|n| by >> n & 1 == 1) {
        bits = (bits & LOWER[n]) << (1 << n) | bits >> (1 << n) & LOWER[n];
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_crossed() {
        for by in [0, 1, 2, 5, 32, 41, 63] {
            for place in 0..WORD {
                assert_eq!(crossed(1 << place, by), 1 << (place ^ by), "{place} by {by}");
            }
        }
    }

    #[test]
    fn children_in_several_words() {
        let codes: Vec<[u16; 2]> = (1..200)
            .flat_map(|one| (1..200).step_by(usize::from(one) + 2).map(move |two| [one, two]))
            .collect();
        let mut branches = Branches::with_room(codes.len());
        for (code, id) in codes.iter().zip(0..) {
            branches.add(&String::from_utf16(code).unwrap(), id);
        }
        let trie = Trie::new(&branches, |char| u16::try_from(u32::from(char)).unwrap(), 200);
        for (code, id) in codes.iter().zip(0..) {
            let mut found = Vec::new();
            trie.walk(code, |literal, len| found.push((literal, len)));
            assert_eq!(found, [(id, 2)]);
        }
        assert_eq!(trie.literals(), codes);
    }
}
