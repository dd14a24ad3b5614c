//! What can end a run or keep a file from being reviewed, said on standard error.

use std::collections::HashMap;
use std::{fs, io};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Snippet};
use baguan::{Place, Problem, RulesetError};
use thiserror::Error;

use crate::input::InputError;
use crate::output::renderer;

/// Why something was not done.
#[derive(Debug, Error)]
pub(crate) enum Error {
    /// The arguments ask for what is not there.
    #[error("{0}")]
    Usage(String),
    /// A draft or list cannot be read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// Rules cannot be used.
    #[error("{} in the rules", counted(.0.len(), "problem"))]
    Rules(Vec<Problem>),
    /// Standard output cannot be written.
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
}

impl From<RulesetError> for Error {
    fn from(error: RulesetError) -> Error {
        Error::Rules(error.problems().to_vec())
    }
}

impl Error {
    /// What is wrong, with its place, ending in a line break.
    pub(crate) fn render(&self, colors: bool) -> String {
        let problems = match self {
            Error::Rules(problems) => problems.as_slice(),
            _ => &[],
        };
        let mut files = HashMap::new();
        let mut text = String::new();
        for problem in problems {
            let file = problem.place.file.as_str();
            let source = files.entry(file).or_insert_with(|| fs::read_to_string(file).unwrap_or_default());
            text.push_str(&render_problem(problem, source, colors));
        }
        let title = self.to_string();
        text.push_str(&renderer(colors).render(&[Group::with_title(Level::ERROR.primary_title(title))]));
        text.push('\n');
        text
    }
}

/// `1 problem`, `2 problems`.
pub(crate) fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// A problem of a ruleset with its line of `source`, where there is one, and a caret under its column.
fn render_problem(problem: &Problem, source: &str, colors: bool) -> String {
    let Place { file, line, column } = &problem.place;
    let text = source.lines().nth(line - 1).unwrap_or_default();
    let at = text.char_indices().map(|(at, _)| at).nth(column - 1).unwrap_or(text.len());
    let title = Level::ERROR.primary_title(problem.kind.to_string());
    let group = if source.is_empty() {
        title.element(Origin::path(file).line(*line).char_column(*column))
    } else {
        let caret = AnnotationKind::Primary.span(at..at);
        title.element(Snippet::source(text).path(file).line_start(*line).annotation(caret))
    };
    renderer(colors).render(&[group]) + "\n\n"
}
