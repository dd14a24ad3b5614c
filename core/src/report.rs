//! The report: what a review found, what it means, and what it did not look at.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::class::{Class, Verdict};
use crate::date::Date;
use crate::draft::units::{Offsets, Units};
use crate::finding::{Finding, Gate, Safety, Severity};
use crate::names::named;
use crate::order::sort_by_key;
use crate::span::Span;
use crate::view::ReportView;

/// What a review found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub(crate) findings: Vec<Finding>,
    pub(crate) suppressed: Vec<Suppressed>,
    pub(crate) gates: [GateReport; 4],
    pub(crate) coverage: Coverage,
    pub(crate) class: Arc<Class>,
    pub(crate) as_of: Date,
    pub(crate) ruleset: Arc<RulesetId>,
}

impl Report {
    /// The findings in text order, as far as they are listed ([`Coverage::unlisted`]).
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// What was found and put aside, with the reason.
    pub fn suppressed(&self) -> &[Suppressed] {
        &self.suppressed
    }

    /// What the whole draft's findings mean: the gravest of the gates' verdicts.
    pub fn verdict(&self) -> Verdict {
        self.gates.iter().map(|gate| gate.verdict).max().unwrap_or(Verdict::Pass)
    }

    /// The findings that block: not to be published with them, by the policy of the class.
    pub fn blocking(&self) -> impl Iterator<Item = &Finding> {
        let blocks = |f: &&Finding| self.class.verdict(f.gate, f.severity) == Verdict::Block;
        self.findings.iter().filter(blocks)
    }

    /// What was found at one gate.
    pub fn gate(&self, gate: Gate) -> &GateReport {
        &self.gates[gate as usize]
    }

    /// What was looked at and what was not.
    pub fn coverage(&self) -> &Coverage {
        &self.coverage
    }

    /// The id of the content class it was reviewed as.
    pub fn class(&self) -> &str {
        &self.class.id
    }

    /// The review levels that must sign before publication, in their order.
    pub fn levels(&self) -> &[String] {
        &self.class.levels
    }

    /// The day it was reviewed as of.
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// The rules it was reviewed under.
    pub fn ruleset(&self) -> &RulesetId {
        &self.ruleset
    }

    /// `text`, the draft that was reviewed, with the first fix of each finding applied that is at least as safe
    /// as `safety`.
    ///
    /// ```
    /// use baguan::{Reviewer, Ruleset, Safety};
    ///
    /// let rules = Ruleset::parse("house.toml", r#"
    /// [[rule]]
    /// id = "wording/idiom"
    /// kind = "replace"
    /// severity = "error"
    /// safety = "safe"
    /// message = "「{found}」应为「{right}」"
    /// why = "成语误写"
    /// source = "《现代汉语词典》"
    /// pairs = [["一愁莫展", "一筹莫展"]]
    /// bad = ["他一愁莫展。"]
    /// good = ["他一筹莫展。"]
    /// "#)?;
    /// let draft = "他一愁莫展。";
    /// let report = Reviewer::new(rules)?.review(draft);
    /// assert_eq!(report.fixed(draft, Safety::Safe), "他一筹莫展。");
    /// # Ok::<(), baguan::RulesetError>(())
    /// ```
    pub fn fixed(&self, text: &str, safety: Safety) -> String {
        let mut edits: Vec<_> = self
            .findings
            .iter()
            .filter_map(|finding| finding.fixes.first())
            .filter(|fix| fix.safety >= safety)
            .map(|fix| &fix.edits)
            .collect();
        sort_by_key(&mut edits, |edits| edits.first().map(|edit| edit.span));
        let mut fixed = String::with_capacity(text.len());
        let mut done = 0;
        for edits in edits {
            // Findings of two gates may overlap; the first in the text is mended.
            if edits.first().is_some_and(|edit| edit.span.start >= done) {
                for edit in edits {
                    fixed.push_str(&text[done..edit.span.start]);
                    fixed.push_str(&edit.text);
                    done = edit.span.end;
                }
            }
        }
        fixed.push_str(&text[done..]);
        fixed
    }

    /// The report as data for JSON, offsets in the unit asked for; `text` is the draft that was reviewed.
    pub fn view<'r>(&'r self, text: &'r str, offsets: Offsets) -> ReportView<'r> {
        ReportView::new(self, Units::new(text, offsets), text, offsets)
    }
}

/// What was found at one gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GateReport {
    /// What its findings mean.
    pub verdict: Verdict,
    /// Findings of severity fatal.
    pub fatal: usize,
    /// Findings of severity error.
    pub error: usize,
    /// Findings of severity warning.
    pub warning: usize,
    /// Findings of severity hint.
    pub hint: usize,
}

impl GateReport {
    /// How many findings of that severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        match severity {
            Severity::Fatal => self.fatal,
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Hint => self.hint,
        }
    }
}

