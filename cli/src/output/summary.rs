//! What a report comes to: for the formats that people read.

use baguan::{Date, Gate, Off, Report, Severity};

use super::Reviewed;

/// Verdict and counts by gate, the graver severity first, under a heading.
pub(super) fn gates(report: &Report) -> [[String; 6]; 5] {
    let severities: Vec<Severity> = Severity::ALL.into_iter().rev().collect();
    let row = |gate: Gate| {
        let own = report.gate(gate);
        let count = |n: usize| match own.count(severities[n]) {
            0 => "-".to_owned(),
            count => count.to_string(),
        };
        [gate.title().to_owned(), own.verdict.title().to_owned(), count(0), count(1), count(2), count(3)]
    };
    let title = |n: usize| severities[n].title().to_owned();
    let head = ["关口".to_owned(), "结论".to_owned(), title(0), title(1), title(2), title(3)];
    let [political, legal, secrecy, wording] = Gate::ALL.map(row);
    [head, political, legal, secrecy, wording]
}

/// Under which class, day and rules the draft was reviewed.
pub(super) fn basis(reviewed: &Reviewed<'_>) -> String {
    let (report, class) = (reviewed.report, reviewed.reviewer.content_class());
    let rules = report.ruleset();
    let levels = if report.levels().is_empty() { "无".to_owned() } else { report.levels().join("、") };
    format!(
        "类别 {}（{}），签审 {levels}，审核日 {}，规则集 {}",
        class.title(),
        class.id(),
        report.as_of(),
        rules_named(&rules.name, rules.version, &rules.digest),
    )
}

/// Rules by their name, their day and the first digits of their digest.
pub(super) fn rules_named(name: &str, version: Option<Date>, digest: &str) -> String {
    let version = version.map_or_else(String::new, |day| format!(" {day}"));
    format!("{name}{version}（{}）", digest.get(..12).unwrap_or(digest))
}

/// How many rules ran, how many were off and why, and what was put aside.
pub(super) fn coverage(report: &Report) -> String {
    let coverage = report.coverage();
    let off =
        Off::ALL.map(|off| (off.title(), coverage.off.iter().filter(|rule| rule.reason == off).count()));
    let mut reasons: Vec<(&str, usize)> = Vec::new();
    for put_aside in report.suppressed() {
        let title = put_aside.reason.title();
        match reasons.iter_mut().find(|(own, _)| *own == title) {
            Some((_, count)) => *count += 1,
            None => reasons.push((title, 1)),
        }
    }
    format!(
        "运行规则 {} 条，未运行 {} 条{}，搁置 {} 处{}",
        coverage.rules,
        coverage.off.len(),
        parts(&off),
        report.suppressed().len() + coverage.unlisted.suppressed,
        parts(&reasons),
    )
}

/// How many findings there are, listed or not.
pub(super) fn found(report: &Report) -> usize {
    report.findings().len() + report.coverage().unlisted.findings
}

/// What is found and not listed, where there is such.
pub(super) fn unlisted(report: &Report) -> Option<String> {
    let unlisted = report.coverage().unlisted;
    let findings = (unlisted.findings > 0).then(|| {
        let listed = report.findings().len();
        format!(
            "问题过多，只列最要紧的 {listed} 处，另有 {} 处未列出；结论和各关计数包括全部问题",
            unlisted.findings
        )
    });
    let suppressed = (unlisted.suppressed > 0).then(|| {
        let listed = report.suppressed().len();
        format!("搁置过多，只列前 {listed} 处，另有 {} 处未列出", unlisted.suppressed)
    });
    let said: Vec<String> = findings.into_iter().chain(suppressed).collect();
    (!said.is_empty()).then(|| said.join("；"))
}

/// `（甲 1，乙 2）` of those that are not none; nothing where all are.
fn parts(counts: &[(&str, usize)]) -> String {
    let parts: Vec<String> = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(what, count)| format!("{what} {count}"))
        .collect();
    if parts.is_empty() { String::new() } else { format!("（{}）", parts.join("，")) }
}
