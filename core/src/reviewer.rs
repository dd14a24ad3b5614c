//! The reviewer: compiled rules, and the way of a draft through them.

mod settle;
mod watch;

pub(crate) use settle::Settled;
pub use watch::Step;
pub(crate) use watch::unwatched;

use std::sync::{Arc, Mutex, PoisonError};

use crate::class::Class;
use crate::date::Date;
use crate::draft::mask::Context;
use crate::draft::read::Reader;
use crate::draft::{Draft, Outline};
use crate::error::{Place, RulesetError};
use crate::finding::Severity;
use crate::kinds::{Candidate, Check, Hit, Note, Sight, Sink};
use crate::listing::MOST_LISTED;
use crate::names::nearest;
use crate::order::sort_by;
use crate::report::{Coverage, Masked, Off, OffRule, Report, RulesetId, Unlisted};
use crate::ruleset::Ruleset;
use crate::ruleset::ready::Ready;
use crate::ruleset::rule::Rule;
use crate::scan::Scratch;
use crate::span::Span;
use crate::suppress::{Accepted, Marks};

/// Compiled rules: owned, immutable, cheap to clone, shared between threads.
///
/// ```
/// use baguan::{Reviewer, Ruleset, Verdict};
///
/// let reviewer = Reviewer::new(Ruleset::standard())?;
/// let report = reviewer.review("会议要求，各单位抓好落实。");
/// assert_eq!(report.verdict(), Verdict::Pass);
/// # Ok::<(), baguan::RulesetError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Reviewer {
    compiled: Arc<Compiled>,
    class: Arc<Class>,
    as_of: Date,
    accepted: Arc<Accepted>,
    switches: Switches,
}

/// Which rules are off under a class on a day.
#[derive(Clone, Debug)]
struct Switches {
    /// For each rule why it is off, or none.
    off: Arc<[Option<Off>]>,
    /// Those that are.
    listed: Arc<[OffRule]>,
}

/// What the scan of a block fills; kept from block to block and from draft to draft, so that nothing is allocated
/// anew.
#[derive(Clone, Debug)]
pub(crate) struct Wakening {
    /// The rules that something in the block wakes.
    awake: Vec<u32>,
    /// The hits of each rule.
    hits: Vec<Vec<Hit>>,
    scratch: Scratch,
}

impl Wakening {
    fn new(rules: usize) -> Wakening {
        Wakening { awake: Vec::new(), hits: vec![Vec::new(); rules], scratch: Scratch::default() }
    }
}

/// Those that no draft is using.
#[derive(Debug)]
struct Spare {
    rules: usize,
    wakenings: Mutex<Vec<Wakening>>,
}

impl Spare {
    fn take(&self) -> Wakening {
        let spare = self.wakenings.lock().unwrap_or_else(PoisonError::into_inner).pop();
        spare.unwrap_or_else(|| Wakening::new(self.rules))
    }

    /// Keeps it for the next draft; `text` is the one that it was filled from.
    fn put(&self, wakening: Wakening, text: &str) {
        // What a very long draft has swollen is given back.
        const MOST_BYTES: usize = 1 << 20;
        if text.len() <= MOST_BYTES {
            self.wakenings.lock().unwrap_or_else(PoisonError::into_inner).push(wakening);
        }
    }
}

/// What does not change with the class, the day and what was accepted.
#[derive(Debug)]
struct Compiled {
    rules: Vec<Rule>,
    classes: Vec<Arc<Class>>,
    /// Tags switched on in every class.
    on: Vec<String>,
    disabled: Vec<bool>,
    ready: Arc<Ready>,
    spare: Spare,
    reader: Reader,
    id: Arc<RulesetId>,
}

/// What the lines of a draft, or of a piece of one, give by themselves.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lines {
    pub(crate) candidates: Vec<Candidate>,
    /// What the blocks leave for the rules that look at the whole draft, the notes of each rule in text order.
    pub(crate) notes: Vec<Note>,
}

