//! The kinds of rule: each gives an entry of a ruleset its meaning.
//!
//! A kind reads its fields from the entry, names the literals that wake it, and objects. One file a
//! kind; kinds never import each other.

mod abbreviation;
mod characters;
mod citation;
mod confusion;
mod consistent;
mod expression;
mod glance;
pub(crate) mod guard;
pub(crate) mod identity;
mod issuer;
mod lexicon;
mod near_miss;
pub(crate) mod numbering;
pub(crate) mod paired;
pub(crate) mod pattern;
mod phrases;
mod registry;
mod repeated;
pub(crate) mod replace;
mod required;
mod roster;
mod set;
pub(crate) mod term;
mod validate;
mod wake;

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::draft::fold::{Folding, fold};
use crate::draft::{Draft, Outline};
use crate::entry::Entry;
use crate::error::ProblemKind;
use crate::finding::Fix;
use crate::names::nearest;
use crate::order::sort_by;
use crate::scan::{LiteralId, Literals};
use crate::span::Span;

/// What a kind of rule can do.
pub(crate) trait Kind: Sized {
    /// `kind = "…"` in rulesets.
    const NAME: &'static str;

    /// The names a message may use in braces besides `found`.
    const PLACEHOLDERS: &'static [&'static str] = &[];

    /// The rule an entry describes; what is wrong is noted in the entry.
    fn read(entry: &mut Entry<'_>) -> Option<Self>;

    /// Adds the lists of an `[[extend]]` entry.
    fn extend(&mut self, entry: &mut Entry<'_>) {
        entry.problem(ProblemKind::Invalid(format!("a rule of kind `{}` cannot be extended", Self::NAME)));
    }

    /// Names every literal that the rule must hear of.
    fn wake(&self, wake: &mut Wake<'_>);

    /// How many words, pairs, titles or other rows it lists.
    fn rows(&self) -> usize {
        0
    }

    /// Names a message may use that the entry itself declares.
    fn own_placeholders(&self) -> Vec<String> {
        Vec::new()
    }

    /// What it looks at besides the blocks in which its literals stand.
    fn sight(&self) -> Sight {
        Sight::Blocks
    }

    /// Looks at one block in which literals of the rule stand, sorted by their starts, and no further than its line.
    fn at_block(&self, _hits: &[Hit], _block: usize, _draft: &Draft<'_>, _out: &mut Sink<'_>) {}

    /// Looks at all lines, with the notes that their blocks left; what it says of a line rests on that line alone.
    fn at_lines(&self, _notes: &[Note], _draft: &Draft<'_>, _out: &mut Sink<'_>) {}

    /// Looks at the whole draft, once, with the notes that the blocks left; each objection lies in one line.
    fn at_draft(&self, _notes: &[Note], _draft: Outline<'_>, _out: &mut Sink<'_>) {}
}

/// What a kind looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sight {
    /// The blocks in which its literals stand.
    Blocks,
    /// All lines, each for itself.
    Lines,
    /// The whole draft.
    Draft,
}

/// A literal of a rule, found in the folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Its place in the folded view of the draft.
    pub(crate) span: Span,
    /// Its place in the text as it was given.
    pub(crate) original: Span,
    /// The number the kind gave the literal.
    pub(crate) tag: u32,
}

/// What a kind remembers of a block for [`Kind::at_lines`] or [`Kind::at_draft`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    /// The number of the rule that left it.
    pub(crate) rule: u32,
    pub(crate) block: usize,
    /// A place in the original text.
    pub(crate) span: Span,
    pub(crate) tag: u32,
}

/// Takes the literals that wake one rule.
pub(crate) struct Wake<'w> {
    rule: u32,
    literals: &'w mut Literals,
    owners: &'w mut Owners,
}

/// For each literal the rules that it wakes, with the tag they know it by.
#[derive(Clone, Debug, Default)]
pub(crate) struct Owners {
    owners: Vec<Owner>,
    /// Where the owners of each literal begin, and the end.
    starts: Vec<u32>,
}

/// A rule that a literal wakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Owner {
    literal: LiteralId,
    pub(crate) rule: u32,
    pub(crate) tag: u32,
}

impl Owners {
    /// Ready to be asked: after the last literal of the last rule.
    pub(crate) fn sorted(mut self, literals: &Literals) -> Owners {
        sort_by(&mut self.owners, Ord::cmp);
        let start = |literal| self.owners.partition_point(|owner| owner.literal < literal);
        let starts = (0..=literals.len()).map(start);
        self.starts = starts.map(|start| u32::try_from(start).expect("fewer than 2³² literals")).collect();
        self
    }

