//! Figures of neighbours in little room, as a compiled file holds them: levels as streams, all other rows as they are.

use serde::{Deserialize, Serialize};

use crate::entry::{Entry, Located};
use crate::kinds::lexicon::levels::{Level, of_rows};
use crate::kinds::lexicon::streams::{Numbers, byte, put};

#[derive(Serialize, Deserialize)]
struct Packed<T, S> {
    rows: T,
    levels: Vec<Streams<T, S>>,
}

/// The levels of one name, two in a byte, and the distances between their numbers, the lowest eight bits apart.
#[derive(Default, Serialize, Deserialize)]
struct Streams<T, S> {
    name: T,
    lows: S,
    highs: S,
    levels: S,
}

/// The names of the rows that are levels.
const NAMES: [&str; 2] = ["pairs", "triples"];

/// The rows of the list that `figures_file` names; those of levels are wanting where it is packed.
pub(crate) fn rows(entry: &mut Entry<'_>) -> Vec<Located<Vec<String>>> {
    let Some(bytes) = entry.packed("figures_file") else { return entry.table("figures_file") };
    let packed: Option<Packed<&str, &[u8]>> = postcard::from_bytes(bytes).ok();
    let rows = packed.map_or("", |packed| packed.rows).lines();
    rows.map(|row| Located { value: cells(row), place: entry.place_of("figures_file") }).collect()
}

/// The rows in less room, where the levels can be read.
pub(crate) fn pack(list: &str) -> Option<Vec<u8>> {
    let rows: Vec<Vec<String>> = list.lines().map(cells).collect();
    let levels = NAMES.map(|name| {
        let mut streams = Streams { name, ..Streams::<&str, Vec<u8>>::default() };
        let levels = of_rows(rows.iter().map(Vec::as_slice), name)?;
        let mut before = 0;
        for level in &levels {
            let distance = (level.number() - before) as usize;
            streams.lows.push(byte(distance & 0xff));
            put(&mut streams.highs, distance >> 8);
            before = level.number();
        }
        let both = |two: &[Level]| two.iter().rev().fold(0, |both, own| both << 4 | usize::from(own.level()));
        streams.levels = levels.chunks(2).map(|two| byte(both(two))).collect();
        Some(streams)
    });
    let is_other = |row: &&str| !NAMES.iter().any(|name| row.split('\t').next() == Some(name));
    let rows: String = list.lines().filter(is_other).flat_map(|row| [row, "\n"]).collect();
    let levels = levels.into_iter().collect::<Option<_>>()?;
    Some(postcard::to_allocvec(&Packed { rows: &*rows, levels }).expect("bytes can be packed"))
}

/// The levels of that name.
pub(super) fn levels(bytes: &[u8], name: &str) -> Option<Vec<Level>> {
    let packed: Packed<&str, &[u8]> = postcard::from_bytes(bytes).ok()?;
    let own = packed.levels.iter().find(|levels| levels.name == name)?;
    if own.levels.len() != own.lows.len().div_ceil(2) {
        return None;
    }
    let (mut highs, mut number) = (Numbers(own.highs), 0_u32);
    let mut levels = Vec::with_capacity(own.lows.len());
    for (lows, both) in own.lows.chunks(2).zip(own.levels) {
        for (low, level) in lows.iter().zip([both & 0xf, both >> 4]) {
            let distance = highs.next()?.checked_mul(1 << 8)? | usize::from(*low);
            number = number.checked_add(u32::try_from(distance).ok()?)?;
            levels.push(Level::new(number, u16::from(level))?);
        }
    }
    Some(levels)
}

fn cells(row: &str) -> Vec<String> {
    row.split('\t').map(|cell| cell.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Numbers 1, 2 and 300 with levels 1, 2 and 3: distances of two low bits.
    const LIST: &str =
        "letters\t中\t人\npairs\t3\t2\npairs\tI3///////////+sA\ntriples\t0\t1\ntriples\t\nunfit\t的\n";

    #[test]
    fn what_is_unpacked_is_what_was_packed() {
        let rows: Vec<Vec<String>> = LIST.lines().map(cells).collect();
        let packed = pack(LIST).unwrap();
        for name in NAMES {
            assert_eq!(levels(&packed, name), of_rows(rows.iter().map(Vec::as_slice), name), "{name}");
        }
        let kept: Packed<&str, &[u8]> = postcard::from_bytes(&packed).unwrap();
        assert_eq!(kept.rows, "letters\t中\t人\nunfit\t的\n");
    }

    #[test]
    fn what_cannot_be_read() {
        assert_eq!(pack("letters\t中\n"), None);
        let packed = pack(LIST).unwrap();
        for at in 0..packed.len() {
            assert_eq!(levels(&packed[..at], "pairs"), None, "cut at {at}");
        }
    }
}
