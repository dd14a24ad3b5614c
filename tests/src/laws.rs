//! What holds for every text and every ruleset.

use baguan::{Gate, Report, Reviewer, Ruleset, Safety};

/// Holds `text` under the reviewer's rules to the laws.
///
/// # Panics
/// Where one does not hold.
pub fn hold(reviewer: &Reviewer, text: &str) {
    let report = reviewer.review(text);
    spans_hold(&report, text);
    assert_eq!(report, reviewer.review(text), "the same review gives the same report");
    let mended = report.fixed(text, Safety::Safe);
    let again = reviewer.review(&mended);
    assert_eq!(again.fixed(&mended, Safety::Safe), mended, "safe fixes settle at once");
}

/// Findings are in text order, on `char` boundaries, and apart from one another at each gate; so are their edits.
fn spans_hold(report: &Report, text: &str) {
    for gate in Gate::ALL {
        let spans: Vec<_> = report.findings().iter().filter(|f| f.gate == gate).map(|f| f.span).collect();
        for pair in spans.windows(2) {
            assert!(pair[0].end <= pair[1].start, "overlap at {gate}: {pair:?}");
        }
    }
    let starts: Vec<usize> = report.findings().iter().map(|finding| finding.span.start).collect();
    assert!(starts.is_sorted(), "text order: {starts:?}");
    let all = report.findings().iter().chain(report.suppressed().iter().map(|put_aside| &put_aside.finding));
    for finding in all {
        assert!(text.get(finding.span.range()).is_some(), "{}: {:?} cuts a char", finding.rule, finding.span);
        for fix in &finding.fixes {
            assert!(fix.edits.iter().all(|edit| text.get(edit.span.range()).is_some()), "{}", finding.rule);
            assert!(fix.edits.is_sorted_by(|one, next| one.span.end <= next.span.start), "{}", finding.rule);
        }
    }
}

/// Holds a ruleset that `text` may be to the laws, on its own examples.
///
/// # Panics
/// Where one does not hold.
pub fn ruleset_holds(text: &str) {
    let Ok(rules) = Ruleset::parse("fuzz.toml", text) else { return };
    let Ok(reviewer) = Reviewer::new(rules.clone()) else { return };
    for rule in rules.rules() {
        for draft in rule.bad().chain(rule.good()) {
            spans_hold(&reviewer.review(draft), draft);
        }
    }
}