impl Reviewer {
    /// Compiles `rules`. The class is the first of the ruleset, the day that of the ruleset.
    pub fn new(rules: Ruleset) -> Result<Reviewer, RulesetError> {
        RulesetError::check(rules.problems())?;
        let compiled = Arc::new(Compiled::new(rules)?);
        let class = compiled.classes.first().cloned().unwrap_or_else(|| Arc::new(Class::plain()));
        // A ruleset without a date is read as of the last of days: all that begins has begun.
        let as_of = compiled.id.version.unwrap_or(Date::LAST);
        let switches = compiled.switches(&class, as_of);
        Ok(Reviewer { compiled, class, as_of, accepted: Arc::default(), switches })
    }

    /// The same rules, judged as of that day.
    #[must_use]
    pub fn as_of(self, as_of: Date) -> Reviewer {
        let switches = self.compiled.switches(&self.class, as_of);
        Reviewer { as_of, switches, ..self }
    }

    /// The same rules under the policy of a content class of the ruleset.
    pub fn class(self, id: &str) -> Result<Reviewer, UnknownClass> {
        let classes = &self.compiled.classes;
        let Some(class) = classes.iter().find(|class| class.id == id).cloned() else {
            return Err(UnknownClass {
                id: id.to_owned(),
                known: classes.iter().map(|class| class.id.clone()).collect(),
                nearest: nearest(id, classes.iter().map(|class| class.id.as_str())),
            });
        };
        Ok(self.under(class))
    }

    /// The same rules with these findings accepted.
    #[must_use]
    pub fn accept(self, accepted: Accepted) -> Reviewer {
        Reviewer { accepted: Arc::new(accepted), ..self }
    }

    /// What the gates object to in `text`. Never fails, whatever the text.
    pub fn review(&self, text: &str) -> Report {
        self.review_watched(text, &mut unwatched)
    }

    /// The same, with `watch` told at the end of each step.
    #[doc(hidden)]
    pub fn review_watched(&self, text: &str, watch: &mut impl FnMut(Step)) -> Report {
        let draft = self.draft(text);
        watch(Step::Draft);
        let mut wakening = self.compiled.spare.take();
        let Lines { mut candidates, notes } = self.look_at_lines(&draft, &mut wakening, watch);
        self.compiled.spare.put(wakening, text);
        candidates.extend(self.look_at_whole(notes, draft.outline(), watch));
        let marks = Marks::of(draft.context(Context::Comment), draft.outline());
        let settled = self.settle(candidates, &draft, &marks, MOST_LISTED);
        let report = self.report(settled, draft.blocks().len(), draft.masked().collect(), &marks);
        watch(Step::Report);
        report
    }

    /// The content class drafts are reviewed as.
    pub fn content_class(&self) -> &Class {
        &self.class
    }

    /// The content classes there are.
    pub fn classes(&self) -> impl Iterator<Item = &Class> {
        self.compiled.classes.iter().map(AsRef::as_ref)
    }

    /// The rules.
    pub fn rules(&self) -> &[Rule] {
        &self.compiled.rules
    }

    pub(crate) fn under(self, class: Arc<Class>) -> Reviewer {
        let switches = self.compiled.switches(&class, self.as_of);
        Reviewer { class, switches, ..self }
    }

