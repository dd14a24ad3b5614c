//! In what a wrong character is like the right one.

use std::collections::HashMap;

use crate::kinds::lexicon::Han;

/// Groups of characters that have something in common.
#[derive(Clone, Debug)]
pub(super) struct Groups {
    /// The characters with their groups, sorted.
    members: Vec<(Han, u32)>,
    /// The number of each group.
    names: HashMap<String, u32>,
}

impl Groups {
    /// The groups of these names; rows of one name make one group.
    pub(super) fn new(rows: impl Iterator<Item = (String, String)>) -> Groups {
        let mut names: HashMap<String, u32> = HashMap::new();
        let mut members = Vec::new();
        for (name, chars) in rows {
            let next = u32::try_from(names.len()).expect("fewer than 2³² rows");
            let group = *names.entry(name).or_insert(next);
            members.extend(chars.chars().filter_map(Han::new).map(|han| (han, group)));
        }
        members.sort_unstable();
        Groups { members, names }
    }

    /// Whether a group holds both.
    pub(super) fn join(&self, one: Han, other: Han) -> bool {
        self.of(one).any(|group| self.of(other).any(|own| own == group))
    }

    /// The number of the group of that name, from 1; 0 for none.
    pub(super) fn of_name(&self, name: &str) -> u16 {
        self.names.get(name).and_then(|group| u16::try_from(group + 1).ok()).unwrap_or(0)
    }

    /// The numbers of the groups that hold it.
    pub(super) fn of(&self, han: Han) -> impl Iterator<Item = u32> + '_ {
        let from = self.members.partition_point(|(own, _)| *own < han);
        self.members[from..].iter().take_while(move |(own, _)| *own == han).map(|(_, group)| *group)
    }
}

/// A reading without what many speakers do not tell apart.
pub(super) fn blurred(reading: &str) -> String {
    reading.replace("zh", "z").replace("ch", "c").replace("sh", "s").replace("ng", "n")
}
