//! The words that the standard rules look for.

use std::collections::BTreeSet;

/// The words of the standard rules that stand in lists: what any engine would look for. Single characters are left
/// out: most of them are tables of sounds and shapes, and their hits would be all that the peers are busy with.
pub(crate) fn literals() -> Vec<String> {
    let mut words = BTreeSet::new();
    for (name, text) in baguan_rulesets::FILES {
        if name.rsplit('.').next() == Some("tsv") {
            let rows = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
            let firsts = rows.filter_map(|row| row.split('\t').next());
            words.extend(firsts.filter(|word| word.chars().nth(1).is_some()).map(str::to_owned));
        }
    }
    words.into_iter().collect()
}

/// The first two characters of each of them.
pub(crate) fn starts() -> String {
    literals().iter().flat_map(|word| word.chars().take(2)).collect()
}