    /// `text` as a draft to look at.
    pub(crate) fn draft<'t>(&self, text: &'t str) -> Draft<'t> {
        Draft::new(text, &self.compiled.reader, self.as_of)
    }

    /// `text` fully folded.
    pub(crate) fn folded(&self, text: &str) -> String {
        self.compiled.reader.read(text).view.text().to_owned()
    }

    pub(crate) fn wakening(&self) -> Wakening {
        Wakening::new(self.compiled.rules.len())
    }

    /// What the rules say of each line of `draft` by itself.
    pub(crate) fn look_at_lines(
        &self,
        draft: &Draft<'_>,
        wakening: &mut Wakening,
        watch: &mut impl FnMut(Step),
    ) -> Lines {
        let mut found = Lines::default();
        self.look_at_blocks(draft, wakening, &mut found, watch);
        let Lines { mut candidates, mut notes } = found;
        sort_by_rule(&mut notes);
        let mut rest = Vec::new();
        for rule in self.on(&self.compiled.ready.lines) {
            let mut out = Sink::new(rule, 0, &mut candidates, &mut rest);
            self.check(rule).at_lines(notes_of(rule, &notes), draft, &mut out);
            watch(Step::Rule(rule as usize));
        }
        notes.retain(|note| self.check(note.rule).sight() == Sight::Draft);
        Lines { candidates, notes }
    }

    /// What the rules say of a draft as a whole, from the notes that its blocks left, in text order for each rule.
    pub(crate) fn look_at_whole(
        &self,
        mut notes: Vec<Note>,
        draft: Outline<'_>,
        watch: &mut impl FnMut(Step),
    ) -> Vec<Candidate> {
        sort_by_rule(&mut notes);
        let (mut candidates, mut rest) = (Vec::new(), Vec::new());
        for rule in self.on(&self.compiled.ready.whole) {
            let mut out = Sink::new(rule, 0, &mut candidates, &mut rest);
            self.check(rule).at_draft(notes_of(rule, &notes), draft, &mut out);
            watch(Step::Rule(rule as usize));
        }
        candidates
    }

    /// Scans the draft and lets every rule that something in a block wakes look at that block.
    fn look_at_blocks(
        &self,
        draft: &Draft<'_>,
        wakening: &mut Wakening,
        found: &mut Lines,
        watch: &mut impl FnMut(Step),
    ) {
        let Wakening { awake, hits, scratch } = wakening;
        let Ready { scanner, owners, .. } = &*self.compiled.ready;
        let blocks = draft.blocks();
        let (mut block, mut folded) = (0, draft.folded_forwards());
        scanner.scan(draft.text(), scratch, |literal, original| {
            let behind = blocks[block..].iter().take_while(|own| own.span.end <= original.start).count();
            if behind > 0 {
                watch(Step::Scan);
                self.look_at_block(block, draft, awake, hits, found, watch);
                block += behind;
            }
            // A line break within a literal would take it into the next block.
            if !blocks.get(block).is_some_and(|own| own.span.covers(original)) {
                return;
            }
            let span = folded.folded(original);
            for owner in owners.of(literal).iter().filter(|owner| self.is_on(owner.rule)) {
                let own = &mut hits[owner.rule as usize];
                if own.is_empty() {
                    awake.push(owner.rule);
                }
                own.push(Hit { span, original, tag: owner.tag });
            }
        });
        watch(Step::Scan);
        self.look_at_block(block, draft, awake, hits, found, watch);
    }

    /// Lets the rules that are awake look at a block, each at its hits.
    fn look_at_block(
        &self,
        block: usize,
        draft: &Draft<'_>,
        awake: &mut Vec<u32>,
        hits: &mut [Vec<Hit>],
        Lines { candidates, notes }: &mut Lines,
        watch: &mut impl FnMut(Step),
    ) {
        for rule in awake.drain(..) {
            let hits = &mut hits[rule as usize];
            debug_assert!(
                hits.is_sorted_by_key(|hit| (hit.span, hit.tag)),
                "the scan goes from place to place"
            );
            self.check(rule).at_block(hits, block, draft, &mut Sink::new(rule, block, candidates, notes));
            watch(Step::Rule(rule as usize));
            hits.clear();
        }
    }

    /// The report on a draft of so many blocks, with what word rules do not look at.
    pub(crate) fn report(
        &self,
        settled: Settled,
        blocks: usize,
        mut masked: Vec<(Span, Context)>,
        marks: &Marks,
    ) -> Report {
        let Settled { findings, suppressed, used, tally, put_aside } = settled;
        let rules = &self.compiled.rules;
        sort_by(&mut masked, Ord::cmp);
        let masked = masked.into_iter().map(|(span, context)| Masked { span, context: context.name() });
        let coverage = Coverage {
            blocks,
            rules: rules.len() - self.switches.listed.len(),
            off: Arc::clone(&self.switches.listed),
            masked: masked.collect(),
            idle_marks: marks.idle(&used, |id| rules.iter().any(|rule| &*rule.id == id)),
            unlisted: Unlisted {
                findings: tally.total() - findings.len(),
                suppressed: put_aside - suppressed.len(),
            },
        };
        let gates = tally.gates(&self.class);
        let (class, ruleset) = (Arc::clone(&self.class), Arc::clone(&self.compiled.id));
        Report { findings, suppressed, gates, coverage, class, as_of: self.as_of, ruleset }
    }

    fn check(&self, rule: u32) -> &Check {
        self.compiled.rules[rule as usize].check()
    }

    fn is_on(&self, rule: u32) -> bool {
        self.switches.off[rule as usize].is_none()
    }

    /// Those of `rules` that are on.
    fn on(&self, rules: &[u32]) -> impl Iterator<Item = u32> {
        rules.iter().copied().filter(|rule| self.is_on(*rule))
    }
}

