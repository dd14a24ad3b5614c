//! Guards: the conditions that `term`, `replace` and `pattern` put on a hit.

use std::cell::OnceCell;
use std::collections::HashSet;

use crate::draft::Draft;
use crate::draft::fold::{Fold, Folding, Ignore, fold, is_blank};
use crate::draft::mask::Context;
use crate::entry::{Entry, Located};
use crate::error::ProblemKind;
use crate::kinds::phrases::Phrases;
use crate::kinds::{Candidate, Sink};
use crate::scan::boundary::Boundary;
use crate::span::Span;

/// What must hold around a hit for it to count.
#[derive(Clone, Debug)]
pub(crate) struct Guard {
    pub(crate) folding: Folding,
    outside: Vec<Context>,
    inside: Vec<Context>,
    boundary: Option<Boundary>,
    after: Vec<String>,
    before: Vec<String>,
    not_after: Vec<String>,
    not_before: Vec<String>,
    within: Within,
    /// The phrases of each role.
    phrases: [Phrases; 4],
}

/// What a phrase does to a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Vetoes a hit it covers.
    Unless,
    /// Vetoes a hit it overlaps.
    Protect,
    /// Must stand nearby.
    Near,
    /// Must not stand nearby.
    NotNear,
}

/// How far `near` and `not_near` reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    Chars(usize),
    Sentence,
    Block,
}

/// The guard of one rule at one block.
///
/// Phrases are looked for around a hit only once everything else speaks for it: hits that get so far are few, and
/// phrases are ordinary words (国家, 应当) that the scan would find everywhere.
pub(crate) struct Guarded<'g> {
    guard: &'g Guard,
    block: usize,
    /// Where company stands in the whole block, sorted by start; for `near` and `not_near` that reach so far.
    company: [OnceCell<Vec<Span>>; 2],
}

impl Guard {
    pub(crate) fn read(entry: &mut Entry<'_>, folding: Folding, outside: &[Context]) -> Guard {
        let folding = read_folding(entry, folding);
        let mut guard = Guard {
            folding,
            outside: entry.names("outside", "context").unwrap_or_else(|| outside.to_vec()),
            inside: entry.names("inside", "context").unwrap_or_default(),
            boundary: entry.name("boundary", "boundary"),
            after: beside(entry, "after"),
            before: beside(entry, "before"),
            not_after: beside(entry, "not_after"),
            not_before: beside(entry, "not_before"),
            within: Within::read(entry),
            phrases: Default::default(),
        };
        guard.extend(entry);
        if entry.has("within") && !guard.has(Role::Near) && !guard.has(Role::NotNear) {
            entry.invalid("within", "`within` without `near` or `not_near`");
        }
        guard
    }

    /// Adds the phrases of an entry.
    pub(crate) fn extend(&mut self, entry: &mut Entry<'_>) {
        for (role, field) in [
            (Role::Unless, "unless"),
            (Role::Protect, "protect"),
            (Role::Near, "near"),
            (Role::NotNear, "not_near"),
        ] {
            let phrases = entry.texts(field);
            refuse_twins(entry, &phrases, Folding::FULL);
            for phrase in phrases {
                refuse_line_break(entry, &phrase);
                self.phrases[role as usize].add(&phrase.value);
            }
        }
    }

    /// Adds a phrase that vetoes what it covers.
    pub(crate) fn unless(&mut self, phrase: &str) {
        self.phrases[Role::Unless as usize].add(phrase);
    }

    /// Adds a word that vetoes what it overlaps.
    pub(crate) fn protect(&mut self, word: &str) {
        self.phrases[Role::Protect as usize].add(word);
    }

    /// The phrase that vetoes every occurrence of `term`: one that is part of it.
    pub(crate) fn swallows(&self, term: &str) -> Option<&str> {
        let term = fold(term, Folding::FULL);
        let covering = self.phrases[Role::Unless as usize].get(term.text());
        covering.or_else(|| self.phrases[Role::Protect as usize].part_of(term.text()))
    }

    /// The guard at one block.
    pub(crate) fn at(&self, block: usize) -> Guarded<'_> {
        Guarded { guard: self, block, company: Default::default() }
    }

    fn has(&self, role: Role) -> bool {
        !self.phrases[role as usize].is_empty()
    }
}

