//! The receipt: the record of 先审后发, what was reviewed under which rules, and who let it pass.

mod chain;
mod differ;
mod error;
mod record;
#[cfg(test)]
mod tamper;
#[cfg(test)]
mod tests;
mod verify;

use serde::{Deserialize, Serialize};

use crate::class::Verdict;
use crate::date::Date;
use crate::report::Report;

use self::chain::Seal;
pub use self::chain::SealState;
pub use self::differ::Difference;
pub use self::error::ReceiptError;
pub use self::record::{
    ClassRecord, FindingRecord, Override, PutAsideRecord, ReviewRecord, SignOff, TextMatch, TextRecord,
};
pub use self::verify::{Against, RulesMatch, Verification};

/// The record of a review and of what was decided on it: overridden findings and sign-offs.
///
/// ```
/// use baguan::{Against, Receipt, Reviewer, Ruleset, SignOff};
///
/// let draft = "会议要求，各单位抓好落实。";
/// let reviewer = Reviewer::new(Ruleset::standard())?.class("notice").unwrap();
/// let [level, name, time] = ["初审", "张三", "2026-11-23T09:30:00+08:00"].map(str::to_owned);
/// let receipt = reviewer.review(draft).receipt(draft, None);
/// let receipt = receipt.signed(SignOff { level, name, time }, None).unwrap();
///
/// let kept = Receipt::parse(&receipt.to_json()).unwrap();
/// assert!(kept.verify(draft, &Against::new()).holds());
/// let changed = kept.verify("会议要求，各单位抓紧落实。", &Against::new());
/// assert_eq!((changed.differences[0].was.as_str(), changed.differences[0].is.as_str()), ("好", "紧"));
/// # Ok::<(), baguan::RulesetError>(())
/// ```
///
/// Names and times are the caller's: nothing here reads a clock or knows who signs.
///
#[doc = include_str!("format.md")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    format: u32,
    review: ReviewRecord,
    digest: String,
    acts: Vec<Link>,
    seal: Seal,
    /// The text that was reviewed. No digest covers it but that in the review, so it can be left out.
    text: Option<String>,
}

/// An act and the digest that ties it to all before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Link {
    act: Act,
    digest: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Act {
    Override(Override),
    SignOff(SignOff),
}

impl Report {
    /// The receipt of this review, unsigned; `text` is the draft that was reviewed. Sealed with a key, it takes
    /// overrides and sign-offs only from who has the key.
    pub fn receipt(&self, text: &str, key: Option<&[u8]>) -> Receipt {
        let review = ReviewRecord::new(self, text);
        let digest = chain::of_review(&review);
        let (acts, seal) = (Vec::new(), Seal::new(&digest, key));
        Receipt { format: Receipt::FORMAT, review, digest, acts, seal, text: Some(text.to_owned()) }
    }
}

impl Receipt {
    /// The version of the format that is written and read.
    pub const FORMAT: u32 = 1;

    /// The receipt that [`Receipt::to_json`] wrote. It may have been altered since: [`Receipt::verify`] tells.
    pub fn parse(json: &str) -> Result<Receipt, ReceiptError> {
        /// What every version of the format has.
        #[derive(Deserialize)]
        struct Head {
            format: u32,
        }
        let head: Head = serde_json::from_str(json).map_err(|error| ReceiptError::malformed(&error))?;
        if head.format != Receipt::FORMAT {
            return Err(ReceiptError::UnknownFormat { found: head.format });
        }
        serde_json::from_str(json).map_err(|error| ReceiptError::malformed(&error))
    }

    /// The receipt as JSON: the same receipt is the same bytes everywhere.
    pub fn to_json(&self) -> String {
        chain::json(serde_json::to_string_pretty(self)) + "\n"
    }

    /// What was reviewed, under which rules, and what came of it.
    pub fn review(&self) -> &ReviewRecord {
        &self.review
    }

    /// The text that was reviewed, unless it was left out.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// The same without the text: it still tells whether another text is the one, but not where it differs.
    #[must_use]
    pub fn without_text(self) -> Receipt {
        Receipt { text: None, ..self }
    }

    /// The overridden findings, in the order they were.
    pub fn overrides(&self) -> impl Iterator<Item = &Override> {
        self.acts.iter().filter_map(|link| match &link.act {
            Act::Override(act) => Some(act),
            Act::SignOff(_) => None,
        })
    }

    /// The sign-offs that stand, in the order they were given: those after the last override.
    pub fn sign_offs(&self) -> impl Iterator<Item = &SignOff> {
        let last = self.acts.iter().rposition(|link| matches!(link.act, Act::Override(_)));
        self.acts[last.map_or(0, |at| at + 1)..].iter().filter_map(|link| match &link.act {
            Act::SignOff(act) => Some(act),
            Act::Override(_) => None,
        })
    }

