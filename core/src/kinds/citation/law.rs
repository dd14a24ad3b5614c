//! The tables of a citation rule: laws with the days they hold, and how many articles they have.

use crate::date::Date;
use crate::entry::{Entry, Located};
use crate::error::ProblemKind;
use crate::kinds::citation::Fault;
use crate::kinds::issuer::{STATE, opening};

/// A law and the days on which its standing changes.
#[derive(Clone, Debug)]
pub(super) struct Law {
    pub(super) title: Title,
    in_force: Option<Date>,
    repealed: Option<Date>,
    /// Their titles, without the name of the state.
    pub(super) successors: Vec<String>,
    /// What it is from the day of its repeal on.
    ended: Fault,
    pub(super) evidence: String,
}

/// How many articles a law has in one of its versions.
#[derive(Clone, Debug)]
pub(super) struct Version {
    pub(super) title: Title,
    pub(super) last: u32,
    pub(super) from: Date,
    to: Option<Date>,
}

/// The title of a document.
#[derive(Clone, Debug)]
pub(super) struct Title {
    /// As it is published, without the name of the state.
    pub(super) official: String,
    /// Without those who issued it, where it reads 关于….
    pub(super) bare: String,
}

impl Law {
    pub(super) fn read(row: &Located<Vec<String>>, entry: &mut Entry<'_>) -> Option<Law> {
        let [title, in_force, repealed, successors, evidence, rest @ ..] = row.value.as_slice() else {
            let message = "expected title, in force from, repealed from, successor and evidence".to_owned();
            entry.problem_at(row.place.clone(), ProblemKind::Invalid(message));
            return None;
        };
        let marks = [Fault::Renamed, Fault::Unconfirmed];
        let ended = match rest {
            [] => Some(Fault::Repealed),
            [mark] if mark.is_empty() => Some(Fault::Repealed),
            [mark] => marks.into_iter().find(|fault| fault.name() == mark),
            _ => None,
        };
        let Some(ended) = ended else {
            let message =
                "expected at most a sixth column that is empty, `renamed` or `unconfirmed`".to_owned();
            entry.problem_at(row.place.clone(), ProblemKind::Invalid(message));
            return None;
        };
        let bare = |title: &str| title.strip_prefix(STATE).unwrap_or(title).to_owned();
        Some(Law {
            title: Title::read(title, row, entry),
            in_force: date(in_force, row, entry),
            repealed: date(repealed, row, entry),
            successors: successors.split('|').filter(|title| !title.is_empty()).map(bare).collect(),
            ended,
            evidence: evidence.clone(),
        })
    }

    /// What is wrong with citing it on that day, and since or until when.
    pub(super) fn fault(&self, as_of: Date) -> Option<(Fault, Date)> {
        if let Some(day) = self.repealed.filter(|day| *day <= as_of) {
            return Some((self.ended, day));
        }
        self.in_force.filter(|day| as_of < *day).map(|day| (Fault::NotYetInForce, day))
    }

    /// What takes its place, with title marks.
    pub(super) fn successor(&self) -> String {
        if self.successors.is_empty() {
            return "无".to_owned();
        }
        format!("《{}》", self.successors.join("》《"))
    }
}

impl Version {
    pub(super) fn read(row: &Located<Vec<String>>, entry: &mut Entry<'_>) -> Option<Version> {
        let [title, last, from, to] = row.value.as_slice() else {
            let message = "expected title, last article, from and to".to_owned();
            entry.problem_at(row.place.clone(), ProblemKind::Invalid(message));
            return None;
        };
        let title = Title::read(title, row, entry);
        let Some(last) = last.parse().ok().filter(|last| *last > 0) else {
            let message = format!("`{last}` is no number of an article");
            entry.problem_at(row.place.clone(), ProblemKind::Invalid(message));
            return None;
        };
        let (from, to) = (date(from, row, entry), date(to, row, entry));
        if from.is_none() {
            let message = "expected the day from which the count holds".to_owned();
            entry.problem_at(row.place.clone(), ProblemKind::Invalid(message));
        }
        Some(Version { title, last, from: from?, to })
    }

    /// Whether it is the version of that day.
    pub(super) fn holds(&self, as_of: Date) -> bool {
        self.from <= as_of && self.to.is_none_or(|to| as_of < to)
    }
}

impl Title {
    fn read(title: &str, row: &Located<Vec<String>>, entry: &mut Entry<'_>) -> Title {
        if title.starts_with(STATE) {
            let message = format!("`{title}`: leave out the leading {STATE}");
            entry.problem_at(row.place.clone(), ProblemKind::Invalid(message));
        }
        Title { official: title.to_owned(), bare: without_issuers(title).to_owned() }
    }

    /// How a citation may write it: the marks of a title within it left out or of another shape, and the name of
    /// the state left out there.
    pub(super) fn spellings(&self) -> Vec<String> {
        const MARKS: [[&str; 2]; 4] = [["〈", "〉"], ["《", "》"], ["<", ">"], ["", ""]];
        if !self.bare.contains('〈') {
            return vec![self.bare.clone()];
        }
        let short = self.bare.replace(&format!("〈{STATE}"), "〈");
        let spell = |title: &String, [open, close]: [&str; 2]| title.replace('〈', open).replace('〉', close);
        let mut spellings: Vec<String> =
            [&self.bare, &short].iter().flat_map(|title| MARKS.map(|marks| spell(title, marks))).collect();
        spellings.sort();
        spellings.dedup();
        spellings
    }
}

/// `title` without those who issued it, where it reads 关于….
pub(super) fn without_issuers(title: &str) -> &str {
    let rest = &title[opening(title)..];
    if rest.starts_with("关于") { rest } else { title }
}

/// A day in a cell of `row`; none where the cell is empty or no day.
fn date(cell: &str, row: &Located<Vec<String>>, entry: &mut Entry<'_>) -> Option<Date> {
    if cell.is_empty() {
        return None;
    }
    cell.parse().map_err(|message| entry.problem_at(row.place.clone(), ProblemKind::Invalid(message))).ok()
}
