//! A trie over classes in a double array: walked from a place where the filter says that a literal may start.

use super::LiteralId;

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
    /// The trie of `literals`, each with its number; sorted by classes, none twice, none empty.
    pub(super) fn new(literals: &[(&[u16], LiteralId)], classes: usize) -> Trie {
        let mut trie = Trie { states: Vec::new(), literals: Vec::new() };
        // Every `base ^ class` stays below the next power of two above both.
        let block = classes.next_power_of_two().max(2);
        trie.grow(block);
        trie.states[0] = State { base: 0, check: 0 };
        let mut first_free = 1;
        // The literals below a state, all alike up to its depth.
        let mut below = vec![(0, literals, 0)];
        while let Some((state, literals, depth)) = below.pop() {
            let ended = literals.iter().take_while(|(codes, _)| codes.len() == depth).count();
            if let Some((_, literal)) = literals[..ended].first() {
                trie.literals[state] = u32::try_from(*literal).expect("fewer than 2³² literals");
                trie.states[state].check |= ENDS;
            }
            let groups: Vec<&[(&[u16], LiteralId)]> =
                literals[ended..].chunk_by(|(one, _), (other, _)| one[depth] == other[depth]).collect();
            let codes: Vec<u32> = groups.iter().map(|group| u32::from(group[0].0[depth])).collect();
            if let Some(first) = codes.first() {
                let base = trie.free_base(*first, &codes, block, &mut first_free);
                trie.states[state].base = base;
                for (group, code) in groups.into_iter().zip(&codes) {
                    let child = (base ^ code) as usize;
                    trie.states[child].check = u32::try_from(state).expect("fewer than 2³¹ states");
                    below.push((child, group, depth + 1));
                }
            }
        }
        trie
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

    fn grow(&mut self, by: usize) {
        let len = self.states.len() + by;
        self.states.resize(len, State { base: 0, check: FREE });
        self.literals.resize(len, NONE);
    }

    /// A base under which the places of all `codes` are free.
    fn free_base(&mut self, first: u32, codes: &[u32], block: usize, first_free: &mut usize) -> u32 {
        // Long searches through a nearly full part are given up for new room.
        const MOST_TRIES: usize = 2000;
        while *first_free < self.states.len() && self.states[*first_free].check != FREE {
            *first_free += 1;
        }
        let mut at = *first_free;
        let mut tries = 0;
        loop {
            if at >= self.states.len() || tries > MOST_TRIES {
                at = at.max(self.states.len());
                self.grow(block);
                tries = 0;
            }
            let base = u32::try_from(at).expect("fewer than 2³² states") ^ first;
            let free = |code: &u32| {
                let place = (base ^ code) as usize;
                place != 0 && self.states.get(place).is_some_and(|state| state.check == FREE)
            };
            if self.states[at].check == FREE && codes.iter().all(free) {
                return base;
            }
            at += 1;
            tries += 1;
        }
    }
}
