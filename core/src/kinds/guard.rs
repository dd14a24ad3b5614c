//! Guards: the conditions that `term`, `replace` and `pattern` put on a hit.

use std::collections::HashSet;

use crate::draft::Draft;
use crate::draft::fold::{Fold, Folding, Ignore, fold, is_blank};
use crate::draft::mask::Context;
use crate::entry::{Entry, Located};
use crate::error::ProblemKind;
use crate::kinds::{Candidate, Hit, Sink, Wake};
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
    /// The phrases of each role; their tags count down from [`u32::MAX`].
    phrases: Vec<(Role, String)>,
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

/// The guard of one rule at one block: the vetoing and required phrases found there.
pub(crate) struct Guarded<'g> {
    guard: &'g Guard,
    /// The phrases of each role by their places in the folded view, sorted by start.
    found: [Vec<Span>; 4],
    longest: usize,
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
            phrases: Vec::new(),
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
                self.phrases.push((role, phrase.value));
            }
        }
    }

    /// Adds a phrase that vetoes what it covers.
    pub(crate) fn unless(&mut self, phrase: &str) {
        self.phrases.push((Role::Unless, phrase.to_owned()));
    }

    /// Adds a word that vetoes what it overlaps.
    pub(crate) fn protect(&mut self, word: &str) {
        self.phrases.push((Role::Protect, word.to_owned()));
    }

    /// The phrase that vetoes every occurrence of `term`: one that is part of it.
    pub(crate) fn swallows(&self, term: &str) -> Option<&str> {
        let term = fold(term, Folding::FULL);
        let vetoes = |(role, phrase): &&(Role, String)| {
            let phrase = fold(phrase, Folding::FULL);
            match role {
                Role::Unless => phrase.text() == term.text(),
                Role::Protect => term.text().contains(phrase.text()),
                Role::Near | Role::NotNear => false,
            }
        };
        self.phrases.iter().find(vetoes).map(|(_, phrase)| phrase.as_str())
    }

    pub(crate) fn wake(&self, wake: &mut Wake<'_>) {
        for (n, (_, phrase)) in self.phrases.iter().enumerate() {
            wake.beside(phrase, u32::MAX as usize - n);
        }
    }

    /// Names the phrases as what wakes the rule itself: for a kind that is not woken by literals of its own.
    pub(crate) fn wake_by_phrases(&self, wake: &mut Wake<'_>) {
        for (n, (_, phrase)) in self.phrases.iter().enumerate() {
            wake.on(phrase, u32::MAX as usize - n);
        }
    }

    /// Parts the hits of the guard's own phrases from the others, which are given back.
    pub(crate) fn at<'g, 'h>(
        &'g self,
        hits: &'h [Hit],
    ) -> (Guarded<'g>, impl Iterator<Item = Hit> + Clone + use<'h>) {
        let first = u32::MAX - u32::try_from(self.phrases.len()).unwrap_or(u32::MAX);
        let mut found: [Vec<Span>; 4] = Default::default();
        let mut longest = 0;
        for phrase in hits.iter().filter(|hit| hit.tag > first) {
            let (role, _) = self.phrases[(u32::MAX - phrase.tag) as usize];
            found[role as usize].push(phrase.span);
            longest = longest.max(phrase.span.len());
        }
        let others = hits.iter().copied().filter(move |hit| hit.tag <= first);
        (Guarded { guard: self, found, longest }, others)
    }

    fn has(&self, role: Role) -> bool {
        self.phrases.iter().any(|(own, _)| *own == role)
    }
}

impl Guarded<'_> {
    /// The objection to a hit at `folded` (in the folded view) and `span` (in the original), where it counts.
    ///
    /// A hit that only an exception vetoes is put aside with the phrase that vetoes it.
    pub(crate) fn object<'o>(
        &self,
        (folded, span): (Span, Span),
        block: usize,
        draft: &Draft<'_>,
        out: &'o mut Sink<'_>,
    ) -> Option<&'o mut Candidate> {
        if !self.counts((folded, span), block, draft) {
            return None;
        }
        if let Some(phrase) = self.exception(folded) {
            out.put_aside(span, draft.original(phrase));
            return None;
        }
        Some(out.report(span))
    }

    /// Whether a hit at `folded` (in the folded view) and `span` (in the original) counts.
    pub(crate) fn allows(&self, (folded, span): (Span, Span), block: usize, draft: &Draft<'_>) -> bool {
        self.counts((folded, span), block, draft) && self.exception(folded).is_none()
    }

    fn counts(&self, (folded, span): (Span, Span), block: usize, draft: &Draft<'_>) -> bool {
        self.stands_free(folded, span, draft) && self.has_company(folded, block, draft)
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
    fn exception(&self, hit: Span) -> Option<Span> {
        let meets = |role: Role, vetoes: fn(Span, Span) -> bool| {
            let found = &self.found[role as usize];
            let first = found.partition_point(|span| span.start + self.longest < hit.start);
            found[first..]
                .iter()
                .take_while(|span| span.start < hit.end)
                .copied()
                .find(|span| vetoes(*span, hit))
        };
        meets(Role::Unless, Span::covers).or_else(|| meets(Role::Protect, Span::overlaps))
    }

    fn has_company(&self, hit: Span, block: usize, draft: &Draft<'_>) -> bool {
        let wanted = self.guard.has(Role::Near);
        if !wanted && self.found[Role::NotNear as usize].is_empty() {
            return true;
        }
        let reach = self.guard.within.reach(hit, block, draft);
        // A phrase that the hit itself is part of is no company.
        let stands = |role: Role| {
            let found = &self.found[role as usize];
            let first = found.partition_point(|span| span.start + self.longest < reach.start);
            let mut within = found[first..].iter().take_while(|span| span.start <= reach.end);
            within.any(|span| span.end >= reach.start && !span.overlaps(hit))
        };
        (!wanted || stands(Role::Near)) && !stands(Role::NotNear)
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
