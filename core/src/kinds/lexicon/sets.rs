//! Rows of a name and sets of Han characters, and the same in little room, as a compiled file holds them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::draft::han::Han;
use crate::entry::Entry;
use crate::kinds::lexicon::streams::{Numbers, Steps, put, put_steps};

/// A row of a list: a name, and in each further cell characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) cells: Vec<Vec<Han>>,
}

/// The streams of packed rows.
#[derive(Default, Serialize, Deserialize)]
struct Packed<T, S> {
    /// A line each; empty where they are numbers.
    names: T,
    /// How many cells each row has, how many characters each cell.
    cells: S,
    lens: S,
    /// The distances between the characters of a cell.
    steps: S,
}

impl Row {
    fn of(cells: &[impl AsRef<str>]) -> Row {
        let chars = |cell: &str| cell.chars().filter_map(Han::new).collect();
        Row {
            name: cells[0].as_ref().to_owned(),
            cells: cells[1..].iter().map(|cell| chars(cell.as_ref())).collect(),
        }
    }
}

/// The rows of the list that `field` names.
pub(super) fn read(entry: &mut Entry<'_>, field: &'static str) -> Vec<Row> {
    match entry.packed(field) {
        Some(bytes) => unpack(bytes).unwrap_or_default(),
        None => entry.table(field).iter().map(|row| Row::of(&row.value)).collect(),
    }
}

/// The rows of a list in less room; names that only tell rows apart are not kept.
pub(crate) fn pack(rows: &str, keeps_names: bool) -> Vec<u8> {
    let cells = |row: &str| Row::of(&row.split('\t').map(str::trim).collect::<Vec<_>>());
    let rows: Vec<Row> = rows.lines().map(cells).collect();
    let mut packed: Packed<String, Vec<u8>> = Packed::default();
    let names: BTreeSet<&str> = rows.iter().map(|row| &*row.name).collect();
    if keeps_names || names.len() < rows.len() {
        packed.names = rows.iter().flat_map(|row| [&row.name, "\n"]).collect();
    }
    for row in &rows {
        put(&mut packed.cells, row.cells.len());
        for cell in &row.cells {
            let chars: BTreeSet<usize> = cell.iter().map(|han| han.index()).collect();
            put(&mut packed.lens, chars.len());
            put_steps(&mut packed.steps, chars.into_iter());
        }
    }
    postcard::to_allocvec(&packed).expect("bytes can be packed")
}

fn unpack(bytes: &[u8]) -> Option<Vec<Row>> {
    let packed: Packed<&str, &[u8]> = postcard::from_bytes(bytes).ok()?;
    let [mut cells, mut lens, mut numbers] = [packed.cells, packed.lens, packed.steps].map(Numbers);
    let (mut names, mut rows) = (packed.names.lines(), Vec::new());
    while !cells.0.is_empty() {
        let name = if packed.names.is_empty() { rows.len().to_string() } else { names.next()?.to_owned() };
        let mut row = Row { name, cells: Vec::new() };
        for _ in 0..cells.next()? {
            let (mut steps, mut chars) = (Steps::default(), Vec::new());
            for _ in 0..lens.next()? {
                let place = steps.next(&mut numbers).filter(|place| *place < Han::COUNT)?;
                chars.push(Han::of_bits(u64::try_from(place).ok()?));
            }
            row.cells.push(chars);
        }
        rows.push(row);
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Row> {
        text.lines().map(|row| Row::of(&row.split('\t').collect::<Vec<_>>())).collect()
    }

    #[test]
    fn what_is_unpacked_is_what_was_packed() {
        let sounds = "a\t啊嗄\t吖\nlü\t\t律率绿\nzhong\t中钟";
        assert_eq!(unpack(&pack(sounds, true)), Some(rows("a\t啊嗄\t吖\nlü\t\t律率绿\nzhong\t中钟")));
        assert_eq!(unpack(&pack("", true)), Some(Vec::new()));
    }

    #[test]
    fn names_that_only_tell_rows_apart() {
        let unpacked = |list: &str| unpack(&pack(list, false));
        assert_eq!(unpacked("□人\t亥以\n㇆乚\t巳己已x己"), Some(rows("0\t亥以\n1\t己已巳")));
        assert_eq!(unpacked("亠\t亥\n亠\t亦"), Some(rows("亠\t亥\n亠\t亦")));
    }

    #[test]
    fn whatever_is_damaged() {
        let packed = pack("a\t啊嗄\t吖\nlü\t\t律率绿", true);
        for at in 0..packed.len() {
            assert_eq!(unpack(&packed[..at]), None, "cut at {at}");
        }
    }
}