fn sort_by_rule(notes: &mut [Note]) {
    notes.sort_by_key(|note| note.rule);
}

/// The notes of one rule among those of all, which are sorted by rule.
fn notes_of(rule: u32, notes: &[Note]) -> &[Note] {
    let (_, rest) = notes.split_at(notes.partition_point(|note| note.rule < rule));
    rest.split_at(rest.partition_point(|note| note.rule == rule)).0
}

impl Compiled {
    fn new(set: Ruleset) -> Result<Compiled, RulesetError> {
        let ready = set.ready()?;
        let id = Arc::new(RulesetId { name: set.name.clone(), version: set.version, digest: set.digest() });
        let disabled = set.rules.iter().map(|rule| set.is_disabled(&rule.id)).collect();
        Ok(Compiled {
            ready,
            disabled,
            spare: Spare { rules: set.rules.len(), wakenings: Mutex::default() },
            reader: Reader::new(),
            id,
            classes: set.classes.into_iter().map(Arc::new).collect(),
            on: set.on,
            rules: set.rules,
        })
    }

    fn switches(&self, class: &Class, as_of: Date) -> Switches {
        let off = |(rule, disabled): (&Rule, &bool)| {
            if *disabled {
                Some(Off::Disabled)
            } else if !class.switches_on(&rule.tags) && !rule.tags.iter().any(|tag| self.on.contains(tag)) {
                Some(Off::Class)
            } else if rule.since.is_some_and(|day| as_of < day) || rule.until.is_some_and(|day| day <= as_of)
            {
                Some(Off::Date)
            } else {
                None
            }
        };
        let off: Arc<[Option<Off>]> = self.rules.iter().zip(&self.disabled).map(off).collect();
        let listed = self.rules.iter().zip(off.iter());
        let listed =
            listed.filter_map(|(rule, off)| Some(OffRule { rule: Arc::clone(&rule.id), reason: (*off)? }));
        Switches { listed: listed.collect(), off }
    }
}

/// A class id that the ruleset does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown class `{id}`, expected one of {}{}", known.join(", "),
    nearest.as_ref().map_or_else(String::new, |name| format!("; did you mean `{name}`?")))]
pub struct UnknownClass {
    id: String,
    known: Vec<String>,
    nearest: Option<String>,
}

impl Class {
    /// The class of a ruleset that has none: every untagged rule, warnings to revise, errors to block.
    pub(crate) fn plain() -> Class {
        Class {
            id: "plain".to_owned(),
            title: "一般".to_owned(),
            on: Vec::new(),
            revise: [Severity::Warning; 4],
            block: [Severity::Error; 4],
            levels: Vec::new(),
            place: Place { file: String::new(), line: 1, column: 1 },
        }
    }
}
