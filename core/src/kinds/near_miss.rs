//! `near-miss`: four characters that are no word, one character away from an idiom or long word.

use std::collections::{BTreeSet, HashMap};

use crate::draft::Draft;
use crate::draft::fold::is_blank;
use crate::draft::mask::Context;
use crate::entry::Entry;
use crate::error::ProblemKind;
use crate::finding::{Fix, Safety};
use crate::kinds::lexicon::{Class, Han, HanSet, Lexicon, Runs, all_han};
use crate::kinds::{Kind, Note, Sink, Wake};
use crate::span::Span;

/// Words, and in what a wrong character may be like the right one.
#[derive(Clone, Debug)]
pub(crate) struct NearMiss {
    lexicon: Lexicon,
    /// The classes of words that are missed.
    words: Vec<Class>,
    sounds: Groups,
    /// Sounds that are taken for each other: zh and z, ing and in.
    blurred: Groups,
    shapes: Groups,
    /// Characters that stand alone so often that they belong to no word.
    free: HanSet,
    /// Windows that are right as they are.
    unless: BTreeSet<Vec<Han>>,
    outside: Vec<Context>,
}

/// A word that a window misses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Miss {
    class: Class,
    likeness: Likeness,
    /// Where the window starts in its run.
    start: usize,
    hole: usize,
    right: Han,
}

/// What the wrong character has in common with the right one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    Sound,
    Blurred,
    Shape,
}

impl Kind for NearMiss {
    const NAME: &'static str = "near-miss";
    const PLACEHOLDERS: &'static [&'static str] = &["right"];

    fn read(entry: &mut Entry<'_>) -> Option<NearMiss> {
        let lexicon = Lexicon::read(entry);
        let sounds = entry.table("sounds_file");
        let groups = |name: fn(&str) -> String| {
            Groups::new(sounds.iter().filter_map(|row| Some((name(&row.value[0]), row.value.get(1)?.as_str()))))
        };
        let (exact, blurred) = (groups(str::to_owned), groups(blurred));
        let shapes = entry.table("shapes_file");
        let shapes = shapes.iter().filter_map(|row| Some((row.value[0].clone(), row.value.get(1)?.as_str())));
        let mut near_miss = NearMiss {
            lexicon: lexicon?,
            words: entry.names("words", "class of words").unwrap_or_else(|| vec![Class::Common, Class::Rare, Class::Term]),
            sounds: exact,
            blurred,
            shapes: Groups::new(shapes),
            free: HanSet::new(&entry.text("free").unwrap_or_default()),
            unless: BTreeSet::new(),
            outside: entry.names("outside", "context").unwrap_or_else(|| Context::NO_WORDS.to_vec()),
        };
        near_miss.extend(entry);
        Some(near_miss)
    }

    fn extend(&mut self, entry: &mut Entry<'_>) {
        let listed = entry.texts("unless").into_iter().map(|text| (text.value, text.place));
        let filed: Vec<_> = entry.table("unless_file").into_iter().map(|row| (row.value[0].clone(), row.place)).collect();
        for (phrase, place) in listed.chain(filed) {
            match all_han(&phrase).filter(|chars| chars.len() == 4) {
                Some(chars) => {
                    self.unless.insert(chars);
                }
                None => entry.problem_at(place, ProblemKind::Invalid(format!("`{phrase}` is not four Han characters"))),
            }
        }
    }

    /// Looks at every run of Han characters, not at literals.
    fn wake(&self, _wake: &mut Wake<'_>) {}

    fn at_draft(&self, _notes: &[Note], draft: &Draft<'_>, out: &mut Sink<'_>) {
        let mut runs = Runs::new(draft.folded());
        let mut run = Vec::new();
        while let Some(start) = runs.next_into(&mut run) {
            let mut at = 0;
            while at < run.len() {
                if self.free.holds(run[at]) {
                    at += 1;
                } else if at + 1 < run.len() && self.lexicon.is_pair(run[at], run[at + 1]) {
                    at += 2;
                } else {
                    let joined = at > 0 && self.lexicon.is_pair(run[at - 1], run[at]);
                    if !joined && let Some(miss) = self.miss(&run, at) {
                        self.report(miss, &run, start, draft, out);
                    }
                    at += 1;
                }
            }
        }
    }
}

