//! `set`: formulations with fixed members in a fixed order, named by a label.

mod label;
mod list;
mod run;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::draft::Draft;
use crate::draft::fold::{Folding, fold};
use crate::draft::mask::Context;
use crate::entry::{Entry, Located};
use crate::error::ProblemKind;
use crate::finding::{Fix, Safety};
use crate::kinds::guard::{Guard, refuse_line_break};
use crate::kinds::set::label::{Label, LabelPlace, Labels, Naming};
use crate::kinds::set::list::{Found, lists};
use crate::kinds::set::run::{Run, Slip};
use crate::kinds::{Hit, Kind, Sink, Wake};
use crate::names::named;
use crate::order::{sort_by, sort_by_key};
use crate::scan::leftmost_longest;
use crate::span::Span;

named! {
    /// What can be wrong with a list of members.
    enum Fault {
        /// A member is not there.
        Missing = "missing",
        /// Something that is no member stands among them.
        Extra = "extra",
        /// Something else stands where a member should.
        Altered = "altered",
        /// They stand in another order.
        Disordered = "disordered",
        /// The label says another number.
        Miscounted = "miscounted",
    }
}

/// Sets with their labels, and which faults this rule reports.
#[derive(Clone, Debug)]
pub(crate) struct Set {
    sets: Vec<Formula>,
    index: Index,
    faults: Vec<Fault>,
    labels: Vec<LabelPlace>,
    guard: Guard,
}

/// One set.
#[derive(Clone, Debug)]
struct Formula {
    labels: Vec<String>,
    /// The members in order; of each the official form and others that are right too.
    members: Vec<Vec<String>>,
    /// The members as the text is folded.
    folded: Vec<Vec<String>>,
    /// What all members begin or end with.
    affix: Option<Affix>,
    /// The characters of the longest member.
    longest: usize,
}

#[derive(Clone, Debug)]
enum Affix {
    Front(String),
    Back(String),
}

/// The words of all sets, each once.
#[derive(Clone, Debug, Default)]
struct Index {
    words: Vec<Word>,
    labels: Vec<Label>,
}

#[derive(Clone, Debug)]
struct Word {
    text: String,
    /// The sets it is a member of, each with its place there.
    of: Vec<(usize, usize)>,
}

impl Index {
    /// Whether two members of one set are among the words.
    fn share_a_set(&self, words: impl Iterator<Item = usize> + Clone) -> bool {
        if !self.may_share_a_set(words.clone()) {
            return false;
        }
        let mut members: Vec<(usize, usize)> =
            words.flat_map(|word| self.words[word].of.iter().copied()).collect();
        sort_by(&mut members, Ord::cmp);
        members.dedup();
        members.windows(2).any(|pair| pair[0].0 == pair[1].0)
    }

    /// Whether two words are of one set, as far as a look tells that keeps nothing.
    fn may_share_a_set(&self, mut words: impl Iterator<Item = usize>) -> bool {
        // For sets of so many remainders the word that was last seen of one.
        let mut last = [None; 64];
        words.any(|word| {
            self.words[word].of.iter().any(|(set, _)| {
                let other = last[set % 64].replace(word);
                other.is_some_and(|other| other != word)
            })
        })
    }
}

/// An objection to a run, before it is known whether the rule reports such ones.
struct Objection<'r, 'l> {
    run: &'r Run<'l>,
    naming: Option<Naming>,
    fault: Fault,
    /// What is flagged, in the folded view.
    span: Span,
    detail: String,
    /// What to write, and instead of what.
    edit: Option<(Span, String)>,
}

