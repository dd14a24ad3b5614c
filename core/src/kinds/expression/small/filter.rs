//! Whether there may be a match in a text, told by an automaton that is made as it is run.
//!
//! It takes every anchor as agreed to, so it says yes too often, and never no where there is a match.

use std::collections::{BTreeSet, HashMap};

use crate::kinds::expression::small::program::{Program, Step, holds};

#[derive(Debug)]
pub(super) struct Filter {
    /// The first character of each class: characters of one class are alike to every step.
    classes: Vec<char>,
    ascii: [u8; 128],
    /// For each state and class the state behind it.
    moves: Vec<u32>,
    /// The steps that each state waits at.
    states: Vec<Vec<usize>>,
    numbers: HashMap<Vec<usize>, u32>,
    /// Whether a match may be empty.
    may_be_empty: bool,
}

/// The state of a match.
const MATCH: u32 = 0;
/// The state before the first character.
const START: u32 = 1;
const UNKNOWN: u32 = u32::MAX;

/// As many moves as are remembered; an expression that needs more is run without the filter.
const MOST_MOVES: usize = 1 << 17;

impl Filter {
    pub(super) fn new(program: &Program) -> Filter {
        let mut classes = BTreeSet::from(['\0']);
        let mut alike = |from: char, to: char| {
            classes.insert(from);
            classes.extend(char::from_u32(u32::from(to) + 1).or((to == '\u{d7ff}').then_some('\u{e000}')));
        };
        for step in &program.steps {
            match step {
                Step::Char(char) => alike(*char, *char),
                Step::Class(class) => {
                    for range in program.classes[*class].ranges() {
                        alike(range.start(), range.end());
                    }
                }
                _ => {}
            }
        }
        let mut filter = Filter {
            classes: classes.into_iter().collect(),
            ascii: [0; 128],
            moves: Vec::new(),
            states: Vec::new(),
            numbers: HashMap::new(),
            may_be_empty: false,
        };
        for char in '\0'..='\x7f' {
            filter.ascii[char as usize] =
                u8::try_from(filter.find(char)).expect("no more classes than characters");
        }
        let mut start = Vec::new();
        filter.may_be_empty = wait(program, 0, &mut start);
        start.sort_unstable();
        filter.add(Vec::new());
        filter.number(start);
        filter
    }

    pub(super) fn may_match(&mut self, program: &Program, text: &str) -> bool {
        let (mut state, mut chars) = (if self.may_be_empty { MATCH } else { START }, text.chars());
        while state != MATCH {
            let Some(char) = chars.next() else { return false };
            let class =
                if char.is_ascii() { usize::from(self.ascii[char as usize]) } else { self.find(char) };
            let at = state as usize * self.classes.len() + class;
            if self.moves[at] == UNKNOWN {
                if self.moves.len() > MOST_MOVES {
                    return true;
                }
                self.moves[at] = self.after(program, state, self.classes[class]);
            }
            state = self.moves[at];
        }
        true
    }

    fn find(&self, char: char) -> usize {
        self.classes.partition_point(|first| *first <= char) - 1
    }

    /// The state behind `state` and a character.
    fn after(&mut self, program: &Program, state: u32, char: char) -> u32 {
        let mut next = self.states[START as usize].clone();
        for step in &self.states[state as usize] {
            let takes = match program.steps[*step] {
                Step::Char(own) => own == char,
                Step::Class(class) => holds(&program.classes[class], char),
                _ => false,
            };
            if takes && wait(program, step + 1, &mut next) {
                return MATCH;
            }
        }
        next.sort_unstable();
        next.dedup();
        self.number(next)
    }

    fn number(&mut self, steps: Vec<usize>) -> u32 {
        if let Some(number) = self.numbers.get(&steps) {
            return *number;
        }
        let number = self.add(steps.clone());
        self.numbers.insert(steps, number);
        number
    }

    fn add(&mut self, steps: Vec<usize>) -> u32 {
        self.moves.resize(self.moves.len() + self.classes.len(), UNKNOWN);
        self.states.push(steps);
        u32::try_from(self.states.len() - 1).expect("few states")
    }
}

/// Adds the steps that take a character next, from `step` on; whether that leads to a match.
fn wait(program: &Program, step: usize, waiting: &mut Vec<usize>) -> bool {
    let (mut steps, mut seen) = (vec![step], Vec::new());
    while let Some(step) = steps.pop() {
        match program.steps[step] {
            Step::Char(_) | Step::Class(_) => waiting.push(step),
            Step::Look(_) | Step::Save(_) => steps.push(step + 1),
            Step::Jump(to) => steps.push(to),
            Step::Split { ways, .. } if !seen.contains(&step) => {
                seen.push(step);
                steps.extend(ways);
            }
            Step::Split { .. } => {}
            Step::Match => return true,
        }
    }
    false
}
