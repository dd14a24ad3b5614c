//! A trie over classes in a double array: walked from a place where the filter says that a literal may start.

use std::cmp::Reverse;
use std::collections::VecDeque;
use std::ops::Range;

use super::LiteralId;
use super::grams::Head;

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

/// A state before it has its place: the literal that ends there, and where its children stand in the list of all.
struct Node {
    literal: u32,
    children: Range<usize>,
}

impl Trie {
    /// The trie of `literals`, each with its number; sorted by classes, none twice, none empty.
    pub(super) fn new(literals: &[(&[u16], LiteralId)], classes: usize) -> Trie {
        let (nodes, children) = nodes(literals);
        let mut places = vec![0; nodes.len()];
        let mut bases = vec![0; nodes.len()];
        let mut room = Room::new(classes);
        // Those with many children first: the others find room between them.
        let mut order: Vec<usize> = (0..nodes.len()).filter(|n| !nodes[*n].children.is_empty()).collect();
        order.sort_by_key(|n| Reverse(nodes[*n].children.len()));
        for n in order {
            let own = &children[nodes[n].children.clone()];
            bases[n] = room.base(own);
            for (code, child) in own {
                places[*child] = bases[n] ^ u32::from(*code);
            }
        }
        let mut trie = Trie {
            states: vec![State { base: 0, check: FREE }; room.free.len()],
            literals: vec![NONE; room.free.len()],
        };
        trie.states[0] = State { base: bases[0], check: 0 };
        for (n, node) in nodes.iter().enumerate() {
            for (_, child) in &children[node.children.clone()] {
                let (place, literal) = (places[*child] as usize, nodes[*child].literal);
                let ends = if literal == NONE { 0 } else { ENDS };
                trie.states[place] = State { base: bases[*child], check: places[n] | ends };
                trie.literals[place] = literal;
            }
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
                continue;
            }
            let (grandparent, middle) = self.above(parent);
            if grandparent == 0 {
                heads.extend(ends.then_some(Head::Pair(middle, last)));
            } else if let (0, first) = self.above(grandparent) {
                heads.push(Head::Triple(first, middle, last));
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

    /// Calls `found` with every literal that starts at the first of `codes` and how many codes it takes.
    #[inline]
    pub(super) fn walk(&self, codes: &[u16], mut found: impl FnMut(LiteralId, usize)) {
        let mut state = 0_u32;
        for (at, code) in codes.iter().enumerate() {
            let child = self.states[state as usize].base ^ u32::from(*code);
            let next = self.states[child as usize];
            if *code == 0 || next.check & !ENDS != state || child == 0 {
                return;
            }
            state = child;
            if next.check & ENDS != 0 {
                found(self.literals[child as usize] as LiteralId, at + 1);
            }
        }
    }
}

/// The states of a trie, parents before their children, and the children of all with their classes.
fn nodes(literals: &[(&[u16], LiteralId)]) -> (Vec<Node>, Vec<(u16, usize)>) {
    let (mut nodes, mut children) = (Vec::new(), Vec::new());
    // The literals below each state, all alike up to its depth.
    let mut below = VecDeque::from([(literals, 0)]);
    let mut known = 1;
    while let Some((literals, depth)) = below.pop_front() {
        let ended = literals.iter().take_while(|(codes, _)| codes.len() == depth).count();
        let literal = literals[..ended]
            .first()
            .map_or(NONE, |(_, literal)| u32::try_from(*literal).expect("fewer than 2³² literals"));
        let first = children.len();
        for group in literals[ended..].chunk_by(|(one, _), (other, _)| one[depth] == other[depth]) {
            children.push((group[0].0[depth], known));
            below.push_back((group, depth + 1));
            known += 1;
        }
        nodes.push(Node { literal, children: first..children.len() });
    }
    (nodes, children)
}

/// The places that no state has taken.
struct Room {
    free: Vec<bool>,
    /// How many children were given room last, and from where on there may be more for as many.
    width: usize,
    from: usize,
    block: usize,
}

/// The power of two of which the number of states is a multiple: every `base ^ class` stays below it.
fn block(classes: usize) -> usize {
    classes.next_power_of_two().max(2)
}

impl Room {
    fn new(classes: usize) -> Room {
        let block = block(classes);
        let mut free = vec![true; block];
        free[0] = false;
        Room { free, width: 0, from: 0, block }
    }

    /// Takes free places for all `children`, and gives the base they stand under.
    fn base(&mut self, children: &[(u16, usize)]) -> u32 {
        if children.len() != self.width {
            self.width = children.len();
            self.from = 0;
        }
        let first = children.first().map_or(0, |(code, _)| usize::from(*code));
        let base = loop {
            let Some(next) = self.free[self.from..].iter().position(|free| *free) else {
                self.from = self.free.len();
                self.free.resize(self.free.len() + self.block, true);
                continue;
            };
            self.from += next;
            let base = self.from ^ first;
            if children.iter().all(|(code, _)| self.free[base ^ usize::from(*code)]) {
                break base;
            }
            self.from += 1;
        };
        for (code, _) in children {
            self.free[base ^ usize::from(*code)] = false;
        }
        u32::try_from(base).expect("fewer than 2³² states")
    }
}
