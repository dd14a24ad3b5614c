//! Live review: a draft that is being written, its report up to date after every edit.

mod change;
mod live;
mod part;

pub use change::Change;

use std::sync::OnceLock;

use thiserror::Error;

use crate::report::Report;
use crate::reviewer::Reviewer;
use crate::session::change::Move;
use crate::session::live::Live;
use crate::span::Span;

/// A draft that is being edited, with what its review says now.
///
/// After every edit [`Session::report`] is what [`Reviewer::review`] says of [`Session::text`]. Where that lists not
/// all findings ([`MOST_LISTED`](crate::MOST_LISTED)), changes still tell of all.
///
/// ```
/// use baguan::{Reviewer, Ruleset, Session, Span};
///
/// let mut session = Session::new(Reviewer::new(Ruleset::standard())?, "会议要求，抓好落实。");
/// let change = session.edit(Span::new(0, 6), "大家一愁莫展。会议").unwrap();
/// assert_eq!(&session.text()[change.added[0].span], "一愁莫展");
/// assert_eq!(session.report().findings(), change.added);
/// let change = session.edit(Span::new(9, 12), "筹").unwrap();
/// assert_eq!((change.added.len(), change.removed.len()), (0, 1));
/// # Ok::<(), baguan::RulesetError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Session {
    reviewer: Reviewer,
    text: String,
    live: Live,
    /// Made when it is asked for.
    report: OnceLock<Report>,
}

impl Session {
    /// A session on `text`, reviewed by `reviewer`.
    pub fn new(reviewer: Reviewer, text: impl Into<String>) -> Session {
        let text = text.into();
        let live = Live::new(&text, &reviewer);
        Session { reviewer, text, live, report: OnceLock::new() }
    }

    /// Puts `insert` in the place of `range` and says what that changed. Where the range does not lie in the text,
    /// nothing happens.
    pub fn edit(&mut self, range: Span, insert: &str) -> Result<Change, EditError> {
        EditError::check(&self.text, range)?;
        let region = self.live.region(range, &self.text);
        self.text.replace_range(range.range(), insert);
        self.report.take();
        Ok(self.live.renew(&region, Move::new(range, insert.len()), &self.text, &self.reviewer))
    }

    /// The text as it is now.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the review says of the text as it is now.
    pub fn report(&self) -> &Report {
        self.report.get_or_init(|| self.live.report(&self.reviewer))
    }

    /// The reviewer.
    pub fn reviewer(&self) -> &Reviewer {
        &self.reviewer
    }
}

/// Why a text cannot be edited there.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EditError {
    /// The range does not lie in the text.
    #[error("{}..{} is no range of a text of {len} bytes", range.start, range.end)]
    OutOfText {
        /// The range.
        range: Span,
        /// The length of the text.
        len: usize,
    },
    /// The range starts or ends within a character.
    #[error("{}..{} cuts a character", range.start, range.end)]
    CutsChar {
        /// The range.
        range: Span,
    },
}

impl EditError {
    fn check(text: &str, range: Span) -> Result<(), EditError> {
        let len = text.len();
        if range.start > range.end || range.end > len {
            return Err(EditError::OutOfText { range, len });
        }
        if text.get(range.range()).is_none() {
            return Err(EditError::CutsChar { range });
        }
        Ok(())
    }
}
