//! Whether what is to be published is what was reviewed and let pass.

use serde::Serialize;

use crate::date::Date;
use crate::names::named;

use super::differ::{Difference, differences};
use super::{FindingRecord, Receipt, SealState, TextMatch, TextRecord};

/// What a receipt is held against, besides the text.
///
/// ```
/// let against = baguan::Against::new().key(b"secret").day("2026-12-01".parse().unwrap());
/// # let _ = against;
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Against<'a> {
    key: Option<&'a [u8]>,
    ruleset: Option<&'a str>,
    day: Option<Date>,
}

impl<'a> Against<'a> {
    /// Nothing: no key, no rules, the day of the review.
    pub fn new() -> Against<'a> {
        Against::default()
    }

    /// The key it should be sealed with; a receipt sealed without one then does not hold.
    #[must_use]
    pub fn key(self, key: &'a [u8]) -> Against<'a> {
        Against { key: Some(key), ..self }
    }

    /// The digest of the rules in force ([`Ruleset::digest`](crate::Ruleset::digest)).
    #[must_use]
    pub fn ruleset(self, digest: &'a str) -> Against<'a> {
        Against { ruleset: Some(digest), ..self }
    }

    /// The day on which overrides must hold: that of publication.
    #[must_use]
    pub fn day(self, day: Date) -> Against<'a> {
        Against { day: Some(day), ..self }
    }
}

named! {
    /// Whether the rules of a review are those in force.
    pub enum RulesMatch {
        /// They were not compared.
        NotCompared = "not-compared",
        /// They are.
        Same = "same",
        /// They are others.
        Other = "other",
    }
}

impl RulesMatch {
    /// What it tells an editor.
    pub const fn title(self) -> &'static str {
        match self {
            RulesMatch::NotCompared => "未比对",
            RulesMatch::Same => "与现行规则相同",
            RulesMatch::Other => "与现行规则不同",
        }
    }
}

/// What holds of a receipt and a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// How the text compares with the one that was reviewed.
    pub text: TextMatch,
    /// Where it differs by more than white space; nothing where the receipt is without the reviewed text.
    pub differences: Vec<Difference>,
    /// What the seal proves.
    pub seal: SealState,
    /// Whether the rules of the review are those in force.
    pub rules: RulesMatch,
    /// The findings that block and that no override lets pass.
    pub blocking: Vec<FindingRecord>,
    /// The levels still to sign.
    pub missing_levels: Vec<String>,
}

impl Verification {
    /// Whether the text may be published on this receipt: it is the reviewed one, save for white space, the seal is
    /// whole, the rules, where they were compared, are those in force, nothing blocks and every level has signed.
    pub fn holds(&self) -> bool {
        self.text < TextMatch::Different
            && self.seal.is_whole()
            && self.rules < RulesMatch::Other
            && self.blocking.is_empty()
            && self.missing_levels.is_empty()
    }
}

impl Receipt {
    /// What holds of this receipt and `text`, the one to be published.
    pub fn verify(&self, text: &str, against: &Against<'_>) -> Verification {
        let review = self.review();
        Verification {
            text: review.text.compare(&TextRecord::new(text)),
            differences: self.text().map_or_else(Vec::new, |reviewed| differences(reviewed, text)),
            seal: self.seal_state(against.key),
            rules: match against.ruleset {
                None => RulesMatch::NotCompared,
                Some(digest) if digest == review.ruleset.digest => RulesMatch::Same,
                Some(_) => RulesMatch::Other,
            },
            blocking: self.blocking(against.day.unwrap_or(review.as_of)).cloned().collect(),
            missing_levels: self.missing_levels().to_vec(),
        }
    }
}
