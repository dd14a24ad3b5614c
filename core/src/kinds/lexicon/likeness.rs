//! In what a wrong character is like the right one.

use std::collections::HashMap;

use crate::draft::han::Han;
use crate::entry::Entry;
use crate::kinds::lexicon::sets::{self, Rows};
use crate::order::by_number;

/// How characters are read.
#[derive(Clone, Debug)]
pub(crate) struct Sounds {
    pub(crate) exact: Groups,
    /// The same with sounds taken for one that many speakers do not tell apart: zh and z, ing and in.
    pub(crate) blurred: Groups,
    /// For each character the number from 1 of its first blurred sound, or 0.
    pub(crate) first: Vec<u16>,
}

impl Sounds {
    /// Those of the list that `sounds_file` names: rows of a reading, the characters read so first, and those read so
    /// too.
    pub(crate) fn read(entry: &mut Entry<'_>) -> Sounds {
        Sounds::new(&sets::read(entry, "sounds_file"))
    }

    fn new(rows: &Rows) -> Sounds {
        let [exact, blurred] =
            [str::to_owned, blurred].map(|name| numbered(rows.names().iter().map(|own| name(own))));
        let mut first = vec![0; Han::COUNT];
        for (row, number) in blurred.iter().enumerate() {
            let number = u16::try_from(number + 1).expect("fewer than 2¹⁶ sounds");
            for han in rows.cells(row).next().unwrap_or_default() {
                first[han.index()] = number;
            }
        }
        Sounds { exact: Groups::new(rows, &exact), blurred: Groups::new(rows, &blurred), first }
    }

    /// The numbers of all blurred sounds of a character.
    pub(crate) fn numbers(&self, han: Han) -> impl Iterator<Item = u16> + '_ {
        self.blurred.of_char(han).filter_map(|group| u16::try_from(group + 1).ok())
    }
}

/// Groups of characters that have something in common.
#[derive(Clone, Debug)]
pub(crate) struct Groups {
    /// The groups of all characters, one character after the other.
    numbers: Vec<u32>,
    /// Where those of each character begin, and the end.
    starts: Vec<u32>,
    /// The characters of all groups, one group after the other.
    members: Vec<Han>,
    /// Where those of each group begin, and the end.
    ends: Vec<u32>,
}

impl Groups {
    /// The groups of rows, of each of which the number of its group is given.
    fn new(rows: &Rows, numbers: &[u32]) -> Groups {
        let held = numbers.iter().enumerate().flat_map(|(row, number)| {
            rows.chars(row).iter().map(|han| (u32::from(han.code() - Han::FIRST), *number))
        });
        let (starts, numbers) = by_number(held, Han::COUNT, 0);
        // From one character to the next, so that the members of a group go up.
        let held = (0..).map(Han::of_bits).zip(starts.windows(2)).flat_map(|(han, ends)| {
            let own = &numbers[ends[0] as usize..ends[1] as usize];
            own.iter().map(move |number| (*number, han))
        });
        let groups = numbers.iter().max().map_or(0, |last| *last as usize + 1);
        let (ends, members) = by_number(held, groups, Han::NONE);
        Groups { numbers, starts, members, ends }
    }

    /// The members of every group.
    pub(crate) fn all(&self) -> impl ExactSizeIterator<Item = &[Han]> {
        self.ends.windows(2).map(|ends| &self.members[ends[0] as usize..ends[1] as usize])
    }

    /// Those of the list that `shapes_file` names: rows of a name and characters.
    pub(crate) fn read(entry: &mut Entry<'_>) -> Groups {
        let rows = sets::read(entry, "shapes_file");
        let numbers = match rows.names() {
            [] => (0..).take(rows.len()).collect(),
            names => numbered(names.iter().cloned()),
        };
        Groups::new(&rows, &numbers)
    }

    /// Whether a group holds both.
    pub(crate) fn join(&self, one: Han, other: Han) -> bool {
        self.of_char(one).any(|group| self.of_char(other).any(|own| own == group))
    }

    /// The numbers of the groups that hold it.
    pub(crate) fn of_char(&self, han: Han) -> impl Iterator<Item = u32> + '_ {
        let [from, to] = [0, 1].map(|n| self.starts[han.index() + n] as usize);
        self.numbers[from..to].iter().copied()
    }
}

/// For each name its number among those that differ.
fn numbered(names: impl Iterator<Item = String>) -> Vec<u32> {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let number = |name| {
        let next = u32::try_from(numbers.len()).expect("fewer than 2³² names");
        *numbers.entry(name).or_insert(next)
    };
    names.map(number).collect()
}

/// A reading without what many speakers do not tell apart: zh is z, ch is c, sh is s, ng is n.
pub(crate) fn blurred(reading: &str) -> String {
    let mut before = ' ';
    let is_told = |char: &char| {
        let (last, own) = (before, *char);
        before = own;
        !matches!((last, own), ('z' | 'c' | 's', 'h') | ('n', 'g'))
    };
    reading.chars().filter(is_told).collect()
}
