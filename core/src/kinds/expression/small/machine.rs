//! A program at work on a text: it goes one way after the other until one leads to a match.

use regex_syntax::hir::Look;

use crate::kinds::expression::Slots;
use crate::kinds::expression::small::program::{Program, Step, holds};

/// A program at work on a text.
pub(super) struct Machine<'m> {
    program: &'m Program,
    text: &'m str,
    slots: Slots,
    /// What is left to try, the next last.
    left: Vec<Left>,
    /// For each place from `base` on the splits that were tried there.
    tried: Vec<u64>,
    base: usize,
    /// Behind the last place where one was tried.
    reach: usize,
}

enum Left {
    /// To go on from a step at a place.
    Step(usize, usize),
    /// To put back what a slot held.
    Slot(usize, Option<usize>),
}

impl<'m> Machine<'m> {
    pub(super) fn new(program: &'m Program, text: &'m str) -> Machine<'m> {
        Machine { program, text, slots: Vec::new(), left: Vec::new(), tried: Vec::new(), base: 0, reach: 0 }
    }

    pub(super) fn run(mut self, at: usize) -> Option<Slots> {
        let starts = self.text.get(at..)?.char_indices().map(|(start, _)| at + start);
        for start in starts.chain([self.text.len()]) {
            if let Some(end) = self.run_from(start) {
                self.slots[0] = Some(start);
                self.slots[1] = Some(end);
                return Some(self.slots);
            }
        }
        None
    }

    /// Where the match ends that starts at `start`.
    fn run_from(&mut self, start: usize) -> Option<usize> {
        if self.reach <= start {
            self.tried.clear();
            self.base = start;
        }
        self.slots.clear();
        self.slots.resize(self.program.slots, None);
        self.left.push(Left::Step(0, start));
        while let Some(left) = self.left.pop() {
            match left {
                Left::Slot(slot, held) => self.slots[slot] = held,
                Left::Step(step, at) => {
                    if let Some(end) = self.follow(step, at) {
                        return Some(end);
                    }
                }
            }
        }
        None
    }

    /// Goes on from a step until there is a match or none.
    fn follow(&mut self, mut step: usize, mut at: usize) -> Option<usize> {
        loop {
            let rest = &self.text[at..];
            match self.program.steps[step] {
                Step::Char(char) => {
                    rest.starts_with(char).then_some(())?;
                    at += char.len_utf8();
                }
                Step::Class(class) => {
                    let char =
                        rest.chars().next().filter(|char| holds(&self.program.classes[class], *char))?;
                    at += char.len_utf8();
                }
                Step::Look(look) => agrees(look, self.text, at).then_some(())?,
                Step::Save(slot) => {
                    self.left.push(Left::Slot(slot, self.slots[slot]));
                    self.slots[slot] = Some(at);
                }
                Step::Jump(to) => {
                    step = to;
                    continue;
                }
                Step::Split { number, ways: [first, second] } => {
                    self.is_new(number, at).then_some(())?;
                    self.left.push(Left::Step(second, at));
                    step = first;
                    continue;
                }
                Step::Match => return Some(at),
            }
            step += 1;
        }
    }

    /// Whether a split is tried at that place for the first time.
    fn is_new(&mut self, split: usize, at: usize) -> bool {
        self.reach = self.reach.max(at + 1);
        let bit = (at - self.base) * self.program.splits + split;
        let (word, mask) = (bit / 64, 1 << (bit % 64));
        if word >= self.tried.len() {
            self.tried.resize(word + 1, 0);
        }
        let is_new = self.tried[word] & mask == 0;
        self.tried[word] |= mask;
        is_new
    }
}

/// Whether the place is as an anchor asks.
fn agrees(look: Look, text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let (before, behind) = (at.checked_sub(1).map(|at| bytes[at]), bytes.get(at).copied());
    match look {
        Look::Start => before.is_none(),
        Look::End => behind.is_none(),
        Look::StartLF => before.is_none_or(|byte| byte == b'\n'),
        Look::EndLF => behind.is_none_or(|byte| byte == b'\n'),
        Look::StartCRLF => {
            before.is_none_or(|byte| byte == b'\n') || before == Some(b'\r') && behind != Some(b'\n')
        }
        Look::EndCRLF => {
            behind.is_none_or(|byte| byte == b'\r') || behind == Some(b'\n') && before != Some(b'\r')
        }
        // Those of words, which rules may not use.
        _ => false,
    }
}
