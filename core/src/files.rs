//! The files of a ruleset, and how those of compiled rules are kept: whole, packed, or without what literals tell.

use std::any::{Any, TypeId};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use serde::{Deserialize, Serialize};

use crate::ranked::Kept;

/// The files of a ruleset.
#[derive(Debug, Default)]
pub(crate) struct Files {
    named: Vec<File>,
    /// Whether it is known that nothing in them is wrong.
    pub(crate) proven: bool,
    read: Mutex<Made>,
}

/// A file: its name and what it holds.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) name: String,
    content: Content,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    Text(Cow<'static, [u8]>),
    /// What a kind of rule packed the text to.
    Packed(Cow<'static, [u8]>),
    /// A list of a compiled file, restored when it is first asked for; with the literals where it was [`shortened`].
    Waiting {
        rows: Kept,
        literals: Option<Arc<Lines>>,
        text: OnceLock<String>,
    },
}

/// What was read from lists, by what it is and the name of the file: rules that name one list share it.
pub(crate) type Made = HashMap<(TypeId, String), Arc<dyn Any + Send + Sync>>;

impl Files {
    pub(crate) fn new(named: &[(&str, &str)]) -> Arc<Files> {
        let own = |(name, text): &(&str, &str)| {
            File::new((*name).to_owned(), Content::Text(Cow::Owned(text.as_bytes().to_vec())))
        };
        Arc::new(Files { named: named.iter().map(own).collect(), ..Files::default() })
    }

    /// Lists in which nothing is wrong.
    pub(crate) fn proven(named: Vec<File>) -> Arc<Files> {
        Arc::new(Files { named, proven: true, ..Files::default() })
    }

    /// The files in order, each with its text.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.named.iter().map(|file| (&*file.name, file.text()))
    }

    /// The file of that name.
    pub(crate) fn named(&self, name: &str) -> Option<&File> {
        self.named.iter().find(|file| file.name == name)
    }

    /// The text of the file of that name.
    pub(crate) fn text(&self, name: &str) -> Option<(&str, &str)> {
        self.named(name).map(|file| (&*file.name, file.text()))
    }

    pub(crate) fn made(&self) -> MutexGuard<'_, Made> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl File {
    pub(crate) fn new(name: String, content: Content) -> File {
        File { name, content }
    }

    /// Its text; that of a packed file is empty.
    pub(crate) fn text(&self) -> &str {
        match &self.content {
            Content::Text(text) => std::str::from_utf8(text).unwrap_or_default(),
            Content::Packed(_) => "",
            Content::Waiting { rows, literals, text } => text.get_or_init(|| {
                let rows = String::from_utf8(rows.get().into_owned()).unwrap_or_default();
                match literals {
                    Some(literals) => restored(&rows, literals).unwrap_or_default(),
                    None => rows,
                }
            }),
        }
    }

    /// What its text was packed to, where it was.
    pub(crate) fn packed(&self) -> Option<&[u8]> {
        match &self.content {
            Content::Packed(packed) => Some(packed),
            Content::Text(_) | Content::Waiting { .. } => None,
        }
    }
}

/// Texts by their numbers.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    /// All of them, one after the other.
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

/// The same without what each begins with as the one before does.
#[derive(Default, Serialize, Deserialize)]
struct PackedLines<S> {
    /// How many characters that are.
    same: Vec<u32>,
    lens: Vec<u32>,
    /// The others, of all lines.
    own: S,
}

impl Lines {
    /// The lines that [`Lines::pack`] packed.
    pub(crate) fn unpack(bytes: &[u8]) -> Option<Lines> {
        let packed: PackedLines<&str> = postcard::from_bytes(bytes).ok()?;
        let mut text = String::with_capacity(4 * packed.own.len());
        let mut ends = Vec::with_capacity(packed.lens.len());
        let (mut own, mut start) = (packed.own, 0);
        for (same, len) in packed.same.iter().zip(&packed.lens) {
            let shared = first(&text[start..], *same).len();
            text.extend_from_within(start..start + shared);
            start = text.len() - shared;
            let (line, rest) = own.split_at(first(own, len.checked_sub(*same)?).len());
            text.push_str(line);
            ends.push(text.len());
            own = rest;
        }
        Some(Lines { text, ends })
    }

    /// Lines in little room.
    pub(crate) fn pack(lines: &[String]) -> Vec<u8> {
        let number = |number: usize| u32::try_from(number).expect("fewer than 2³² characters");
        let (mut packed, mut before) = (PackedLines::<String>::default(), "");
        for line in lines {
            let same = before.chars().zip(line.chars()).take_while(|(one, other)| one == other).count();
            packed.same.push(number(same));
            packed.lens.push(number(line.chars().count()));
            packed.own.extend(line.chars().skip(same));
            before = line;
        }
        postcard::to_allocvec(&packed).expect("numbers and text can be packed")
    }

