//! Which findings a report lists where there are more than anyone reads.

use crate::class::{Class, Verdict};
use crate::finding::{Gate, Severity};
use crate::report::GateReport;

/// The most findings that a report lists, and the most that it lists as put aside.
///
/// Where there are more, those are listed that weigh most under the class and, of equal weight, come first in the
/// text. Verdicts and counts are always those of all; [`Coverage::unlisted`](crate::Coverage::unlisted) says how many
/// are not listed.
pub const MOST_LISTED: usize = 100_000;

/// How many findings there are of each gate and severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    counts: [[usize; Severity::ALL.len()]; Gate::ALL.len()],
}

impl Tally {
    pub(crate) fn add(&mut self, gate: Gate, severity: Severity) {
        self.counts[gate as usize][severity as usize] += 1;
    }

    /// All of several.
    pub(crate) fn sum(tallies: impl Iterator<Item = Tally>) -> Tally {
        tallies.fold(Tally::default(), |mut sum, own| {
            for (sum, own) in sum.counts.iter_mut().flatten().zip(own.counts.iter().flatten()) {
                *sum += own;
            }
            sum
        })
    }

    pub(crate) fn total(&self) -> usize {
        self.counts.iter().flatten().sum()
    }

    /// The counts and the verdict of each gate, by the policy of `class`.
    pub(crate) fn gates(&self, class: &Class) -> [GateReport; Gate::ALL.len()] {
        Gate::ALL.map(|gate| {
            let counts = self.counts[gate as usize];
            let found = Severity::ALL.into_iter().filter(|severity| counts[*severity as usize] > 0);
            let [hint, warning, error, fatal] = counts;
            let verdict = found.map(|severity| class.verdict(gate, severity)).max();
            GateReport { verdict: verdict.unwrap_or(Verdict::Pass), fatal, error, warning, hint }
        })
    }

    /// Which of these a list of at most `most` holds.
    pub(crate) fn listing<'c>(&self, class: &'c Class, most: usize) -> Listing<'c> {
        let mut listing = Listing { class, room: Default::default() };
        let mut rest = most;
        for verdict in Verdict::ALL.into_iter().rev() {
            for severity in Severity::ALL.into_iter().rev() {
                let weighs_so = |gate: &Gate| class.verdict(*gate, severity) == verdict;
                let gates = Gate::ALL.into_iter().filter(weighs_so);
                let own: usize = gates.map(|gate| self.counts[gate as usize][severity as usize]).sum();
                let room = own.min(rest);
                listing.room[verdict as usize][severity as usize] = room;
                rest -= room;
            }
        }
        listing
    }
}

/// Takes findings in text order and says which are listed.
#[derive(Clone, Debug)]
pub(crate) struct Listing<'c> {
    class: &'c Class,
    /// How many more of each weight: what it means under the class, and how grave it is.
    room: [[usize; Severity::ALL.len()]; Verdict::ALL.len()],
}

impl Listing<'_> {
    /// Whether the next finding, of this gate and severity, is listed.
    pub(crate) fn takes(&mut self, gate: Gate, severity: Severity) -> bool {
        let room = &mut self.room[self.class.verdict(gate, severity) as usize][severity as usize];
        let takes = *room > 0;
        *room -= usize::from(takes);
        takes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weightiest_and_of_those_the_first() {
        use Gate::{Legal, Wording};
        use Severity::{Error, Fatal, Hint, Warning};
        // At the legal gate a warning blocks already.
        let mut class = Class::plain();
        class.block[Legal as usize] = Warning;
        let found = [
            (Wording, Hint),
            (Wording, Warning),
            (Legal, Warning),
            (Wording, Error),
            (Wording, Warning),
            (Wording, Fatal),
            (Legal, Warning),
        ];
        let mut tally = Tally::default();
        for (gate, severity) in found {
            tally.add(gate, severity);
        }
        for (most, expected) in [
            (0, vec![]),
            (1, vec![5]),
            (2, vec![3, 5]),
            (3, vec![2, 3, 5]),
            (4, vec![2, 3, 5, 6]),
            (5, vec![1, 2, 3, 5, 6]),
            (6, vec![1, 2, 3, 4, 5, 6]),
            (9, vec![0, 1, 2, 3, 4, 5, 6]),
        ] {
            let mut listing = tally.listing(&class, most);
            let listed: Vec<usize> =
                (0..found.len()).filter(|n| listing.takes(found[*n].0, found[*n].1)).collect();
            assert_eq!(listed, expected, "{most}");
        }
    }

    #[test]
    fn counts_and_verdicts_of_the_gates() {
        let mut tally = Tally::default();
        tally.add(Gate::Secrecy, Severity::Fatal);
        let mut more = Tally::default();
        for severity in [Severity::Hint, Severity::Hint, Severity::Warning] {
            more.add(Gate::Wording, severity);
        }
        let sum = Tally::sum([tally, more].into_iter());
        let none = GateReport { verdict: Verdict::Pass, fatal: 0, error: 0, warning: 0, hint: 0 };
        let secrecy = GateReport { verdict: Verdict::Block, fatal: 1, ..none };
        let wording = GateReport { verdict: Verdict::Revise, warning: 1, hint: 2, ..none };
        assert_eq!(sum.gates(&Class::plain()), [none, none, secrecy, wording]);
        assert_eq!(sum.total(), 4);
    }
}