impl Kind for Set {
    const NAME: &'static str = "set";
    const PLACEHOLDERS: &'static [&'static str] = &["label", "members", "detail"];

    fn read(entry: &mut Entry<'_>) -> Option<Set> {
        let guard = Guard::read(entry, Folding::FULL, &Context::NO_WORDS);
        let faults = entry.names("faults", "fault").unwrap_or_else(|| Fault::ALL.to_vec());
        let labels = entry.names("label", "place of the label").unwrap_or_else(|| LabelPlace::ALL.to_vec());
        let mut set = Set { sets: Vec::new(), index: Index::default(), faults, labels, guard };
        set.add(entry);
        if set.sets.is_empty() {
            entry.problem(ProblemKind::MissingField("sets"));
            return None;
        }
        Some(set)
    }

    fn extend(&mut self, entry: &mut Entry<'_>) {
        self.guard.extend(entry);
        self.add(entry);
    }

    fn rows(&self) -> usize {
        self.sets.len()
    }

    fn wake(&self, wake: &mut Wake<'_>) {
        for (n, word) in self.index.words.iter().enumerate() {
            wake.on(&word.text, 2 * n);
        }
        for (n, label) in self.index.labels.iter().enumerate() {
            wake.on(&label.text, 2 * n + 1);
        }
    }

    fn at_block(&self, hits: &[Hit], block: usize, draft: &Draft<'_>, out: &mut Sink<'_>) {
        let words = hits.iter().filter(|hit| hit.tag.is_multiple_of(2)).map(|hit| hit.tag as usize / 2);
        let is_labelled = || hits.iter().any(|hit| !hit.tag.is_multiple_of(2));
        if !is_list(hits) || !(self.needs_no_label() || is_labelled()) || !self.index.share_a_set(words) {
            return;
        }
        let guarded = self.guard.at(block);
        let words = hits.iter().filter(|hit| hit.tag.is_multiple_of(2));
        let mut words: Vec<Found> =
            words.map(|hit| Found { span: hit.span, word: hit.tag as usize / 2 }).collect();
        leftmost_longest(&mut words, |word| word.span);
        let labels = Labels::new(&self.index.labels, hits, draft.folded());
        words.retain(|word| !labels.hold(word.span));
        let may_be_one = |list: &[Found]| self.index.share_a_set(list.iter().map(|found| found.word));
        for list in lists(draft.folded(), &words, may_be_one) {
            let runs = Run::all(&list, &self.index);
            for objection in self.objections(&runs, &labels, &words, draft) {
                let place = objection.naming.map_or(LabelPlace::Absent, |naming| naming.place);
                if !self.faults.contains(&objection.fault) || !self.labels.contains(&place) {
                    continue;
                }
                let formula = &self.sets[objection.run.set];
                let label = objection
                    .naming
                    .map_or(&formula.labels[0], |naming| &self.index.labels[naming.label].text);
                let span = draft.original(objection.span);
                if let Some(candidate) = guarded.object((objection.span, span), draft, out) {
                    candidate
                        .value("label", label.as_str())
                        .value("members", formula.official())
                        .value("detail", objection.detail);
                    if let Some((at, text)) = objection.edit {
                        candidate.fix(Fix::replace(draft.original(at), &text, Safety::Ask));
                    }
                }
            }
        }
    }
}

/// Whether two members stand so near each other that they may belong to one list.
fn is_list(hits: &[Hit]) -> bool {
    const REACH: usize = 80;
    let mut end = None;
    hits.iter().filter(|hit| hit.tag.is_multiple_of(2)).any(|hit| {
        let near = end.is_some_and(|end| (end..=end + REACH).contains(&hit.span.start));
        end = Some(end.unwrap_or(0).max(hit.span.end));
        near
    })
}

impl Set {
    /// Whether it may report a list in whose line no label stands.
    fn needs_no_label(&self) -> bool {
        self.faults.iter().any(|fault| match fault {
            Fault::Extra => false,
            Fault::Miscounted => true,
            Fault::Missing | Fault::Altered | Fault::Disordered => self.labels.contains(&LabelPlace::Absent),
        })
    }

