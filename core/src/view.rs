//! The one JSON shape of a report, shared by command line, Python and JavaScript.

use serde::{Deserialize, Serialize};

use crate::class::Verdict;
use crate::date::Date;
use crate::draft::units::{Offsets, Position, Units};
use crate::finding::{Finding, Gate, Safety, Severity};
use crate::report::{GateReport, OffRule, Reason, Report, RulesetId, Unlisted};
use crate::span::Span;

/// A report as data: offsets in the unit asked for, the text of each finding beside it.
#[derive(Clone, Debug, Serialize)]
pub struct ReportView<'r> {
    /// The version of the engine.
    pub engine: &'static str,
    /// The rules.
    pub ruleset: &'r RulesetId,
    /// The content class.
    pub class: &'r str,
    /// The review levels that must sign.
    pub levels: &'r [String],
    /// The day.
    pub as_of: Date,
    /// The unit of all offsets.
    pub offsets: Offsets,
    /// The verdict on the whole.
    pub verdict: Verdict,
    /// Verdict and counts by gate.
    pub gates: GatesView,
    /// The fingerprints of the findings that block.
    pub blocking: Vec<&'r str>,
    /// The findings in text order.
    pub findings: Vec<FindingView<'r>>,
    /// What was put aside.
    pub suppressed: Vec<SuppressedView<'r>>,
    /// What was looked at.
    pub coverage: CoverageView<'r>,
}

/// The gates by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GatesView {
    /// 政治关
    pub political: GateReport,
    /// 法律关
    pub legal: GateReport,
    /// 保密关
    pub secrecy: GateReport,
    /// 文字关
    pub wording: GateReport,
}

/// A finding as data.
#[derive(Clone, Debug, Serialize)]
pub struct FindingView<'r> {
    /// The rule's id.
    pub rule: &'r str,
    /// The gate.
    pub gate: Gate,
    /// The severity.
    pub severity: Severity,
    /// What the editor reads.
    pub message: &'r str,
    /// The reason.
    pub why: &'r str,
    /// The standard or law.
    pub source: &'r str,
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Line and column of its start.
    #[serde(flatten)]
    pub position: Position,
    /// The text flagged.
    pub text: &'r str,
    /// What to write instead.
    pub fixes: Vec<FixView<'r>>,
    /// Its stable name.
    pub fingerprint: &'r str,
}

/// A fix as data.
#[derive(Clone, Debug, Serialize)]
pub struct FixView<'r> {
    /// Its edits in text order.
    pub edits: Vec<EditView<'r>>,
    /// Whether it may be applied unseen.
    pub safe: bool,
}

/// An edit as data.
#[derive(Clone, Debug, Serialize)]
pub struct EditView<'r> {
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The new text.
    pub text: &'r str,
}

/// A finding put aside, as data.
#[derive(Clone, Debug, Serialize)]
pub struct SuppressedView<'r> {
    /// What was found.
    #[serde(flatten)]
    pub finding: FindingView<'r>,
    /// Why it was put aside.
    pub reason: &'r Reason,
}

/// What was looked at, as data.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageView<'r> {
    /// Blocks looked at.
    pub blocks: usize,
    /// Rules that ran.
    pub rules: usize,
    /// Rules that were off.
    pub off: &'r [OffRule],
    /// Parts that word rules did not look at.
    pub masked: Vec<PartView<'r>>,
    /// Ignore marks without effect.
    pub idle_marks: Vec<PartView<'r>>,
    /// What is counted and not listed.
    pub unlisted: Unlisted,
}

/// A part of the draft as data.
#[derive(Clone, Debug, Serialize)]
pub struct PartView<'r> {
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it is.
    pub what: &'r str,
}

impl<'r> ReportView<'r> {
    pub(crate) fn new(
        report: &'r Report,
        mut units: Units<'r>,
        text: &'r str,
        offsets: Offsets,
    ) -> ReportView<'r> {
        let coverage = &report.coverage;
        ReportView {
            engine: env!("CARGO_PKG_VERSION"),
            ruleset: &report.ruleset,
            class: report.class(),
            levels: report.levels(),
            as_of: report.as_of,
            offsets,
            verdict: report.verdict(),
            gates: GatesView::new(report),
            blocking: report.blocking().map(|finding| finding.fingerprint.as_str()).collect(),
            findings: findings(report, text, &mut units),
            suppressed: report
                .suppressed
                .iter()
                .map(|put_aside| SuppressedView {
                    finding: FindingView::new(&put_aside.finding, text, &mut units),
                    reason: &put_aside.reason,
                })
                .collect(),
            coverage: CoverageView {
                blocks: coverage.blocks,
                rules: coverage.rules,
                off: &coverage.off,
                masked: coverage
                    .masked
                    .iter()
                    .map(|m| PartView::new(m.span, m.context, &mut units))
                    .collect(),
                idle_marks: coverage
                    .idle_marks
                    .iter()
                    .map(|m| PartView::new(m.span, &m.rule, &mut units))
                    .collect(),
                unlisted: coverage.unlisted,
            },
        }
    }
}

impl GatesView {
    pub(crate) fn new(report: &Report) -> GatesView {
        let [political, legal, secrecy, wording] = report.gates;
        GatesView { political, legal, secrecy, wording }
    }
}

/// A report as one line of a batch: the verdict and the findings only.
#[derive(Clone, Debug, Serialize)]
pub struct BriefView<'r> {
    /// The verdict on the whole.
    pub verdict: Verdict,
    /// The findings in text order.
    pub findings: Vec<FindingView<'r>>,
    /// What is counted and not listed; left out where that is nothing.
    #[serde(skip_serializing_if = "Unlisted::is_nothing")]
    pub unlisted: Unlisted,
}

impl<'r> BriefView<'r> {
    /// The brief view of a report on `text`.
    pub fn new(report: &'r Report, text: &'r str, offsets: Offsets) -> BriefView<'r> {
        BriefView {
            verdict: report.verdict(),
            findings: findings(report, text, &mut Units::new(text, offsets)),
            unlisted: report.coverage.unlisted,
        }
    }
}

fn findings<'r>(report: &'r Report, text: &'r str, units: &mut Units<'r>) -> Vec<FindingView<'r>> {
    report.findings.iter().map(|finding| FindingView::new(finding, text, units)).collect()
}

impl<'r> FindingView<'r> {
    /// A finding in `text`, which `units` converts.
    pub fn new(finding: &'r Finding, text: &'r str, units: &mut Units<'r>) -> FindingView<'r> {
        let position = units.position(finding.span.start);
        FindingView {
            rule: &finding.rule,
            gate: finding.gate,
            severity: finding.severity,
            message: &finding.message,
            why: &finding.why,
            source: &finding.source,
            start: units.offset(finding.span.start),
            end: units.offset(finding.span.end),
            position,
            text: &text[finding.span],
            fixes: finding
                .fixes
                .iter()
                .map(|fix| FixView {
                    edits: fix.edits.iter().map(|edit| EditView::new(edit.span, &edit.text, units)).collect(),
                    safe: fix.safety == Safety::Safe,
                })
                .collect(),
            fingerprint: &finding.fingerprint,
        }
    }
}

impl<'r> EditView<'r> {
    fn new(span: Span, text: &'r str, units: &mut Units<'_>) -> EditView<'r> {
        EditView { start: units.offset(span.start), end: units.offset(span.end), text }
    }
}

impl<'r> PartView<'r> {
    fn new(span: Span, what: &'r str, units: &mut Units<'_>) -> PartView<'r> {
        PartView { start: units.offset(span.start), end: units.offset(span.end), what }
    }
}
