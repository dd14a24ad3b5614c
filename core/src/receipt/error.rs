//! What is wrong with a receipt, or with what is to be written on one.

use thiserror::Error;

use crate::date::Date;

use super::{Receipt, SealState};

/// Why a receipt cannot be read, or does not take an override or sign-off.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReceiptError {
    /// It is no JSON, or not the JSON of a receipt.
    #[error("{line}:{column}: {message}")]
    Malformed {
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1.
        column: usize,
        /// What was found and what was expected.
        message: String,
    },
    /// It was written by an engine of another age.
    #[error("receipt format {found} is not known, expected {}", Receipt::FORMAT)]
    UnknownFormat {
        /// Its format.
        found: u32,
    },
    /// The class has no such level.
    #[error("class `{class}` has no level `{level}`, expected one of {}", known.join(", "))]
    UnknownLevel {
        /// The level.
        level: String,
        /// The class.
        class: String,
        /// Its levels.
        known: Vec<String>,
    },
    /// The levels before it are still to sign.
    #[error("`{level}` signs after `{next}`, which is still to sign")]
    OutOfTurn {
        /// The level.
        level: String,
        /// The next one to sign.
        next: String,
    },
    /// The level has signed.
    #[error("`{level}` has signed already")]
    AlreadySigned {
        /// The level.
        level: String,
    },
    /// The name stands under another level.
    #[error("`{name}` has signed `{level}`; every level takes another person")]
    SameSigner {
        /// The name.
        name: String,
        /// The level it stands under.
        level: String,
    },
    /// Nobody signs what is not to be published.
    #[error("findings block: {}; mend the draft, or override them", blocking.join(", "))]
    Blocked {
        /// Their fingerprints.
        blocking: Vec<String>,
    },
    /// The review found nothing of that fingerprint.
    #[error("no finding `{fingerprint}` in the receipt, expected one of {}", listed(known))]
    UnknownFinding {
        /// The fingerprint.
        fingerprint: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// A name, time or reason says nothing.
    #[error("the {what} is empty")]
    Empty {
        /// Which.
        what: &'static str,
    },
    /// An override would end before it begins.
    #[error("an override until {until} does not hold on {as_of}, the day of the review")]
    Lapsed {
        /// The first day it does not hold.
        until: Date,
        /// The day of the review.
        as_of: Date,
    },
    /// What is altered, or sealed with another key, takes no override or sign-off.
    #[error("the receipt takes nothing more: {state}（{}）", state.title())]
    NotWhole {
        /// What its seal shows.
        state: SealState,
    },
}

impl ReceiptError {
    pub(super) fn malformed(error: &serde_json::Error) -> ReceiptError {
        let (line, column) = (error.line(), error.column());
        let message = error.to_string();
        let place = format!(" at line {line} column {column}");
        let message = message.strip_suffix(&place).unwrap_or(&message).to_owned();
        // serde_json gives column 0 to an error at a line break.
        ReceiptError::Malformed { line, column: column.max(1), message }
    }
}

fn listed(known: &[String]) -> String {
    if known.is_empty() { "none: nothing was found".to_owned() } else { known.join(", ") }
}