    /// As it is kept in a file: for each literal how many rules it wakes, then each as its distance to the one before.
    pub(crate) fn pack(&self) -> Vec<i32> {
        let (mut packed, mut last) = (Vec::new(), (0, 0));
        for range in self.starts.windows(2) {
            packed.push((range[1] - range[0]).cast_signed());
            for owner in &self.owners[range[0] as usize..range[1] as usize] {
                let next = (owner.rule.cast_signed(), owner.tag.cast_signed());
                packed.extend([next.0.wrapping_sub(last.0), next.1.wrapping_sub(last.1)]);
                last = next;
            }
        }
        packed
    }

    /// What was packed, where it fits so many literals and rules.
    pub(crate) fn unpack(packed: &[i32], literals: usize, rules: usize) -> Option<Owners> {
        // Two numbers for each, and one for each literal.
        let count = packed.len().saturating_sub(literals) / 2;
        let mut owners =
            Owners { owners: Vec::with_capacity(count), starts: Vec::with_capacity(literals + 1) };
        let mut last = (0_i32, 0_i32);
        let mut numbers = packed.iter();
        for literal in 0..literals {
            owners.starts.push(u32::try_from(owners.owners.len()).ok()?);
            for _ in 0..*numbers.next()? {
                last.0 = last.0.wrapping_add(*numbers.next()?);
                last.1 = last.1.wrapping_add(*numbers.next()?);
                let (rule, tag) = (last.0.cast_unsigned(), last.1.cast_unsigned());
                if rule as usize >= rules {
                    return None;
                }
                owners.owners.push(Owner { literal, rule, tag });
            }
        }
        owners.starts.push(u32::try_from(owners.owners.len()).ok()?);
        numbers.next().is_none().then_some(owners)
    }

    #[inline]
    pub(crate) fn of(&self, literal: LiteralId) -> &[Owner] {
        &self.owners[self.starts[literal] as usize..self.starts[literal + 1] as usize]
    }
}

impl<'w> Wake<'w> {
    pub(crate) fn new(rule: u32, literals: &'w mut Literals, owners: &'w mut Owners) -> Wake<'w> {
        Wake { rule, literals, owners }
    }

    /// Asks for every occurrence of `literal`, folded as the text is, under the kind's own number `tag`.
    pub(crate) fn on(&mut self, literal: &str, tag: usize) {
        let folded = fold(literal, Folding::FULL);
        if !folded.text().is_empty() {
            let tag = u32::try_from(tag).expect("fewer than 2³² literals a rule");
            let literal = self.literals.id(folded.text());
            self.owners.owners.push(Owner { literal, rule: self.rule, tag });
        }
    }
}

/// An objection of a kind, before suppression and overlaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// The rule's number in its reviewer.
    pub(crate) rule: u32,
    /// The place in the original text.
    pub(crate) span: Span,
    /// The exception of the rule that vetoes it.
    pub(crate) exception: Option<Span>,
    pub(crate) fixes: Vec<Fix>,
    /// What the placeholders of the message stand for.
    pub(crate) values: Vec<(Cow<'static, str>, String)>,
}

impl Candidate {
    /// The same with its places moved left by `offset`.
    pub(crate) fn back(mut self, offset: usize) -> Candidate {
        let edits = self.fixes.iter_mut().flat_map(|fix| &mut fix.edits).map(|edit| &mut edit.span);
        for span in edits.chain([&mut self.span]).chain(&mut self.exception) {
            *span = span.back(offset);
        }
        self
    }

    /// Adds what to write instead.
    pub(crate) fn fix(&mut self, fix: Fix) -> &mut Candidate {
        // There may be as many candidates as characters; few have more than one of these.
        self.fixes.reserve_exact(1);
        self.fixes.push(fix);
        self
    }

    /// Says what a placeholder of the message stands for.
    pub(crate) fn value(
        &mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl Into<String>,
    ) -> &mut Candidate {
        self.values.reserve_exact(1);
        self.values.push((name.into(), value.into()));
        self
    }
}

/// Takes the objections and notes of one rule.
pub(crate) struct Sink<'s> {
    rule: u32,
    block: usize,
    candidates: &'s mut Vec<Candidate>,
    notes: &'s mut Vec<Note>,
}

impl<'s> Sink<'s> {
    pub(crate) fn new(
        rule: u32,
        block: usize,
        candidates: &'s mut Vec<Candidate>,
        notes: &'s mut Vec<Note>,
    ) -> Sink<'s> {
        Sink { rule, block, candidates, notes }
    }

    /// Objects to `span` of the original text.
    pub(crate) fn report(&mut self, span: Span) -> &mut Candidate {
        self.push(span, None)
    }

    /// Keeps for those who ask what an exception at `phrase` vetoes.
    pub(crate) fn put_aside(&mut self, span: Span, phrase: Span) {
        self.push(span, Some(phrase));
    }

    fn push(&mut self, span: Span, exception: Option<Span>) -> &mut Candidate {
        let candidate = Candidate { rule: self.rule, span, exception, fixes: Vec::new(), values: Vec::new() };
        self.candidates.push(candidate);
        self.candidates.last_mut().expect("just pushed")
    }

    /// Leaves a note for the look at the lines or the whole draft.
    pub(crate) fn note(&mut self, span: Span, tag: u32) {
        self.notes.push(Note { rule: self.rule, block: self.block, span, tag });
    }
}

