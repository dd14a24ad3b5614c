//! What stays a finding and what is put aside.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::draft::Draft;
use crate::draft::fold::whole_graphemes;
use crate::finding::Finding;
use crate::kinds::{Candidate, Check};
use crate::listing::Tally;
use crate::order::sort_by_key;
use crate::report::{Reason, Suppressed};
use crate::resolve::{Claim, resolve};
use crate::reviewer::Reviewer;
use crate::ruleset::rule::Rule;
use crate::suppress::{Marks, fingerprint};

/// What a review says of a draft, or of a piece of one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settled {
    pub(crate) findings: Vec<Finding>,
    pub(crate) suppressed: Vec<Suppressed>,
    /// The numbers of the ignore marks that put something aside.
    pub(crate) used: BTreeSet<usize>,
    /// All that stays a finding, listed or not.
    pub(crate) tally: Tally,
    /// How many are put aside, listed or not.
    pub(crate) put_aside: usize,
}

impl Reviewer {
    /// Parts what stays a finding from what is put aside; of each as many as a list of `most` holds.
    pub(crate) fn settle(
        &self,
        mut candidates: Vec<Candidate>,
        draft: &Draft<'_>,
        marks: &Marks,
        most: usize,
    ) -> Settled {
        for candidate in &mut candidates {
            candidate.span = whole_graphemes(draft.text(), candidate.span);
        }
        sort_by_key(&mut candidates, |candidate| {
            (candidate.span, candidate.rule, candidate.exception.is_some())
        });
        candidates.dedup_by_key(|candidate| (candidate.span, candidate.rule));
        let mut settled = Settled::default();
        let mut reasons: Vec<Option<Reason>> = Vec::with_capacity(candidates.len());
        for candidate in &candidates {
            reasons.push(self.put_aside(candidate, draft, marks, &mut settled.used));
        }
        let standing: Vec<usize> = (0..candidates.len()).filter(|n| reasons[*n].is_none()).collect();
        let claims: Vec<Claim> = standing.iter().map(|n| self.claim(&candidates[*n])).collect();
        for (n, winner) in standing.iter().zip(resolve(&claims)) {
            let rule = self.rule_of(&candidates[*n]);
            match winner.map(|winner| self.rule_of(&candidates[standing[winner]])) {
                Some(winner) => reasons[*n] = Some(Reason::Overlap { rule: Arc::clone(&winner.id) }),
                None => settled.tally.add(rule.gate, rule.severity),
            }
        }
        let mut listing = settled.tally.listing(&self.class, most);
        for (candidate, reason) in candidates.into_iter().zip(reasons) {
            let Rule { gate, severity, .. } = *self.rule_of(&candidate);
            match reason {
                None if listing.takes(gate, severity) => {
                    settled.findings.push(self.finding(candidate, draft));
                }
                None => {}
                Some(reason) => {
                    settled.put_aside += 1;
                    if settled.put_aside <= most {
                        let finding = self.finding(candidate, draft);
                        settled.suppressed.push(Suppressed { finding, reason });
                    }
                }
            }
        }
        settled
    }

    /// Why a candidate is put aside, whatever others there are; `used` are the ignore marks that do so.
    fn put_aside(
        &self,
        candidate: &Candidate,
        draft: &Draft<'_>,
        marks: &Marks,
        used: &mut BTreeSet<usize>,
    ) -> Option<Reason> {
        let id = &self.rule_of(candidate).id;
        if let Some(phrase) = candidate.exception {
            return Some(Reason::Exception { phrase: draft.text()[phrase].to_owned() });
        }
        if let Some((mark, reason)) = marks.covering(id, candidate.span) {
            used.insert(mark);
            return Some(reason);
        }
        if self.accepted.is_empty() {
            return None;
        }
        self.accepted.covering(&fingerprint(id, candidate.span, draft))
    }

    fn finding(&self, candidate: Candidate, draft: &Draft<'_>) -> Finding {
        let rule = self.rule_of(&candidate);
        let span = candidate.span;
        Finding {
            rule: Arc::clone(&rule.id),
            gate: rule.gate,
            severity: rule.severity,
            message: rule.message.fill(&draft.text()[span], &candidate.values),
            why: Arc::clone(&rule.why),
            source: Arc::clone(&rule.source),
            span,
            fingerprint: fingerprint(&rule.id, span, draft),
            fixes: candidate.fixes,
        }
    }

    fn claim(&self, candidate: &Candidate) -> Claim {
        let rule = self.rule_of(candidate);
        let kind = Check::NAMES.iter().position(|name| *name == rule.kind());
        Claim {
            gate: rule.gate,
            span: candidate.span,
            severity: rule.severity,
            kind: kind.unwrap_or(usize::MAX),
        }
    }

    fn rule_of(&self, candidate: &Candidate) -> &Rule {
        &self.compiled.rules[candidate.rule as usize]
    }
}
