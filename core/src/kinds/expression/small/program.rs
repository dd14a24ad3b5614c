//! An expression as steps over characters.

use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind, Look, Repetition};

/// What the machine does, one step after the other.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub(super) steps: Vec<Step>,
    pub(super) classes: Vec<ClassUnicode>,
    pub(super) splits: usize,
    pub(super) slots: usize,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Char(char),
    /// A character of the class of this number.
    Class(usize),
    Look(Look),
    /// Notes the place.
    Save(usize),
    Jump(usize),
    /// Goes one way and, where that leads to no match, the other.
    Split {
        number: usize,
        ways: [usize; 2],
    },
    Match,
}

/// More steps than any expression takes that was written by hand.
const MOST: usize = 1 << 16;

impl Program {
    pub(super) fn of(hir: &Hir) -> Result<Program, String> {
        let mut program = Program { steps: Vec::new(), classes: Vec::new(), splits: 0, slots: 2 };
        program.add(hir)?;
        program.steps.push(Step::Match);
        Ok(program)
    }

    /// Adds the steps of a part. What may repeat nothing is entered as the `regex` crate enters it.
    fn add(&mut self, hir: &Hir) -> Result<(), String> {
        if self.steps.len() > MOST {
            return Err("the expression is too large".to_owned());
        }
        match hir.kind() {
            HirKind::Empty => {}
            HirKind::Literal(literal) => {
                let text = std::str::from_utf8(&literal.0).map_err(|error| error.to_string())?;
                self.steps.extend(text.chars().map(Step::Char));
            }
            HirKind::Class(class) => {
                let ranges = match class {
                    Class::Unicode(class) => class.clone(),
                    Class::Bytes(class) => class.to_unicode_class().ok_or("bytes that are no characters")?,
                };
                self.steps.push(Step::Class(self.classes.len()));
                self.classes.push(ranges);
            }
            HirKind::Look(look) => self.steps.push(Step::Look(*look)),
            HirKind::Capture(capture) => {
                let slot = 2 * capture.index as usize;
                self.slots = self.slots.max(slot + 2);
                self.steps.push(Step::Save(slot));
                self.add(&capture.sub)?;
                self.steps.push(Step::Save(slot + 1));
            }
            HirKind::Concat(parts) => parts.iter().try_for_each(|part| self.add(part))?,
            HirKind::Alternation(branches) => self.add_branches(branches)?,
            HirKind::Repetition(repetition) => self.add_repetition(repetition)?,
        }
        Ok(())
    }

    fn add_branches(&mut self, branches: &[Hir]) -> Result<(), String> {
        let mut ends = Vec::new();
        for (n, branch) in branches.iter().enumerate() {
            let is_last = n + 1 == branches.len();
            let split = (!is_last).then(|| self.split());
            self.add(branch)?;
            if let Some(split) = split {
                ends.push(self.steps.len());
                self.steps.push(Step::Jump(0));
                self.lead(split, true, [split + 1, self.steps.len()]);
            }
        }
        for end in ends {
            self.steps[end] = Step::Jump(self.steps.len());
        }
        Ok(())
    }

    fn add_repetition(&mut self, repetition: &Repetition) -> Result<(), String> {
        let Repetition { min, max, greedy, sub } = repetition;
        let copies = if max.is_none() { min.saturating_sub(1) } else { *min };
        for _ in 0..copies {
            self.add(sub)?;
        }
        let Some(max) = max else {
            let may_be_empty = sub.properties().minimum_len() == Some(0);
            let enters = (*min == 0).then(|| self.split());
            let start = self.steps.len();
            self.add(sub)?;
            match enters {
                Some(enters) if !may_be_empty => self.steps.push(Step::Jump(enters)),
                _ => {
                    let again = self.split();
                    self.lead(again, *greedy, [start, again + 1]);
                }
            }
            if let Some(enters) = enters {
                self.lead(enters, *greedy, [start, self.steps.len()]);
            }
            return Ok(());
        };
        let mut enters = Vec::new();
        for _ in *min..*max {
            enters.push(self.split());
            self.add(sub)?;
        }
        for split in enters {
            self.lead(split, *greedy, [split + 1, self.steps.len()]);
        }
        Ok(())
    }

    /// Adds a split that is yet to lead anywhere.
    fn split(&mut self) -> usize {
        self.steps.push(Step::Split { number: self.splits, ways: [0; 2] });
        self.splits += 1;
        self.steps.len() - 1
    }

    fn lead(&mut self, split: usize, in_order: bool, [one, other]: [usize; 2]) {
        if let Step::Split { ways, .. } = &mut self.steps[split] {
            *ways = if in_order { [one, other] } else { [other, one] };
        }
    }
}

pub(super) fn holds(class: &ClassUnicode, char: char) -> bool {
    let ranges = class.ranges();
    let at = ranges.partition_point(|range| range.end() < char);
    ranges.get(at).is_some_and(|range| range.start() <= char)
}
