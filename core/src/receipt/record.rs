//! What a receipt records: text, rules, class, findings, and the acts of people.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::class::Verdict;
use crate::date::Date;
use crate::finding::Severity;
use crate::names::named;
use crate::report::{Reason, Report, RulesetId};
use crate::ruleset::hex;
use crate::view::GatesView;

/// What was reviewed, under which rules, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewRecord {
    /// The version of the engine.
    pub engine: String,
    /// The text.
    pub text: TextRecord,
    /// The rules; the name of merged sets is theirs joined by `+`.
    pub ruleset: RulesetId,
    /// The content class.
    pub class: ClassRecord,
    /// The day it was reviewed as of.
    pub as_of: Date,
    /// The verdict on the whole.
    pub verdict: Verdict,
    /// Verdict and counts by gate.
    pub gates: GatesView,
    /// The findings that stood, in text order.
    pub findings: Vec<FindingRecord>,
    /// What people had put aside before: by ignore marks in the draft and by accepted fingerprints.
    pub put_aside: Vec<PutAsideRecord>,
}

/// A text by its digests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextRecord {
    /// SHA-256 of the text as it is, in UTF-8.
    pub sha256: String,
    /// SHA-256 of the text normalised as [`Receipt`](crate::Receipt) says.
    pub normalised: String,
    /// Its length in characters.
    pub chars: usize,
}

/// A content class as it was at the time of the review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassRecord {
    /// Its id.
    pub id: String,
    /// Its Chinese name.
    pub title: String,
    /// The levels that must sign.
    pub levels: Vec<String>,
}

/// A finding as a receipt keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingRecord {
    /// Id of the rule.
    pub rule: String,
    /// How grave it is.
    pub severity: Severity,
    /// What it means under the class.
    pub verdict: Verdict,
    /// Its stable name.
    pub fingerprint: String,
}

/// A finding that someone had put aside before the review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PutAsideRecord {
    /// Id of the rule.
    pub rule: String,
    /// How grave it is.
    pub severity: Severity,
    /// Its stable name.
    pub fingerprint: String,
    /// Why it was put aside.
    pub reason: Reason,
}

/// A finding let pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// The finding's stable name.
    pub fingerprint: String,
    /// Why it may stand.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// The first day on which it no longer holds.
    pub until: Option<Date>,
}

impl Override {
    /// Whether it holds on that day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.until.is_none_or(|until| day < until)
    }
}

/// A review level's consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignOff {
    /// The level.
    pub level: String,
    /// Who signed.
    pub name: String,
    /// When, as the caller writes it.
    pub time: String,
}

named! {
    /// How a text compares with the one that was reviewed, the nearest first.
    pub enum TextMatch {
        /// Byte for byte the same.
        Identical = "identical",
        /// The same once both are normalised ([`TextRecord::normalised`]).
        Normalised = "normalised",
        /// Another text.
        Different = "different",
    }
}

impl TextMatch {
    /// What it tells an editor.
    pub const fn title(self) -> &'static str {
        match self {
            TextMatch::Identical => "与审核稿一致",
            TextMatch::Normalised => "仅空白不同",
            TextMatch::Different => "与审核稿不同",
        }
    }
}

impl ReviewRecord {
    pub(super) fn new(report: &Report, text: &str) -> ReviewRecord {
        let class = &report.class;
        let is_put_aside = |reason: &Reason| matches!(reason, Reason::Mark { .. } | Reason::Accepted { .. });
        ReviewRecord {
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            text: TextRecord::new(text),
            ruleset: report.ruleset().clone(),
            class: ClassRecord {
                id: class.id.clone(),
                title: class.title.clone(),
                levels: class.levels.clone(),
            },
            as_of: report.as_of(),
            verdict: report.verdict(),
            gates: GatesView::new(report),
            findings: report
                .findings()
                .iter()
                .map(|finding| FindingRecord {
                    rule: finding.rule.to_string(),
                    severity: finding.severity,
                    verdict: class.verdict(finding.gate, finding.severity),
                    fingerprint: finding.fingerprint.clone(),
                })
                .collect(),
            put_aside: report
                .suppressed()
                .iter()
                .filter(|put_aside| is_put_aside(&put_aside.reason))
                .map(|put_aside| PutAsideRecord {
                    rule: put_aside.finding.rule.to_string(),
                    severity: put_aside.finding.severity,
                    fingerprint: put_aside.finding.fingerprint.clone(),
                    reason: put_aside.reason.clone(),
                })
                .collect(),
        }
    }
}

impl ReviewRecord {
    /// Whether no finding that blocks is only counted: what is not listed weighs no more than the lightest of those
    /// that are.
    pub(super) fn lists_all_blocking(&self) -> bool {
        let GatesView { political, legal, secrecy, wording } = self.gates;
        let gates = [political, legal, secrecy, wording];
        let found: usize =
            gates.iter().flat_map(|gate| Severity::ALL.map(|severity| gate.count(severity))).sum();
        found <= self.findings.len() || self.findings.iter().any(|own| own.verdict < Verdict::Block)
    }
}

impl TextRecord {
    /// The digests and length of `text`.
    pub fn new(text: &str) -> TextRecord {
        TextRecord {
            sha256: hex(&Sha256::digest(text)),
            normalised: hex(&Sha256::digest(normalised(text))),
            chars: text.chars().count(),
        }
    }

    /// How another text compares with this one.
    pub fn compare(&self, other: &TextRecord) -> TextMatch {
        if self.sha256 == other.sha256 {
            TextMatch::Identical
        } else if self.normalised == other.normalised {
            TextMatch::Normalised
        } else {
            TextMatch::Different
        }
    }
}

/// The text as [`TextRecord::normalised`] says.
pub(super) fn normalised(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.trim_end().split('\n').map(str::trim_end).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalisation() {
        for (text, expected) in [
            ("", ""),
            ("\u{feff}", ""),
            (" \r\n\t\n", ""),
            ("甲", "甲"),
            ("\u{feff}甲\r\n乙\r丙\n", "甲\n乙\n丙"),
            ("甲 \u{3000}\t\n\u{3000}\u{3000}乙\u{a0}\n\n \n", "甲\n\u{3000}\u{3000}乙"),
            ("\n\n甲\n\n乙", "\n\n甲\n\n乙"),
            ("甲\u{feff}\u{200b}", "甲\u{feff}\u{200b}"),
        ] {
            assert_eq!(normalised(text), expected, "{text:?}");
            assert_eq!(normalised(expected), expected);
        }
    }

    #[test]
    fn known_digests() {
        // FIPS 180-2, appendix B.1, and the empty text.
        const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        for (text, chars, same, normalised) in [
            ("abc", 3, true, ABC),
            ("abc \r\n", 6, false, ABC),
            ("", 0, true, EMPTY),
            ("\n", 1, false, EMPTY),
        ] {
            let record = TextRecord::new(text);
            assert_eq!((record.chars, record.normalised.as_str()), (chars, normalised), "{text:?}");
            assert_eq!(record.sha256 == normalised, same, "{text:?}");
        }
    }

    #[test]
    fn comparison() {
        for (one, other, expected) in [
            ("甲\n", "甲\n", TextMatch::Identical),
            ("甲\n", "甲 \r\n\r\n", TextMatch::Normalised),
            ("甲", " 甲", TextMatch::Different),
            ("甲\n乙", "甲\n\n乙", TextMatch::Different),
        ] {
            let (one, other) = (TextRecord::new(one), TextRecord::new(other));
            assert_eq!((one.compare(&other), other.compare(&one)), (expected, expected));
        }
    }
}