    /// What is wrong with the runs of one list; of objections to the same words only the best founded.
    fn objections<'r, 'l>(
        &self,
        runs: &'r [Run<'l>],
        labels: &Labels<'_>,
        words: &[Found],
        draft: &Draft<'_>,
    ) -> Vec<Objection<'r, 'l>> {
        let intact: Vec<&Run<'_>> = runs.iter().filter(|run| run.is_intact(&self.sets[run.set])).collect();
        let mut objections = Vec::new();
        for run in runs {
            // What is right as one set is not wrong as a part of another.
            let is_part = |other: &&Run<'_>| other.span().covers(run.span()) && other.set != run.set;
            let objection = if !run.is_intact(&self.sets[run.set]) {
                if intact.iter().any(is_part) { None } else { self.slip(run, labels, words, draft) }
            } else if intact.iter().any(|other| is_part(other) && other.span() != run.span()) {
                None
            } else {
                self.miscount(run, labels).or_else(|| self.slip(run, labels, words, draft))
            };
            objections.extend(objection);
        }
        sort_by_key(&mut objections, |own: &Objection<'_, '_>| {
            let place = own.naming.map_or(LabelPlace::Absent, |naming| naming.place);
            std::cmp::Reverse((place, own.run.len()))
        });
        let mut best: Vec<Objection<'_, '_>> = Vec::new();
        for own in objections {
            if !best.iter().any(|other| other.run.reach().overlaps(own.run.reach())) {
                best.push(own);
            }
        }
        best
    }

    fn slip<'r, 'l>(
        &self,
        run: &'r Run<'l>,
        labels: &Labels<'_>,
        words: &[Found],
        draft: &Draft<'_>,
    ) -> Option<Objection<'r, 'l>> {
        let (formula, text) = (&self.sets[run.set], draft.folded());
        let slip = run.slip(formula, text)?;
        let reach = match &slip {
            Slip::Altered { at, .. } => Span::new(run.span().start.min(at.start), run.span().end.max(at.end)),
            _ => run.span(),
        };
        let naming = labels.naming(run.set, reach);
        if !self.is_founded(&slip, run, naming, draft) {
            return None;
        }
        let name = |member: usize| format!("「{}」", formula.members[member][0]);
        let (fault, span, detail, edit) = match slip {
            Slip::Missing(members) => {
                if members.iter().any(|member| self.stands_near(run.set, *member, run.span(), words, text)) {
                    return None;
                }
                let detail = members.into_iter().map(name).collect::<String>();
                (Fault::Missing, run.span(), format!("缺{detail}"), self.rewritten(run, draft))
            }
            Slip::Altered { at, member, .. } => {
                let detail = format!("「{}」应为{}", &draft.text()[draft.original(at)], name(member));
                (Fault::Altered, at, detail, Some((at, formula.members[member][0].clone())))
            }
            Slip::Extra(at) => {
                let detail = format!("多出「{}」", &draft.text()[draft.original(at)]);
                (Fault::Extra, at, detail, None)
            }
            Slip::Disordered => {
                let detail = format!("顺序应为{}", formula.official());
                (Fault::Disordered, run.span(), detail, self.rewritten(run, draft))
            }
        };
        Some(Objection { run, naming, fault, span, detail, edit })
    }

    /// Whether what stands around a run makes a slip of it.
    fn is_founded(&self, slip: &Slip, run: &Run<'_>, naming: Option<Naming>, draft: &Draft<'_>) -> bool {
        let (formula, count) = (&self.sets[run.set], self.sets[run.set].members.len());
        let place = naming.map_or(LabelPlace::Absent, |naming| naming.place);
        let is_beside = place == LabelPlace::Beside;
        let introduces = naming.is_some_and(|naming| naming.introduces);
        let names_number = naming.is_some_and(|naming| self.index.labels[naming.label].number == Some(count));
        match slip {
            Slip::Missing(members) => {
                let is_open = draft.folded()[run.span().end..].starts_with('等') && !introduces;
                let enough = match members.len() {
                    1 if count > 3 => is_beside || run.is_close(),
                    1 => introduces || (place == LabelPlace::Near && formula.longest > 3 && run.is_close()),
                    2 => introduces && count > 3,
                    _ => false,
                };
                enough && !is_open
            }
            Slip::Altered { is_alike: true, .. } => {
                count > 3 || is_beside || (naming.is_some() && formula.longest > 2)
            }
            Slip::Altered { .. } => introduces || (is_beside && count > 3),
            Slip::Extra(_) => is_beside && names_number,
            Slip::Disordered => {
                introduces
                    || (count > 3 && (is_beside || run.is_close()))
                    || (is_beside && formula.longest > 2)
            }
        }
    }

    /// A label beside an intact run that says another number than its members are.
    fn miscount<'r, 'l>(&self, run: &'r Run<'l>, labels: &Labels<'_>) -> Option<Objection<'r, 'l>> {
        let (formula, count) = (&self.sets[run.set], self.sets[run.set].members.len());
        if labels.naming(run.set, run.span()).is_some_and(|naming| naming.place == LabelPlace::Beside) {
            return None;
        }
        let numbered = || formula.labels.iter().filter(|label| label::number(label).is_some());
        // 三会一课 are four.
        let right =
            numbered().find(|label| label::number(label) == Some(count)).or_else(|| numbered().next())?;
        let shares = |set: usize| {
            let members = &self.sets[set].folded;
            members.len() != count
                && members.iter().filter(|member| formula.folded.contains(member)).count() > 1
        };
        let naming = labels.introducing(run.span(), |label| {
            label.of.iter().any(|set| shares(*set) && label.number == Some(self.sets[*set].members.len()))
        });
        let span = match naming {
            Some(naming) => naming.span,
            None => labels.misnumbered(right, run.span())?,
        };
        let detail = format!("列了{count}项，标签应为「{right}」");
        let naming = Some(naming.unwrap_or(Naming {
            place: LabelPlace::Beside,
            label: self.index.label(right)?,
            span,
            introduces: true,
        }));
        Some(Objection {
            run,
            naming,
            fault: Fault::Miscounted,
            span,
            detail,
            edit: Some((span, right.clone())),
        })
    }

    /// Whether a member stands elsewhere in the sentence.
    fn stands_near(&self, set: usize, member: usize, run: Span, words: &[Found], text: &str) -> bool {
        const REACH: usize = 300;
        let from = words.partition_point(|word| word.span.start + REACH < run.start);
        let near = words[from..].iter().take_while(|word| word.span.start <= run.end + REACH);
        near.filter(|word| self.index.words[word.word].of.contains(&(set, member))).any(|word| {
            let between = Span::new(word.span.end.min(run.end), word.span.start.max(run.start));
            between.start >= between.end || !text[between].contains(list::is_stop)
        })
    }

    /// The run rewritten with the official members and the writer's own marks between them.
    fn rewritten(&self, run: &Run<'_>, draft: &Draft<'_>) -> Option<(Span, String)> {
        let gaps: Vec<Span> = run.gaps()?;
        let gap = |span: &Span| &draft.text()[draft.original(*span)];
        let (first, last) = (gap(gaps.first()?), gap(gaps.last()?));
        let members = &self.sets[run.set].members;
        let mut text = String::new();
        for (n, member) in members.iter().enumerate() {
            if n > 0 {
                let between = gaps.get(n - 1).map_or(first, gap);
                text += if n + 1 == members.len() {
                    last
                } else if between == last {
                    first
                } else {
                    between
                };
            }
            text += &member[0];
        }
        Some((run.span(), text))
    }

    fn add(&mut self, entry: &mut Entry<'_>) {
        let mut rows = entry.rows("sets");
        rows.extend(entry.table("sets_file"));
        for row in rows {
            self.add_row(row, entry);
        }
        self.index = Index::of(&self.sets);
    }

    fn add_row(&mut self, row: Located<Vec<String>>, entry: &mut Entry<'_>) {
        let (2 | 3, Some(members)) = (row.value.len(), row.value.get(1)) else {
            let message = "expected a label, the members parted by 、 and an optional note".to_owned();
            entry.problem_at(row.place, ProblemKind::Invalid(message));
            return;
        };
        let members: Vec<Vec<String>> =
            members.split('、').map(|member| member.split('|').map(str::to_owned).collect()).collect();
        for word in members.iter().flatten().chain([&row.value[0]]) {
            refuse_line_break(entry, &Located { value: word.clone(), place: row.place.clone() });
        }
        let label = row.value[0].split('（').next().unwrap_or_default().to_owned();
        let twice = |(n, member): (usize, &Vec<String>)| members[..n].contains(member);
        if members.len() < 2 || members.iter().enumerate().any(twice) {
            let message = format!("`{label}`: expected two different members or more");
            entry.problem_at(row.place, ProblemKind::Invalid(message));
            return;
        }
        match self.sets.iter_mut().find(|set| set.members == members) {
            Some(same) if same.labels.contains(&label) => {
                entry.problem_at(row.place, ProblemKind::DuplicateItem(label));
            }
            Some(same) => same.labels.push(label),
            None => self.sets.push(Formula::new(label, members)),
        }
    }
}