    /// The levels of its class that are still to sign, the next one first.
    pub fn missing_levels(&self) -> &[String] {
        let levels = &self.review.class.levels;
        let signed =
            levels.iter().zip(self.sign_offs()).take_while(|(level, own)| **level == own.level).count();
        &levels[signed..]
    }

    /// The findings that block and that no override lets pass on that day: all of them, where the review found more
    /// that may block than it lists.
    pub fn blocking(&self, day: Date) -> impl Iterator<Item = &FindingRecord> {
        let lists_all = self.review.lists_all_blocking();
        let is_held = move |finding: &FindingRecord| {
            lists_all
                && self.overrides().any(|own| own.fingerprint == finding.fingerprint && own.holds_on(day))
        };
        let findings = self.review.findings.iter();
        findings.filter(move |finding| finding.verdict == Verdict::Block && !is_held(finding))
    }

    /// The same with a finding let pass; `key` is the one the receipt is sealed with. Who signed before signs again:
    /// a sign-off is for what stands then.
    pub fn overridden(self, act: Override, key: Option<&[u8]>) -> Result<Receipt, ReceiptError> {
        given(&[("reason", &act.reason), ("name", &act.by)])?;
        if self.review.findings.iter().all(|finding| finding.fingerprint != act.fingerprint) {
            let known = self.review.findings.iter().map(|finding| finding.fingerprint.clone()).collect();
            return Err(ReceiptError::UnknownFinding { fingerprint: act.fingerprint, known });
        }
        let as_of = self.review.as_of;
        if let Some(until) = act.until.filter(|until| *until <= as_of) {
            return Err(ReceiptError::Lapsed { until, as_of });
        }
        self.with(Act::Override(act), key)
    }

    /// The same signed at the next level of its class by someone who signed at no other; `key` is the one the receipt
    /// is sealed with.
    pub fn signed(self, act: SignOff, key: Option<&[u8]>) -> Result<Receipt, ReceiptError> {
        given(&[("name", &act.name), ("time", &act.time)])?;
        self.check_turn(&act.level)?;
        self.check_signer(&act.name)?;
        let blocking: Vec<String> =
            self.blocking(self.review.as_of).map(|finding| finding.fingerprint.clone()).collect();
        if !blocking.is_empty() {
            return Err(ReceiptError::Blocked { blocking });
        }
        self.with(Act::SignOff(act), key)
    }

    /// Refuses a level that is not the next to sign.
    fn check_turn(&self, level: &str) -> Result<(), ReceiptError> {
        let (class, missing) = (&self.review.class, self.missing_levels());
        let level = level.to_owned();
        if !class.levels.contains(&level) {
            let (class, known) = (class.id.clone(), class.levels.clone());
            return Err(ReceiptError::UnknownLevel { level, class, known });
        }
        match missing.first() {
            Some(next) if *next == level => Ok(()),
            Some(next) if missing.contains(&level) => {
                Err(ReceiptError::OutOfTurn { level, next: next.clone() })
            }
            _ => Err(ReceiptError::AlreadySigned { level }),
        }
    }

    /// Refuses who signed at another level.
    fn check_signer(&self, name: &str) -> Result<(), ReceiptError> {
        // 《图书质量保障体系》 on 三审: no two of the reviews by one person.
        match self.sign_offs().find(|own| own.name.trim() == name.trim()) {
            Some(own) => Err(ReceiptError::SameSigner { name: own.name.clone(), level: own.level.clone() }),
            None => Ok(()),
        }
    }

    /// What the digests and the seal prove; `key` is the one it should be sealed with.
    pub fn seal_state(&self, key: Option<&[u8]>) -> SealState {
        if chain::of_review(&self.review) != self.digest {
            return SealState::ReviewAltered;
        }
        if self.text.as_deref().is_some_and(|text| TextRecord::new(text) != self.review.text) {
            return SealState::TextAltered;
        }
        let mut head = &self.digest;
        for link in &self.acts {
            if chain::of_act(head, &link.act) != link.digest {
                return SealState::ActAltered;
            }
            head = &link.digest;
        }
        self.seal.state(head, key)
    }

    /// The same with one more act; what is not whole takes none, or the new seal would cover that up.
    fn with(mut self, act: Act, key: Option<&[u8]>) -> Result<Receipt, ReceiptError> {
        let state = self.seal_state(key);
        if !state.is_whole() {
            return Err(ReceiptError::NotWhole { state });
        }
        let head = self.acts.last().map_or(&self.digest, |link| &link.digest);
        let digest = chain::of_act(head, &act);
        self.seal = Seal::new(&digest, key);
        self.acts.push(Link { act, digest });
        Ok(self)
    }
}

/// Refuses a value that says nothing.
fn given(values: &[(&'static str, &str)]) -> Result<(), ReceiptError> {
    match values.iter().find(|(_, value)| value.trim().is_empty()) {
        Some((what, _)) => Err(ReceiptError::Empty { what }),
        None => Ok(()),
    }
}