impl Guarded<'_> {
    /// Whether the block holds any company that a hit must have, where that reaches over sentences.
    pub(crate) fn may_object(&self, draft: &Draft<'_>) -> bool {
        let far = matches!(self.guard.within, Within::Sentence | Within::Block);
        !far || !self.guard.has(Role::Near) || !self.company(Role::Near, draft).is_empty()
    }

    /// The objection to a hit at `folded` (in the folded view) and `span` (in the original), where it counts.
    ///
    /// A hit that only an exception vetoes is put aside with the phrase that vetoes it.
    pub(crate) fn object<'o>(
        &self,
        (folded, span): (Span, Span),
        draft: &Draft<'_>,
        out: &'o mut Sink<'_>,
    ) -> Option<&'o mut Candidate> {
        if !self.counts((folded, span), draft) {
            return None;
        }
        if let Some(phrase) = self.exception(folded, draft) {
            out.put_aside(span, draft.original(phrase));
            return None;
        }
        Some(out.report(span))
    }

    /// Whether a hit at `folded` (in the folded view) and `span` (in the original) counts.
    pub(crate) fn allows(&self, (folded, span): (Span, Span), draft: &Draft<'_>) -> bool {
        self.counts((folded, span), draft) && self.exception(folded, draft).is_none()
    }

    fn counts(&self, (folded, span): (Span, Span), draft: &Draft<'_>) -> bool {
        self.stands_free(folded, span, draft) && self.has_company(folded, draft)
    }

    fn stands_free(&self, folded: Span, span: Span, draft: &Draft<'_>) -> bool {
        let guard = self.guard;
        let (before, after) = (&draft.folded()[..folded.start], &draft.folded()[folded.end..]);
        let is_in = |context: &Context| draft.is_in(*context, span);
        guard.boundary.is_none_or(|boundary| boundary.holds(draft.text(), span))
            && (guard.after.is_empty() || ends_with(before, &guard.after))
            && (guard.before.is_empty() || starts_with(after, &guard.before))
            && !ends_with(before, &guard.not_after)
            && !starts_with(after, &guard.not_before)
            && !guard.outside.iter().any(is_in)
            && (guard.inside.is_empty() || guard.inside.iter().any(is_in))
    }

    /// The phrase that vetoes a hit.
    fn exception(&self, hit: Span, draft: &Draft<'_>) -> Option<Span> {
        let meets = |role: Role, vetoes: fn(Span, Span) -> bool| {
            let phrases = &self.guard.phrases[role as usize];
            phrases.around(hit, draft.folded()).find(|phrase| vetoes(*phrase, hit))
        };
        meets(Role::Unless, Span::covers).or_else(|| meets(Role::Protect, Span::overlaps))
    }

    fn has_company(&self, hit: Span, draft: &Draft<'_>) -> bool {
        let wanted = self.guard.has(Role::Near);
        if !wanted && !self.guard.has(Role::NotNear) {
            return true;
        }
        let reach = self.guard.within.reach(hit, self.block, draft);
        (!wanted || self.stands(Role::Near, reach, hit, draft))
            && !self.stands(Role::NotNear, reach, hit, draft)
    }

    /// Whether a phrase stands within `reach`; one that the hit itself is part of is no company.
    fn stands(&self, role: Role, reach: Span, hit: Span, draft: &Draft<'_>) -> bool {
        let phrases = &self.guard.phrases[role as usize];
        let counts =
            |phrase: Span| phrase.start <= reach.end && phrase.end >= reach.start && !phrase.overlaps(hit);
        if let Within::Chars(_) = self.guard.within {
            return phrases.around(reach, draft.folded()).any(counts);
        }
        let company = self.company(role, draft);
        let first = company.partition_point(|phrase| phrase.start + phrases.longest() < reach.start);
        let mut near = company[first..].iter().take_while(|phrase| phrase.start <= reach.end);
        near.any(|phrase| counts(*phrase))
    }

    /// Where the phrases of a role stand in the block, which is searched once, however many hits it has.
    fn company(&self, role: Role, draft: &Draft<'_>) -> &[Span] {
        let company = &self.company[usize::from(role == Role::NotNear)];
        company.get_or_init(|| {
            let block = draft.folded_span(draft.blocks()[self.block].span);
            self.guard.phrases[role as usize].within(draft.folded(), block).collect()
        })
    }
}

impl Within {
    fn read(entry: &mut Entry<'_>) -> Within {
        const DEFAULT: Within = Within::Chars(20);
        if !entry.has("within") {
            return DEFAULT;
        }
        match entry.peek_text("within").as_deref() {
            Some("sentence") => Within::Sentence,
            Some("block") => Within::Block,
            Some(other) => {
                entry.invalid("within", format!("`{other}`, expected a number, \"sentence\" or \"block\""));
                DEFAULT
            }
            None => entry.count("within").map_or(DEFAULT, Within::Chars),
        }
    }

