//! Rows of a name and sets of Han characters, and the same in little room, as a compiled file holds them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::draft::han::Han;
use crate::entry::Entry;
use crate::kinds::lexicon::streams::{Numbers, Steps, put, put_steps};

/// Rows of a list: of each a name, and in each further cell characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows {
    /// None where nothing but their places tells rows apart.
    names: Vec<String>,
    /// The characters of all cells, one cell after the other.
    chars: Vec<Han>,
    /// Where each cell ends among the characters.
    cells: Vec<usize>,
    /// Where each row ends among the cells.
    ends: Vec<usize>,
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

impl Rows {
    fn of<T: AsRef<str>>(rows: impl Iterator<Item = Vec<T>>) -> Rows {
        let mut all = Rows::default();
        for row in rows {
            all.names.push(row[0].as_ref().to_owned());
            for cell in &row[1..] {
                all.chars.extend(cell.as_ref().chars().filter_map(Han::new));
                all.cells.push(all.chars.len());
            }
            all.ends.push(all.cells.len());
        }
        all
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The name of each row; none where they have none.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// The characters of all cells of a row.
    pub(super) fn chars(&self, row: usize) -> &[Han] {
        let from = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.chars[self.start(from)..self.start(self.ends[row])]
    }

    /// The characters of each cell of a row.
    pub(super) fn cells(&self, row: usize) -> impl Iterator<Item = &[Han]> {
        let from = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        (from..self.ends[row]).map(|cell| &self.chars[self.start(cell)..self.cells[cell]])
    }

    /// Where a cell starts among the characters.
    fn start(&self, cell: usize) -> usize {
        cell.checked_sub(1).map_or(0, |before| self.cells[before])
    }
}

/// The rows of the list that `field` names.
pub(super) fn read(entry: &mut Entry<'_>, field: &'static str) -> Rows {
    match entry.packed(field) {
        Some(bytes) => unpack(bytes).unwrap_or_default(),
        None => Rows::of(entry.table(field).into_iter().map(|row| row.value)),
    }
}

/// The rows of a list in less room; names that only tell rows apart are not kept.
pub(crate) fn pack(rows: &str, keeps_names: bool) -> Vec<u8> {
    let rows = Rows::of(rows.lines().map(|row| row.split('\t').map(str::trim).collect()));
    let mut packed: Packed<String, Vec<u8>> = Packed::default();
    let names: BTreeSet<&String> = rows.names.iter().collect();
    if keeps_names || names.len() < rows.len() {
        packed.names = rows.names.iter().flat_map(|name| [name, "\n"]).collect();
    }
    for row in 0..rows.len() {
        put(&mut packed.cells, rows.cells(row).count());
        for cell in rows.cells(row) {
            let chars: BTreeSet<usize> = cell.iter().map(|han| han.index()).collect();
            put(&mut packed.lens, chars.len());
            put_steps(&mut packed.steps, chars.into_iter());
        }
    }
    postcard::to_allocvec(&packed).expect("bytes can be packed")
}

fn unpack(bytes: &[u8]) -> Option<Rows> {
    let packed: Packed<&str, &[u8]> = postcard::from_bytes(bytes).ok()?;
    let [mut cells, mut lens, mut numbers] = [packed.cells, packed.lens, packed.steps].map(Numbers);
    let mut rows = Rows {
        names: packed.names.lines().map(str::to_owned).collect(),
        chars: Vec::with_capacity(packed.steps.len()),
        cells: Vec::with_capacity(packed.lens.len()),
        ends: Vec::with_capacity(packed.cells.len()),
    };
    while !cells.0.is_empty() {
        for _ in 0..cells.next()? {
            let mut steps = Steps::default();
            for _ in 0..lens.next()? {
                rows.chars.push(Han::of_index(steps.next(&mut numbers)?)?);
            }
            rows.cells.push(rows.chars.len());
        }
        rows.ends.push(rows.cells.len());
    }
    (rows.names.is_empty() || rows.names.len() == rows.len()).then_some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::han::all_han;

    fn rows(text: &str) -> Rows {
        Rows::of(text.lines().map(|row| row.split('\t').collect()))
    }

    #[test]
    fn what_is_unpacked_is_what_was_packed() {
        let sounds = "a\t啊嗄\t吖\nlü\t\t律率绿\nzhong\t中钟";
        let unpacked = unpack(&pack(sounds, true)).unwrap();
        assert_eq!(unpacked, rows(sounds));
        let cells = |row: usize| -> Vec<String> {
            unpacked.cells(row).map(|cell| cell.iter().map(|han| han.char()).collect()).collect()
        };
        assert_eq!([0, 1, 2].map(cells), [vec!["啊嗄", "吖"], vec!["", "律率绿"], vec!["中钟"]]);
        let chars: Vec<&[Han]> = (0..unpacked.len()).map(|row| unpacked.chars(row)).collect();
        assert_eq!(chars.concat(), all_han("啊嗄吖律率绿中钟").unwrap());
        assert_eq!(unpack(&pack("", true)), Some(Rows::default()));
    }

    #[test]
    fn names_that_only_tell_rows_apart() {
        let unpacked = |list: &str| unpack(&pack(list, false));
        let without_names = Rows { names: Vec::new(), ..rows("\t亥以\n\t己已巳") };
        assert_eq!(unpacked("□人\t亥以\n㇆乚\t巳己已x己"), Some(without_names));
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
