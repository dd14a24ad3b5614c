//! `confusion`: a character or word in the place of another that sounds or looks alike and fits its neighbours far better.

mod alike;
mod figures;
mod slips;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;
use std::sync::Arc;

use crate::draft::Draft;
use crate::draft::fold::is_blank;
use crate::draft::han::Han;
use crate::draft::mask::Context;
use crate::entry::Entry;
use crate::error::ProblemKind;
use crate::finding::{Fix, Safety};
use crate::kinds::confusion::figures::{Figures, Weights, phrase};
use crate::kinds::confusion::slips::Model;
use crate::kinds::confusion::words::Words;
use crate::kinds::lexicon::homophones::Homophones;
use crate::kinds::lexicon::likeness::{Groups, Sounds};
use crate::kinds::lexicon::neighbours::Neighbours;
use crate::kinds::lexicon::ties::Ties;
use crate::kinds::lexicon::{Lexicon, counts};
use crate::kinds::{Kind, Note, Sight, Sink, Wake};
use crate::names::named;
use crate::span::Span;

named! {
    /// What is put in the place of another.
    enum Unit {
        /// A character, which sounds or looks alike.
        Character = "character",
        /// A word of two characters, which sounds alike.
        Word = "word",
    }
}

/// Counted neighbours, words and likenesses, and how sure a slip must be.
#[derive(Clone, Debug)]
pub(crate) struct Confusion {
    model: Tells,
    /// The score from which a slip is reported.
    least: i32,
    /// Phrases that are right as they are.
    unless: Vec<Vec<Han>>,
    outside: Vec<Context>,
}

/// What tells a slip.
#[derive(Clone, Debug)]
enum Tells {
    Characters(Arc<Model>),
    Words(Arc<Words>),
}

/// One or two characters that others fit better than.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Slip {
    /// The place of the first among the Han characters.
    at: usize,
    /// What is right; of one character the second is none.
    right: [Han; 2],
    score: i32,
}

impl Slip {
    fn right(&self) -> &[Han] {
        if self.right[1] == Han::NONE { &self.right[..1] } else { &self.right }
    }

    fn place(&self) -> Range<usize> {
        self.at..self.at + self.right().len()
    }

    /// Of slips in order, those that are no nearer than one another's neighbours; of others the surer.
    fn surest(slips: impl Iterator<Item = Slip>) -> Vec<Slip> {
        let mut surest: Vec<Slip> = Vec::new();
        for slip in slips {
            match surest.last_mut() {
                Some(last) if slip.at - last.at <= 2 => {
                    if slip.score > last.score {
                        *last = slip;
                    }
                }
                _ => surest.push(slip),
            }
        }
        surest
    }
}

impl Kind for Confusion {
    const NAME: &'static str = "confusion";
    const PLACEHOLDERS: &'static [&'static str] = &["right"];

    fn read(entry: &mut Entry<'_>) -> Option<Confusion> {
        let unit = entry.name("unit", "unit").unwrap_or(Unit::Character);
        let lexicon = Lexicon::read(entry);
        let sounds = entry.shared(&["sounds_file"], Sounds::read);
        let least = entry.count("least").and_then(|least| i32::try_from(least).ok()).unwrap_or(0);
        let neighbours = Neighbours::read(entry);
        let (lexicon, neighbours) = (lexicon?, neighbours?);
        let ties = Ties::read(entry, &lexicon, &neighbours, &sounds);
        let figures = entry.shared(&["figures_file"], |entry| Figures::read(entry, neighbours));
        let model = match unit {
            Unit::Character => {
                let shapes = entry.shared(&["shapes_file"], Groups::read);
                let lists = ["figures_file", "lexicon_file", "sounds_file", "shapes_file"];
                Tells::Characters(entry.shared(&lists, |entry| {
                    let rows = counts::rows(entry);
                    let weights = Weights::read(entry, "figures_file", &rows, &figures::FEATURES);
                    Model::new(figures, weights, lexicon, sounds, ties, &shapes)
                }))
            }
            Unit::Word => {
                let lists = ["figures_file", "lexicon_file", "sounds_file", "weights_file"];
                Tells::Words(entry.shared(&lists, |entry| {
                    let rows = entry.table("weights_file");
                    let weights = Weights::read(entry, "weights_file", &rows, &words::FEATURES);
                    let homophones = Homophones::read(entry, &lexicon, &figures.neighbours, &sounds);
                    Words { figures, weights, lexicon, homophones, ties }
                }))
            }
        };
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
        let slips = match &self.model {
            Tells::Characters(model) => draft.shared(model, |model| model.slips(draft)),
            Tells::Words(model) => draft.shared(model, |model| model.slips(draft)),
        };
        for slip in slips.iter().filter(|slip| slip.score >= self.least) {
            if !self.is_right(draft.hans().chars(), slip.place()) {
                self.report(slip, draft, out);
            }
        }
    }
}

impl Confusion {
    /// Whether what is at `place` stands in a phrase that is right as it is.
    fn is_right(&self, chars: &[Han], place: Range<usize>) -> bool {
        self.unless.iter().any(|phrase| {
            let mut starts = place.end.saturating_sub(phrase.len())..=place.start;
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
        let word = match &self.model {
            Tells::Characters(model) => model.word(hans.chars(), slip),
            Tells::Words(_) => slip.place(),
        };
        let span = span_of(word.start, word.end);
        if draft.text()[span].contains(is_blank)
            || self.outside.iter().any(|context| draft.is_in(*context, span))
        {
            return;
        }
        let mut right = hans.chars()[word.clone()].to_vec();
        let from = slip.at - word.start;
        right[from..from + slip.right().len()].copy_from_slice(slip.right());
        let text = |hans: &[Han]| hans.iter().copied().map(Han::char).collect::<String>();
        let place = slip.place();
        let fix = Fix::replace(span_of(place.start, place.end), text(slip.right()), Safety::Ask);
        let right = text(&right);
        out.report(span).value("right", right).fix(fix);
    }
}