impl NearMiss {
    /// The word that a window around a character without partner misses by that character.
    fn miss(&self, run: &[Han], odd: usize) -> Option<Miss> {
        let mut best: Option<Miss> = None;
        for hole in 0..4 {
            let Some(start) = odd.checked_sub(hole) else { continue };
            let Some(window) = run.get(start..start + 4).and_then(|window| <&[Han; 4]>::try_from(window).ok()) else {
                continue;
            };
            for (right, class) in self.lexicon.fillers(window, hole) {
                if right == run[odd] {
                    return None;
                }
                if let Some(likeness) = self.likeness(run[odd], right, class)
                    && self.words.contains(&class)
                    && !self.is_right(window, hole)
                {
                    let miss = Miss { class, likeness, start, hole, right };
                    best = Some(best.map_or(miss, |best| best.min(miss)));
                }
            }
        }
        best.filter(|_| !self.is_in_triple(run, odd))
    }

    /// Only a common idiom is known well enough to be told from a look-alike.
    fn likeness(&self, wrong: Han, right: Han, class: Class) -> Option<Likeness> {
        if self.sounds.join(wrong, right) {
            Some(Likeness::Sound)
        } else if class == Class::Common && self.blurred.join(wrong, right) {
            Some(Likeness::Blurred)
        } else if class == Class::Common && self.shapes.join(wrong, right) {
            Some(Likeness::Shape)
        } else {
            None
        }
    }

    /// Whether a window is right as it is: an exception, or a word with a character beside it (国务院另).
    fn is_right(&self, window: &[Han; 4], hole: usize) -> bool {
        let beside = match hole {
            0 => self.lexicon.is_word(&window[1..]),
            3 => self.lexicon.is_word(&window[..3]),
            _ => false,
        };
        beside || self.unless.contains(window.as_slice())
    }

    fn is_in_triple(&self, run: &[Han], at: usize) -> bool {
        (at.saturating_sub(2)..=at).any(|start| run.get(start..start + 3).is_some_and(|word| self.lexicon.is_word(word)))
    }

    fn report(&self, miss: Miss, run: &[Han], start: usize, draft: &Draft<'_>, out: &mut Sink<'_>) {
        let at = start + Han::LEN * miss.start;
        let span = draft.original(Span::new(at, at + 4 * Han::LEN));
        if draft.text()[span].contains(is_blank) || self.outside.iter().any(|context| draft.is_in(*context, span)) {
            return;
        }
        let mut right: Vec<Han> = run[miss.start..miss.start + 4].to_vec();
        right[miss.hole] = miss.right;
        let right: String = right.into_iter().map(Han::char).collect();
        out.report(span).value("right", right.as_str()).fix(Fix::replace(span, right, Safety::Ask));
    }
}

/// Groups of characters that have something in common.
#[derive(Clone, Debug)]
struct Groups {
    /// The characters with their groups, sorted.
    members: Vec<(Han, u32)>,
}

impl Groups {
    fn new<'g>(rows: impl Iterator<Item = (String, &'g str)>) -> Groups {
        let mut names: HashMap<String, u32> = HashMap::new();
        let mut members = Vec::new();
        for (name, chars) in rows {
            let next = u32::try_from(names.len()).expect("fewer than 2³² rows");
            let group = *names.entry(name).or_insert(next);
            members.extend(chars.chars().filter_map(Han::new).map(|han| (han, group)));
        }
        members.sort_unstable();
        Groups { members }
    }

    /// Whether a group holds both.
    fn join(&self, one: Han, other: Han) -> bool {
        self.of(one).any(|group| self.of(other).any(|own| own == group))
    }

    fn of(&self, han: Han) -> impl Iterator<Item = u32> + '_ {
        let from = self.members.partition_point(|(own, _)| *own < han);
        self.members[from..].iter().take_while(move |(own, _)| *own == han).map(|(_, group)| *group)
    }
}

/// A reading without what many speakers do not tell apart.
fn blurred(reading: &str) -> String {
    reading.replace("zh", "z").replace("ch", "c").replace("sh", "s").replace("ng", "n")
}
