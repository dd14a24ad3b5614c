//! In what a wrong character is like the right one.

use std::collections::HashMap;

use crate::draft::han::Han;
use crate::entry::Entry;
use crate::kinds::lexicon::sets::{self, Row};

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

    fn new(rows: &[Row]) -> Sounds {
        let blurred: Vec<String> = rows.iter().map(|row| blurred(&row.name)).collect();
        let (blurred, numbers) = Groups::named(blurred.iter().map(String::as_str).zip(rows));
        let mut first = vec![0; Han::COUNT];
        for (row, number) in rows.iter().zip(numbers) {
            let number = u16::try_from(number + 1).expect("fewer than 2¹⁶ sounds");
            for han in row.cells.first().into_iter().flatten() {
                first[han.index()] = number;
            }
        }
        let (exact, _) = Groups::named(rows.iter().map(|row| (&*row.name, row)));
        Sounds { exact, blurred, first }
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
    /// The groups of these names, and for each row the number of its group; rows of one name make one group.
    fn named<'r>(rows: impl Iterator<Item = (&'r str, &'r Row)>) -> (Groups, Vec<usize>) {
        let mut names: HashMap<&str, usize> = HashMap::new();
        let (mut groups, mut numbers) = (Vec::new(), Vec::new());
        for (name, row) in rows {
            let group = *names.entry(name).or_insert(groups.len());
            groups.resize(groups.len().max(group + 1), Vec::new());
            groups[group].extend(row.cells.iter().flatten().copied());
            numbers.push(group);
        }
        (Groups::of(groups.iter().map(Vec::as_slice)), numbers)
    }

    /// These groups.
    pub(crate) fn of<'m>(groups: impl Iterator<Item = &'m [Han]>) -> Groups {
        let small = |count: usize| u32::try_from(count).expect("fewer than 2³² characters");
        let (mut members, mut ends) = (Vec::new(), vec![0]);
        let (mut held, mut starts) = (Vec::new(), vec![0; Han::COUNT + 1]);
        for (number, group) in groups.enumerate() {
            held.extend(group.iter().map(|han| (*han, small(number))));
            let from = members.len();
            members.extend_from_slice(group);
            members[from..].sort_unstable();
            ends.push(small(members.len()));
        }
        for (han, _) in &held {
            starts[han.index() + 1] += 1;
        }
        for next in 1..starts.len() {
            starts[next] += starts[next - 1];
        }
        // Those of a character go up, for the groups come in order.
        let (mut numbers, mut next) = (vec![0; held.len()], starts.clone());
        for (han, group) in held {
            let place = &mut next[han.index()];
            numbers[*place as usize] = group;
            *place += 1;
        }
        Groups { numbers, starts, members, ends }
    }

    /// The members of every group.
    pub(crate) fn all(&self) -> impl Iterator<Item = &[Han]> {
        self.ends.windows(2).map(|ends| &self.members[ends[0] as usize..ends[1] as usize])
    }

    /// Those of the list that `shapes_file` names: rows of a name and characters.
    pub(crate) fn read(entry: &mut Entry<'_>) -> Groups {
        let rows = sets::read(entry, "shapes_file");
        Groups::named(rows.iter().map(|row| (&*row.name, row))).0
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

/// A reading without what many speakers do not tell apart.
pub(crate) fn blurred(reading: &str) -> String {
    reading.replace("zh", "z").replace("ch", "c").replace("sh", "s").replace("ng", "n")
}