/// A finding that was put aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// What was found.
    pub finding: Finding,
    /// Why it was put aside.
    pub reason: Reason,
}

/// Why a finding was put aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case", try_from = "ReasonFields")]
#[non_exhaustive]
pub enum Reason {
    /// An exception of the rule covers it.
    Exception {
        /// The phrase in the draft.
        phrase: String,
    },
    /// A graver, longer or more specific finding of the same gate overlaps it.
    Overlap {
        /// The rule of that finding.
        rule: Arc<str>,
    },
    /// An ignore mark in the draft names its rule.
    Mark {
        /// The reason the mark gives.
        reason: Option<String>,
    },
    /// Its fingerprint was accepted.
    Accepted {
        /// The reason given.
        reason: String,
    },
}

/// What JSON says of a reason: read field by field, for to learn first which reason it is takes as much code again.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReasonFields {
    by: String,
    phrase: Option<String>,
    rule: Option<Arc<str>>,
    reason: Option<String>,
}

impl TryFrom<ReasonFields> for Reason {
    type Error = String;

    fn try_from(fields: ReasonFields) -> Result<Reason, String> {
        let ReasonFields { by, phrase, rule, reason } = fields;
        match (&*by, phrase, rule, reason) {
            ("exception", Some(phrase), None, None) => Ok(Reason::Exception { phrase }),
            ("overlap", None, Some(rule), None) => Ok(Reason::Overlap { rule }),
            ("mark", None, None, reason) => Ok(Reason::Mark { reason }),
            ("accepted", None, None, Some(reason)) => Ok(Reason::Accepted { reason }),
            _ => Err(format!("not the fields of the reason `{by}`")),
        }
    }
}

impl Reason {
    /// Its name in JSON.
    pub const fn name(&self) -> &'static str {
        match self {
            Reason::Exception { .. } => "exception",
            Reason::Overlap { .. } => "overlap",
            Reason::Mark { .. } => "mark",
            Reason::Accepted { .. } => "accepted",
        }
    }

    /// What it tells an editor.
    pub const fn title(&self) -> &'static str {
        match self {
            Reason::Exception { .. } => "例外",
            Reason::Overlap { .. } => "重叠",
            Reason::Mark { .. } => "忽略标记",
            Reason::Accepted { .. } => "已接受",
        }
    }

    /// What it rests on: the phrase, the other rule, the reason a person gave.
    pub fn detail(&self) -> Option<&str> {
        match self {
            Reason::Exception { phrase } => Some(phrase),
            Reason::Overlap { rule } => Some(rule),
            Reason::Mark { reason } => reason.as_deref(),
            Reason::Accepted { reason } => {
                Some(reason).filter(|reason| !reason.is_empty()).map(String::as_str)
            }
        }
    }
}

/// What a review looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Blocks that were looked at.
    pub blocks: usize,
    /// Rules that ran.
    pub rules: usize,
    /// Rules that were off.
    pub off: Arc<[OffRule]>,
    /// Parts of the draft that word rules did not look at.
    pub masked: Vec<Masked>,
    /// Ignore marks that name no rule, or a rule that found nothing there.
    pub idle_marks: Vec<IdleMark>,
    /// What was found and is not listed, beyond [`MOST_LISTED`](crate::MOST_LISTED).
    pub unlisted: Unlisted,
}

/// How many findings are counted and not listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Unlisted {
    /// Findings; [`GateReport`] counts them.
    pub findings: usize,
    /// Findings put aside.
    pub suppressed: usize,
}

impl Unlisted {
    /// Whether everything is listed.
    pub fn is_nothing(&self) -> bool {
        *self == Unlisted::default()
    }
}

/// A rule that did not run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OffRule {
    /// Its id.
    pub rule: Arc<str>,
    /// Why.
    pub reason: Off,
}

named! {
    /// Why a rule did not run.
    pub enum Off {
        /// Switched off.
        Disabled = "disabled",
        /// The class does not switch one of its tags on.
        Class = "class",
        /// It does not hold on the day.
        Date = "date",
    }
}

impl Off {
    /// What it tells an editor.
    pub const fn title(self) -> &'static str {
        match self {
            Off::Disabled => "已停用",
            Off::Class => "本类不用",
            Off::Date => "当日无效",
        }
    }
}

/// A part of the draft that word rules did not look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Masked {
    /// Its place.
    pub span: Span,
    /// What it is: `url`, `email`, `comment`.
    pub context: &'static str,
}

/// An ignore mark without effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IdleMark {
    /// The mark's place.
    pub span: Span,
    /// What it names.
    pub rule: String,
    /// Whether there is a rule of that id.
    pub known: bool,
}

/// Which rules a draft was reviewed under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulesetId {
    /// Its name.
    pub name: String,
    /// The day its facts are as of.
    pub version: Option<Date>,
    /// SHA-256 of its content.
    pub digest: String,
}