    /// All in order.
    pub(crate) fn all(&self) -> Vec<&str> {
        (0..self.ends.len()).filter_map(|number| self.get(number)).collect()
    }

    fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)?;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..end)
    }
}

/// So many characters of the start of `text`, or all where it has fewer.
fn first(text: &str, count: u32) -> &str {
    let bytes = text.as_bytes();
    let mut end = 0;
    for _ in 0..count {
        // As many as there are ones before the first zero, save that ASCII has none.
        end += bytes.get(end).map_or(0, |lead| lead.leading_ones().max(1) as usize);
    }
    &text[..end]
}

/// Stands before the number of the literal that is the first cell of a row.
const LITERAL: char = '\u{1}';
/// Stands for the character that has the same place in the first cell.
const SAME: char = '\u{2}';

/// The rows of a list without what literals tell, where they can be restored.
///
/// A first cell that is the literal after that of the row before is left out, of any other literal only the number
/// stays; what the further cells have in common with the first is marked.
pub(crate) fn shortened(rows: &str, numbers: &HashMap<&str, usize>) -> Option<String> {
    if rows.contains([LITERAL, SAME]) || !rows.ends_with('\n') {
        return None;
    }
    let (mut short, mut next) = (String::new(), None);
    for row in rows.strip_suffix('\n')?.split('\n') {
        let mut cells = row.split('\t');
        let first = cells.next().filter(|first| !first.is_empty())?;
        match numbers.get(first) {
            Some(number) if Some(*number) == next => {}
            Some(number) => short.extend([LITERAL.to_string(), number.to_string()]),
            None => short.push_str(first),
        }
        next = numbers.get(first).map(|number| number + 1).or(next);
        for cell in cells {
            short.push('\t');
            let mut own = first.chars();
            let marked = |char: char| if own.next() == Some(char) && !char.is_ascii() { SAME } else { char };
            short.extend(cell.chars().map(marked));
        }
        short.push('\n');
    }
    Some(short)
}

/// The rows that [`shortened`] made short.
fn restored(short: &str, literals: &Lines) -> Option<String> {
    let (mut rows, mut next) = (String::with_capacity(2 * short.len()), None);
    for row in short.strip_suffix('\n')?.split('\n') {
        let mut cells = row.split('\t');
        let first = cells.next()?;
        let number = match first.strip_prefix(LITERAL) {
            Some(number) => Some(number.parse().ok()?),
            None => next.filter(|_| first.is_empty()),
        };
        let first = match number {
            Some(number) => literals.get(number)?,
            None => first,
        };
        next = number.map(|number: usize| number + 1).or(next);
        rows.push_str(first);
        for cell in cells {
            rows.push('\t');
            let mut own = first.chars();
            for char in cell.chars() {
                let same = own.next();
                rows.push(if char == SAME { same? } else { char });
            }
        }
        rows.push('\n');
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_begin_alike() {
        for lines in [
            &[][..],
            &["甲"],
            &["第1条", "第1款", "第12条", "第12条", "第1"],
            &["甲a乙", "乙", "乙\u{1}甲𠀀", "乙\u{1}甲𠀁"],
        ] {
            let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            assert_eq!(Lines::unpack(&Lines::pack(&lines)).unwrap().all(), lines);
        }
    }

    #[test]
    fn what_literals_tell_is_left_out() {
        let texts = ["布署", "帐户", "工做"];
        let literals = Lines::unpack(&Lines::pack(&texts.map(str::to_owned))).unwrap();
        let numbers = texts.into_iter().zip(0..).collect();
        for (rows, short) in [
            ("布署\t部署\n帐户\t账户|户头\t老帐户\n", "\u{1}0\t部\u{2}\n\t账\u{2}|户头\t老帐户\n"),
            ("工做\n布署\n帐户\n", "\u{1}2\n\u{1}0\n\n"),
            ("布署\n自觉\t自觉自愿\n帐户\t\n", "\u{1}0\n自觉\t\u{2}\u{2}自愿\n\t\n"),
            ("a1\ta2\n", "a1\ta2\n"),
        ] {
            assert_eq!(shortened(rows, &numbers).as_deref(), Some(short));
            assert_eq!(restored(short, &literals).as_deref(), Some(rows));
        }
        for rows in ["", "布署", "\t部署\n", "布署\n\n", "\u{1}\n", "布署\t\u{2}署\n"] {
            assert_eq!(shortened(rows, &numbers), None, "{rows:?}");
        }
        for short in ["\u{1}9\n", "\u{1}x\n", "a\t\u{2}\u{2}\n"] {
            assert_eq!(restored(short, &literals), None, "{short:?}");
        }
    }
}