/// The rows of a list in less room, where all who read it as the list of these fields can read it so.
pub(crate) fn packed(fields: &BTreeSet<String>, rows: &str) -> Option<Vec<u8>> {
    if fields.len() > 1 {
        return None;
    }
    match fields.first()?.as_str() {
        "lexicon_file" => Some(lexicon::pack(rows)),
        "figures_file" => lexicon::counts::pack(rows),
        "sounds_file" => Some(lexicon::sets::pack(rows, true)),
        "shapes_file" => Some(lexicon::sets::pack(rows, false)),
        _ => None,
    }
}

/// Makes the list of kinds: one variant each, found by name, every call handed on.
macro_rules! kinds {
    ($($kind:ident = $path:path,)+) => {
        /// What one rule does, by its kind.
        #[derive(Clone, Debug)]
        pub(crate) enum Check { $($kind(Box<$path>),)+ }

        impl Check {
            /// The names of all kinds, the more specific first.
            pub(crate) const NAMES: &[&'static str] = &[$(<$path as Kind>::NAME),+];

            /// The check an entry describes.
            pub(crate) fn read(kind: &str, entry: &mut Entry<'_>) -> Option<Check> {
                $(if kind == <$path as Kind>::NAME {
                    return <$path as Kind>::read(entry).map(|check| Check::$kind(Box::new(check)));
                })+
                // Without a kind it is not known which fields there are.
                entry.skip();
                let place = entry.place_of("kind");
                entry.problem_at(place, ProblemKind::UnknownName {
                    what: "kind",
                    value: kind.to_owned(),
                    expected: Check::NAMES.join(", "),
                    nearest: nearest(kind, Check::NAMES.iter().copied()),
                });
                None
            }

            /// The name of its kind.
            pub(crate) fn kind(&self) -> &'static str {
                match self { $(Check::$kind(_) => <$path as Kind>::NAME,)+ }
            }

            /// The names a message may use.
            pub(crate) fn placeholders(&self) -> Vec<String> {
                match self {
                    $(Check::$kind(check) => {
                        let fixed = <$path as Kind>::PLACEHOLDERS.iter().map(|name| (*name).to_owned());
                        fixed.chain(check.own_placeholders()).collect()
                    })+
                }
            }

            pub(crate) fn rows(&self) -> usize {
                match self { $(Check::$kind(check) => check.rows(),)+ }
            }

            pub(crate) fn extend(&mut self, entry: &mut Entry<'_>) {
                match self { $(Check::$kind(check) => check.extend(entry),)+ }
            }

            pub(crate) fn wake(&self, wake: &mut Wake<'_>) {
                match self { $(Check::$kind(check) => check.wake(wake),)+ }
            }

            pub(crate) fn at_block(&self, hits: &[Hit], block: usize, draft: &Draft<'_>, out: &mut Sink<'_>) {
                match self { $(Check::$kind(check) => check.at_block(hits, block, draft, out),)+ }
            }

            pub(crate) fn sight(&self) -> Sight {
                match self { $(Check::$kind(check) => check.sight(),)+ }
            }

            pub(crate) fn at_lines(&self, notes: &[Note], draft: &Draft<'_>, out: &mut Sink<'_>) {
                match self { $(Check::$kind(check) => check.at_lines(notes, draft, out),)+ }
            }

            pub(crate) fn at_draft(&self, notes: &[Note], draft: Outline<'_>, out: &mut Sink<'_>) {
                match self { $(Check::$kind(check) => check.at_draft(notes, draft, out),)+ }
            }
        }
    };
}

// The more specific first: of two findings alike in gravity and length, the earlier kind's stays.
kinds! {
    Citation = citation::Citation,
    Set = set::Set,
    Roster = roster::Roster,
    Replace = replace::Replace,
    Registry = registry::Registry,
    Identity = identity::Identity,
    Term = term::Term,
    Pattern = pattern::Pattern,
    Paired = paired::Paired,
    Numbering = numbering::Numbering,
    Repeated = repeated::Repeated,
    NearMiss = near_miss::NearMiss,
    Confusion = confusion::Confusion,
    Characters = characters::Characters,
    Abbreviation = abbreviation::Abbreviation,
    Consistent = consistent::Consistent,
    Required = required::Required,
}
