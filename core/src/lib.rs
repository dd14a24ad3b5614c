//! 把关: reviews a draft before it is published.
//!
//! A publisher's editor, CMS or script hands over a draft; the [`Report`] says what would not pass the four gates
//! (政治关, 法律关, 保密关, 文字关), where, why, with the clause, and what to write instead. Rules are data: a
//! [`Ruleset`] is parsed, merged, overridden; a [`Reviewer`] is what it compiles to.
//!
//! ```
//! use baguan::{Reviewer, Ruleset};
//!
//! let reviewer = Reviewer::new(Ruleset::standard())?.as_of("2026-11-23".parse().unwrap());
//! let draft = "会议一愁莫展。";
//! for finding in reviewer.review(draft).findings() {
//!     println!("{} {}: {}", finding.rule, &draft[finding.span], finding.message);
//! }
//! # Ok::<(), baguan::RulesetError>(())
//! ```
//!
//! Review never fails, whatever the text; only rulesets can be wrong, and then every problem is reported with its
//! place ([`RulesetError`]). The same text, ruleset, class and day give the same report on every platform.
//!
//! # Features
//! - `builtin` (default): the standard rules, compiled in.
//! - `fs`: rulesets from folders.

#![warn(missing_docs)]

#[cfg(feature = "builtin")]
mod builtin;
mod class;
mod date;
mod draft;
mod entry;
mod error;
mod fields;
mod files;
mod finding;
mod kinds;
mod listing;
mod names;
mod order;
mod passing;
mod proof;
mod ranked;
mod receipt;
mod report;
mod resolve;
mod reviewer;
mod ruleset;
mod scan;
mod session;
mod span;
mod suppress;
#[cfg(test)]
mod testing;
mod view;

/// The names of the kinds of rule, the more specific first.
pub fn kinds() -> &'static [&'static str] {
    kinds::Check::NAMES
}

pub use class::{Class, Verdict};
pub use date::Date;
pub use draft::units::{Offsets, Position, Units};
pub use error::{Place, Problem, ProblemKind, RulesetError};
pub use finding::{Edit, Finding, Fix, Gate, Safety, Severity};
pub use listing::MOST_LISTED;
pub use proof::{Failure, prove};
pub use receipt::{
    Against, ClassRecord, Difference, FindingRecord, Override, PutAsideRecord, Receipt, ReceiptError,
    ReviewRecord, RulesMatch, SealState, SignOff, TextMatch, TextRecord, Verification,
};
pub use report::{
    Coverage, GateReport, IdleMark, Masked, Off, OffRule, Reason, Report, RulesetId, Suppressed, Unlisted,
};
#[doc(hidden)]
pub use reviewer::Step;
pub use reviewer::{Reviewer, UnknownClass};
pub use ruleset::Ruleset;
pub use ruleset::compiled::CompiledError;
pub use ruleset::rule::{Measured, Rule};
pub use session::{Change, EditError, Session};
pub use span::Span;
pub use suppress::Accepted;
pub use view::{
    BriefView, CoverageView, EditView, FindingView, FixView, GatesView, PartView, ReportView, SuppressedView,
};

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}
