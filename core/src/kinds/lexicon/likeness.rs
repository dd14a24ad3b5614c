//! In what a wrong character is like the right one.

use std::collections::HashMap;

use crate::draft::han::Han;
use crate::entry::Located;
use crate::kinds::lexicon::HanSet;

/// How characters are read.
#[derive(Clone, Debug)]
pub(crate) struct Sounds {
    pub(crate) exact: Groups,
    /// The same with sounds taken for one that many speakers do not tell apart: zh and z, ing and in.
    pub(crate) blurred: Groups,
    /// For each character the number from 1 of its first blurred sound, or 0.
    pub(crate) first: Vec<u16>,
    /// The characters with further sounds.
    pub(crate) several: HanSet,
}

impl Sounds {
    /// The sounds of rows of a reading, the characters read so first, and those read so too.
    pub(crate) fn new(rows: &[Located<Vec<String>>]) -> Sounds {
        let named = |name: fn(&str) -> String| {
            rows.iter().map(move |row| (name(&row.value[0]), row.value[1..].concat()))
        };
        let mut numbers = HashMap::new();
        let mut first = vec![0; Han::COUNT];
        for row in rows {
            let next = u16::try_from(numbers.len() + 1).expect("fewer than 2¹⁶ sounds");
            let number = *numbers.entry(blurred(&row.value[0])).or_insert(next);
            for han in row.value.get(1).into_iter().flat_map(|cell| cell.chars()).filter_map(Han::new) {
                first[han.index()] = number;
            }
        }
        let several: String = rows.iter().filter_map(|row| row.value.get(2).map(String::as_str)).collect();
        Sounds {
            several: HanSet::new(&several),
            exact: Groups::new(named(str::to_owned)),
            blurred: Groups::new(named(blurred)),
            first,
        }
    }

    /// The numbers of all blurred sounds of a character.
    pub(crate) fn numbers(&self, han: Han) -> impl Iterator<Item = u16> + '_ {
        // Both count the names in order of the rows.
        self.blurred.of(han).filter_map(|group| u16::try_from(group + 1).ok())
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
    /// The groups of these names; rows of one name make one group.
    pub(crate) fn new(rows: impl Iterator<Item = (String, String)>) -> Groups {
        let mut names: HashMap<String, u32> = HashMap::new();
        let mut members = Vec::new();
        for (name, chars) in rows {
            let next = u32::try_from(names.len()).expect("fewer than 2³² rows");
            let group = *names.entry(name).or_insert(next);
            members.extend(chars.chars().filter_map(Han::new).map(|han| (han, group)));
        }
        members.sort_unstable();
        let mut starts = vec![0; Han::COUNT + 1];
        for (han, _) in &members {
            starts[han.index() + 1] += 1;
        }
        for next in 1..starts.len() {
            starts[next] += starts[next - 1];
        }
        let numbers: Vec<u32> = members.iter().map(|(_, group)| *group).collect();
        members.sort_by_key(|(_, group)| *group);
        let ends =
            (0..=names.len()).map(|name| members.partition_point(|(_, group)| (*group as usize) < name));
        Groups {
            numbers,
            starts,
            ends: ends.map(|end| u32::try_from(end).expect("fewer than 2³² characters")).collect(),
            members: members.into_iter().map(|(han, _)| han).collect(),
        }
    }

    /// The groups of rows of a name and characters.
    pub(crate) fn of_rows(rows: &[Located<Vec<String>>]) -> Groups {
        Groups::new(rows.iter().map(|row| (row.value[0].clone(), row.value[1..].concat())))
    }

    /// The characters of a group.
    pub(crate) fn members(&self, group: u32) -> &[Han] {
        let [from, to] = [0, 1].map(|n| self.ends[group as usize + n] as usize);
        &self.members[from..to]
    }

    /// Whether a group holds both.
    pub(crate) fn join(&self, one: Han, other: Han) -> bool {
        self.of(one).any(|group| self.of(other).any(|own| own == group))
    }

    /// The numbers of the groups that hold it.
    pub(crate) fn of(&self, han: Han) -> impl Iterator<Item = u32> + '_ {
        let [from, to] = [0, 1].map(|n| self.starts[han.index() + n] as usize);
        self.numbers[from..to].iter().copied()
    }
}

/// A reading without what many speakers do not tell apart.
pub(crate) fn blurred(reading: &str) -> String {
    reading.replace("zh", "z").replace("ch", "c").replace("sh", "s").replace("ng", "n")
}
