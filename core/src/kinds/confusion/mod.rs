//! `confusion`: a character in the place of one that sounds or looks alike and fits its neighbours far better.

mod alike;
mod figures;
mod slips;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::draft::Draft;
use crate::draft::fold::is_blank;
use crate::draft::han::Han;
use crate::draft::mask::Context;
use crate::entry::Entry;
use crate::error::ProblemKind;
use crate::finding::{Fix, Safety};
use crate::kinds::confusion::figures::{Figures, phrase};
use crate::kinds::confusion::slips::{Model, Slip};
use crate::kinds::lexicon::Lexicon;
use crate::kinds::lexicon::likeness::{Groups, Sounds};
use crate::kinds::lexicon::neighbours::Neighbours;
use crate::kinds::{Kind, Note, Sight, Sink, Wake};
use crate::span::Span;

/// Counted neighbours, words and likenesses, and how sure a slip must be.
#[derive(Clone, Debug)]
pub(crate) struct Confusion {
    model: Arc<Model>,
    /// The score from which a slip is reported.
    least: i32,
    /// Phrases that are right as they are.
    unless: Vec<Vec<Han>>,
    outside: Vec<Context>,
}

impl Kind for Confusion {
    const NAME: &'static str = "confusion";
    const PLACEHOLDERS: &'static [&'static str] = &["right"];

    fn read(entry: &mut Entry<'_>) -> Option<Confusion> {
        let lexicon = Lexicon::read(entry);
        let sounds = entry.shared("sounds_file", Sounds::read);
        let shapes = entry.shared("shapes_file", Groups::read);
        let least = entry.count("least").and_then(|least| i32::try_from(least).ok()).unwrap_or(0);
        let neighbours = Neighbours::read(entry);
        let (lexicon, neighbours) = (lexicon?, neighbours?);
        let model = entry.shared("figures_file", |entry| {
            Model::new(Figures::read(entry, neighbours), lexicon, sounds, &shapes)
        });
        let outside = entry.names("outside", "context").unwrap_or_else(|| Context::NO_WORDS.to_vec());
        let mut confusion = Confusion { model, least, unless: Vec::new(), outside };
        confusion.extend(entry);
        Some(confusion)
    }

    fn extend(&mut self, entry: &mut Entry<'_>) {
        let listed = entry.texts("unless").into_iter().map(|text| (text.value, text.place));
        let filed: Vec<_> =
            entry.table("unless_file").into_iter().map(|row| (row.value[0].clone(), row.place)).collect();
        for (text, place) in listed.chain(filed) {
            match phrase(&text) {
                Some(chars) => self.unless.push(chars),
                None => entry.problem_at(
                    place,
                    ProblemKind::Invalid(format!("`{text}` is not two or more Han characters")),
                ),
            }
        }
    }

    /// Looks at every run of Han characters, not at literals.
    fn wake(&self, _wake: &mut Wake<'_>) {}

    fn sight(&self) -> Sight {
        Sight::Lines
    }

    fn at_lines(&self, _notes: &[Note], draft: &Draft<'_>, out: &mut Sink<'_>) {
        let slips = draft.shared(&self.model, |model| model.slips(draft));
        for slip in slips.iter().filter(|slip| slip.score >= self.least) {
            if !self.is_right(draft.hans().chars(), slip.at) {
                self.report(slip, draft, out);
            }
        }
    }
}

impl Confusion {
    /// Whether the character at `at` stands in a phrase that is right as it is.
    fn is_right(&self, chars: &[Han], at: usize) -> bool {
        self.unless.iter().any(|phrase| {
            let mut starts = (at + 1).saturating_sub(phrase.len())..=at;
            starts.any(|start| chars[start..].starts_with(phrase))
        })
    }

    fn report(&self, slip: &Slip, draft: &Draft<'_>, out: &mut Sink<'_>) {
        let hans = draft.hans();
        let run = hans.runs()[hans.runs().partition_point(|run| run.to <= slip.at)];
        let span_of = |from: usize, to: usize| {
            let byte = |place: usize| run.start + Han::LEN * (place - run.from);
            draft.original(Span::new(byte(from), byte(to)))
        };
        let word = self.model.word(hans.chars(), slip);
        let span = span_of(word.start, word.end);
        if draft.text()[span].contains(is_blank)
            || self.outside.iter().any(|context| draft.is_in(*context, span))
        {
            return;
        }
        let mut right = hans.chars()[word.clone()].to_vec();
        right[slip.at - word.start] = slip.right;
        let right: String = right.into_iter().map(Han::char).collect();
        let fix = Fix::replace(span_of(slip.at, slip.at + 1), slip.right.char().to_string(), Safety::Ask);
        out.report(span).value("right", right).fix(fix);
    }
}
