//! What can be wrong with a ruleset, each problem with its place.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::order::sort_by;

/// A ruleset that cannot be used, with every problem found.
///
/// `Display` gives one problem a line: `file:line:column: message`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct RulesetError {
    problems: Vec<Problem>,
}

impl RulesetError {
    pub(crate) fn check(mut problems: Vec<Problem>) -> Result<(), RulesetError> {
        sort_by(&mut problems, |one, other| one.place.cmp(&other.place));
        if problems.is_empty() { Ok(()) } else { Err(RulesetError { problems }) }
    }

    pub(crate) fn of(problem: Problem) -> RulesetError {
        RulesetError { problems: vec![problem] }
    }

    /// Every problem, in order of files and places.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl fmt::Display for RulesetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, problem) in self.problems.iter().enumerate() {
            if n > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

/// One thing wrong with a ruleset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub kind: ProblemKind,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.kind)
    }
}

/// A place in a file of rules; line and column count from 1, the column in characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file's name as it was given.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The column in characters.
    pub column: usize,
}

impl Place {
    /// The place of byte `offset` of `text`.
    pub(crate) fn of(file: &str, text: &str, offset: usize) -> Place {
        Places::new(file, text).at(offset)
    }
}

/// The places of a file, asked for from front to back: each look starts where the last ended.
#[derive(Clone, Debug)]
pub(crate) struct Places<'t> {
    file: &'t str,
    text: &'t str,
    seen: usize,
    line: usize,
    column: usize,
}

impl<'t> Places<'t> {
    pub(crate) fn new(file: &'t str, text: &'t str) -> Places<'t> {
        Places { file, text, seen: 0, line: 1, column: 1 }
    }

    /// The place of byte `offset`.
    pub(crate) fn at(&mut self, offset: usize) -> Place {
        let offset = self.text.floor_char_boundary(offset);
        if offset < self.seen {
            *self = Places::new(self.file, self.text);
        }
        let between = &self.text[self.seen..offset];
        if let Some(line_end) = between.rfind('\n') {
            self.line += between.matches('\n').count();
            self.column = between[line_end + 1..].chars().count() + 1;
        } else {
            self.column += between.chars().count();
        }
        self.seen = offset;
        Place { file: self.file.to_owned(), line: self.line, column: self.column }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// The kinds of problem a ruleset can have.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The file is no TOML.
    #[error("{0}")]
    Syntax(String),
    /// A file could not be read.
    #[error("cannot read: {0}")]
    Unreadable(String),
    /// A field that the entry needs is absent.
    #[error("missing field `{0}`")]
    MissingField(&'static str),
    /// A value of another type than the field takes.
    #[error("`{field}` is {found}, expected {expected}")]
    WrongType {
        /// The field.
        field: String,
        /// What stands there.
        found: String,
        /// What belongs there.
        expected: &'static str,
    },
    /// A field that nothing reads.
    #[error("unknown field `{field}`{}", nearest_text(nearest.as_deref()))]
    UnknownField {
        /// The field.
        field: String,
        /// The field it may mean.
        nearest: Option<String>,
    },
    /// A name outside a closed list.
    #[error("unknown {what} `{value}`, expected one of {expected}{}", nearest_text(nearest.as_deref()))]
    UnknownName {
        /// What is named.
        what: &'static str,
        /// The name given.
        value: String,
        /// The names there are.
        expected: String,
        /// The name it may mean.
        nearest: Option<String>,
    },
    /// A tag that is switched on and that no rule has.
    #[error("no rule has the tag `{tag}`{}", nearest_text(nearest.as_deref()))]
    UnknownTag {
        /// The tag.
        tag: String,
        /// The tag it may mean.
        nearest: Option<String>,
    },
    /// A rule id that no rule has.
    #[error("unknown rule `{id}`{}", nearest_text(nearest.as_deref()))]
    UnknownRule {
        /// The id.
        id: String,
        /// The id it may mean.
        nearest: Option<String>,
    },
    /// The same id twice.
    #[error("duplicate id `{id}`, first given at {first}")]
    DuplicateId {
        /// The id.
        id: String,
        /// Where it stands first.
        first: Place,
    },
    /// The same entry twice in one list.
    #[error("`{0}` stands twice in the list (after folding)")]
    DuplicateItem(String),
    /// A list file out of order.
    #[error("`{value}` is out of order, expected it before `{previous}`")]
    Unsorted {
        /// The entry.
        value: String,
        /// The entry above it.
        previous: String,
    },
    /// A term that can never be reported.
    #[error("`{term}` can never be flagged: `{by}` covers it")]
    DeadTerm {
        /// The term.
        term: String,
        /// What vetoes it.
        by: String,
    },
    /// Anything else, said in full.
    #[error("{0}")]
    Invalid(String),
}

fn nearest_text(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_from_front_to_back() {
        let text = "甲乙\n\n丙a丁\n";
        let mut places = Places::new("a.toml", text);
        for (offset, line, column) in [
            (0, 1, 1),
            (3, 1, 2),
            (4, 1, 2),
            (6, 1, 3),
            (7, 2, 1),
            (12, 3, 3),
            (15, 3, 4),
            (3, 1, 2),
            (16, 4, 1),
        ] {
            let expected = Place { file: "a.toml".to_owned(), line, column };
            assert_eq!((places.at(offset), Place::of("a.toml", text, offset)), (expected.clone(), expected));
        }
    }
}
