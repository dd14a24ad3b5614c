//! Rules prove themselves: their own examples, and all examples against all rules.

use std::fmt;
use std::sync::Arc;

use crate::class::Class;
use crate::error::{Place, RulesetError};
use crate::finding::{Safety, Severity};
use crate::report::Report;
use crate::reviewer::Reviewer;
use crate::ruleset::Ruleset;
use crate::ruleset::rule::Rule;

/// An example that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The rule whose example it is.
    pub rule: Arc<str>,
    /// Where the example stands.
    pub place: Place,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.place, self.rule, self.message)
    }
}

/// Every example of `rules` that does not hold; what is disabled need not.
///
/// Each `bad` draft must be flagged by its rule and by no other rule of level error or above; each `good` draft, and
/// each `bad` one after its fix, must be silent under all of those. Everything is reviewed again with characters of
/// two, three and four bytes in front: what is flagged must only move.
pub fn prove(rules: &Ruleset) -> Result<Vec<Failure>, RulesetError> {
    let reviewer = Reviewer::new(rules.clone())?;
    let mut failures = Vec::new();
    for rule in rules.rules().iter().filter(|rule| !rules.is_disabled(&rule.id)) {
        let class = Class { on: rule.tags().to_vec(), ..Class::plain() };
        let day = rule.examples().as_of.or(rule.since.max(rules.version()));
        let mut reviewer = reviewer.clone().under(Arc::new(class));
        if let Some(day) = day {
            reviewer = reviewer.as_of(day);
        }
        let mut proof = Proof { rule, reviewer, failures: &mut failures };
        for example in &rule.examples().bad {
            proof.bad(&example.value, &example.place);
        }
        for example in &rule.examples().good {
            proof.silent("good", &example.value, &example.place);
            proof.shifted(&example.value, &example.place);
        }
    }
    Ok(failures)
}

struct Proof<'p> {
    rule: &'p Rule,
    reviewer: Reviewer,
    failures: &'p mut Vec<Failure>,
}

impl Proof<'_> {
    fn bad(&mut self, draft: &str, place: &Place) {
        let report = self.reviewer.review(draft);
        let own: Vec<_> = report.findings().iter().filter(|f| f.rule == self.rule.id).collect();
        if own.is_empty() {
            let others = names(&report, |_| true);
            self.fail(place, format!("bad example is not flagged: {draft}{others}"));
            return;
        }
        let others = names(&report, |f| f.rule != self.rule.id && f.severity >= Severity::Error);
        if !others.is_empty() {
            self.fail(place, format!("bad example is flagged by other rules too: {draft}{others}"));
        }
        if own.iter().any(|finding| !finding.fixes.is_empty()) {
            let fixed = report.fixed(draft, Safety::Ask);
            self.silent("fixed example", &fixed, place);
        }
        self.shifted(draft, place);
    }

    /// No rule of level error objects, and not the rule itself, whatever its level.
    fn silent(&mut self, what: &str, draft: &str, place: &Place) {
        let report = self.reviewer.review(draft);
        let found = names(&report, |f| f.severity >= Severity::Error || f.rule == self.rule.id);
        if !found.is_empty() {
            self.fail(place, format!("{what} is flagged: {draft}{found}"));
        }
    }

    /// Characters of other widths in front move what the rule flags and change nothing.
    fn shifted(&mut self, draft: &str, place: &Place) {
        // A line of its own, so that marks at the start of a line stay there.
        const FRONT: &str = "é甲😀\n";
        let flagged = |text: &str, shift: usize| -> Vec<_> {
            let report = self.reviewer.review(text);
            let own = report.findings().iter().filter(|f| f.rule == self.rule.id);
            own.map(|f| (f.span.start - shift, f.span.end - shift, f.message.clone())).collect()
        };
        let (plain, moved) = (flagged(draft, 0), flagged(&format!("{FRONT}{draft}"), FRONT.len()));
        if plain != moved {
            self.fail(
                place,
                format!("what is flagged changes with text in front: {plain:?}, then {moved:?}"),
            );
        }
    }

    fn fail(&mut self, place: &Place, message: String) {
        self.failures.push(Failure { rule: Arc::clone(&self.rule.id), place: place.clone(), message });
    }
}

/// The rules of the findings that `wanted` takes, ready to be added to a message.
fn names(report: &Report, wanted: impl Fn(&crate::finding::Finding) -> bool) -> String {
    let names: Vec<&str> = report.findings().iter().filter(|f| wanted(f)).map(|f| &*f.rule).collect();
    if names.is_empty() { String::new() } else { format!(" (by {})", names.join(", ")) }
}