    /// The part of the folded view that counts as near `hit`.
    fn reach(self, hit: Span, block: usize, draft: &Draft<'_>) -> Span {
        const SENTENCE: [char; 5] = ['。', '!', '?', ';', '…'];
        // No sentence is longer; the bound keeps text without full stops from costing more than its length.
        const LONGEST_SENTENCE: usize = 3000;
        let text = draft.folded();
        let block = draft.folded_span(draft.blocks()[block].span);
        let from = text.ceil_char_boundary(block.start.max(hit.start.saturating_sub(LONGEST_SENTENCE)));
        let to = text.floor_char_boundary(block.end.min(hit.end + LONGEST_SENTENCE));
        let (before, after) = (&text[from..hit.start], &text[hit.end..to]);
        match self {
            Within::Block => block,
            Within::Sentence => Span::new(
                before.rfind(SENTENCE).map_or(from, |at| text.ceil_char_boundary(from + at + 1)),
                after.find(SENTENCE).map_or(to, |at| hit.end + at),
            ),
            Within::Chars(count) => Span::new(
                before.char_indices().rev().take(count).last().map_or(hit.start, |(at, _)| from + at),
                after.char_indices().nth(count).map_or(to, |(at, _)| hit.end + at),
            ),
        }
    }
}

/// A list of words as a rule reads them: which hits of the scan are really theirs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    /// Each word as the rule folds it, where that is not how the scan does.
    exact: Vec<Option<String>>,
}

impl Words {
    pub(crate) fn new<'w>(words: impl IntoIterator<Item = &'w str>, folding: Folding) -> Words {
        let exact = |word: &str| {
            let plain = folding == Folding::WORDS && !word.contains(is_blank);
            (!plain).then(|| fold(word, folding).text().to_owned())
        };
        Words { exact: words.into_iter().map(exact).collect() }
    }

    /// Whether word `number` stands at `span` of the original text.
    pub(crate) fn stands(&self, number: usize, span: Span, folding: Folding, draft: &Draft<'_>) -> bool {
        let text = &draft.text()[span];
        match &self.exact[number] {
            // The scan passes over blanks; a word does not.
            None => !text.contains(is_blank),
            Some(exact) => fold(text, folding).text() == exact,
        }
    }
}

/// Notes as problems the words that are the same after folding.
pub(crate) fn refuse_twins(entry: &mut Entry<'_>, words: &[Located<String>], folding: Folding) {
    if entry.is_proven() {
        return;
    }
    let mut seen = HashSet::new();
    for word in words {
        if !seen.insert(fold(&word.value, folding).text().to_owned()) {
            entry.problem_at(word.place.clone(), ProblemKind::DuplicateItem(word.value.clone()));
        }
    }
}

/// Notes as a problem a literal that no line can hold, or that is no word any more.
pub(crate) fn refuse_line_break(entry: &mut Entry<'_>, word: &Located<String>) {
    // The scan walks a literal from every place where it may start: its length bounds the cost of a character.
    const LONGEST: usize = 200;
    if entry.is_proven() {
        return;
    }
    if word.value.chars().count() > LONGEST {
        let message = format!("longer than {LONGEST} characters");
        entry.problem_at(word.place.clone(), ProblemKind::Invalid(message));
    }
    let nothing = fold(&word.value, Folding::FULL).text().is_empty();
    if nothing || word.value.contains(['\n', '\r']) {
        let message =
            format!("{:?} can never be found: it holds a line break or nothing that shows", word.value);
        entry.problem_at(word.place.clone(), ProblemKind::Invalid(message));
    }
}

fn read_folding(entry: &mut Entry<'_>, default: Folding) -> Folding {
    let mut folding = default;
    if let Some(folds) = entry.names::<Fold>("fold", "fold") {
        folding.case = folds.contains(&Fold::Case);
        folding.width = folds.contains(&Fold::Width);
        folding.variant = folds.contains(&Fold::Variant);
    }
    folding.ignore = entry.name::<Ignore>("ignore", "choice of what to ignore").unwrap_or(default.ignore);
    folding
}

/// The words of a field that says what stands beside a hit. A line ends there or goes on: no rule sees what another
/// line holds.
fn beside(entry: &mut Entry<'_>, field: &'static str) -> Vec<String> {
    let words = entry.texts(field);
    for word in words.iter().filter(|word| word.value != "\n" && word.value.contains(['\n', '\r'])) {
        let message =
            format!("{:?} reaches over a line break; `\"\\n\"` alone says that a line ends", word.value);
        entry.problem_at(word.place.clone(), ProblemKind::Invalid(message));
    }
    words.iter().map(|word| fold(&word.value, Folding::FULL).text().to_owned()).collect()
}

fn ends_with(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.ends_with(word.as_str()))
}

fn starts_with(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.starts_with(word.as_str()))
}