impl Formula {
    fn new(label: String, members: Vec<Vec<String>>) -> Formula {
        let folded: Vec<Vec<String>> = members
            .iter()
            .map(|forms| forms.iter().map(|form| fold(form, Folding::FULL).text().to_owned()).collect())
            .collect();
        let longest = folded.iter().flatten().map(|form| form.chars().count()).max().unwrap_or(0);
        Formula { labels: vec![label], affix: Affix::of(&folded), members, folded, longest }
    }

    /// The official list.
    fn official(&self) -> String {
        self.members.iter().map(|forms| forms[0].as_str()).collect::<Vec<_>>().join("、")
    }
}

impl Affix {
    fn of(members: &[Vec<String>]) -> Option<Affix> {
        let first = members.first()?.first()?;
        let all = |fits: &dyn Fn(&str) -> bool| members.iter().all(|forms| fits(&forms[0]));
        let mut ends = first.char_indices().skip(1).map(|(at, _)| &first[at..]);
        if let Some(back) = ends.find(|back| all(&|member| member.ends_with(*back))) {
            return Some(Affix::Back(back.to_owned()));
        }
        let mut starts =
            first.char_indices().skip(1).map(|(at, _)| &first[..at]).collect::<Vec<_>>().into_iter().rev();
        starts
            .find(|front| all(&|member| member.starts_with(*front)))
            .map(|front| Affix::Front(front.to_owned()))
    }

    fn fits(&self, text: &str) -> bool {
        match self {
            Affix::Front(front) => text.starts_with(front.as_str()),
            Affix::Back(back) => text.ends_with(back.as_str()),
        }
    }
}

impl Index {
    fn of(sets: &[Formula]) -> Index {
        let mut words: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
        let mut labels: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (n, set) in sets.iter().enumerate() {
            for label in &set.labels {
                labels.entry(label).or_default().push(n);
            }
            for (member, forms) in set.folded.iter().enumerate() {
                for form in forms {
                    words.entry(form).or_default().push((n, member));
                }
            }
        }
        // A single character is everywhere; a set of such is known by its other members.
        let words = words.into_iter().filter(|(word, _)| word.chars().count() > 1);
        Index {
            words: words.map(|(word, of)| Word { text: word.to_owned(), of }).collect(),
            labels: labels.into_iter().map(|(label, of)| Label::new(label, of)).collect(),
        }
    }

    fn label(&self, text: &str) -> Option<usize> {
        self.labels.binary_search_by(|label| label.text.as_str().cmp(text)).ok()
    }
}
