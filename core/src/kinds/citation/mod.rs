//! `citation`: the 《title》 of a law that does not hold on the day of the review, or an article it does not have.

mod cited;
mod history;
mod law;
#[cfg(test)]
mod tests;

use crate::date::Date;
use crate::draft::Draft;
use crate::draft::fold::Folding;
use crate::draft::mask::Context;
use crate::draft::numeral::numeral;
use crate::entry::{Entry, Located};
use crate::error::ProblemKind;
use crate::finding::{Fix, Safety};
use crate::kinds::citation::cited::Cited;
use crate::kinds::citation::history::is_history;
use crate::kinds::citation::law::{Law, Version, without_issuers};
use crate::kinds::guard::{Guard, Guarded, refuse_line_break, refuse_twins};
use crate::kinds::{Hit, Kind, Sink, Wake};
use crate::names::named;

named! {
    /// What can be wrong with a cited law.
    enum Fault {
        /// It is repealed.
        Repealed = "repealed",
        /// It goes by another name.
        Renamed = "renamed",
        /// It is repealed as far as is known, of which no public text was at hand.
        Unconfirmed = "unconfirmed",
        /// It does not hold yet.
        NotYetInForce = "not-yet-in-force",
        /// It has fewer articles.
        NoSuchArticle = "no-such-article",
    }
}

/// Laws with the days from and until which they hold and the number of their articles, and which faults this rule
/// reports.
#[derive(Clone, Debug)]
pub(crate) struct Citation {
    laws: Vec<Law>,
    versions: Vec<Version>,
    faults: Vec<Fault>,
    /// Whether a day from before the fault, in the same sentence or at the head of the draft, makes it history.
    unless_dated: bool,
    guard: Guard,
}

impl Kind for Citation {
    const NAME: &'static str = "citation";
    const PLACEHOLDERS: &'static [&'static str] = &["title", "successor", "date", "evidence", "last"];

    fn read(entry: &mut Entry<'_>) -> Option<Citation> {
        let guard = Guard::read(entry, Folding::FULL, &Context::NO_WORDS);
        let faults = entry.names("faults", "fault").unwrap_or_else(|| Fault::ALL.to_vec());
        let unless_dated = entry.flag("unless_dated");
        let mut citation = Citation { laws: Vec::new(), versions: Vec::new(), faults, unless_dated, guard };
        citation.add(entry);
        if citation.laws.is_empty() && citation.versions.is_empty() {
            entry.problem(ProblemKind::MissingField("laws_file"));
            return None;
        }
        Some(citation)
    }

    fn extend(&mut self, entry: &mut Entry<'_>) {
        self.guard.extend(entry);
        self.add(entry);
    }

    fn rows(&self) -> usize {
        self.laws.len() + self.versions.len()
    }

    fn wake(&self, wake: &mut Wake<'_>) {
        let titles = self.laws.iter().map(|law| &law.title);
        for (n, title) in titles.chain(self.versions.iter().map(|version| &version.title)).enumerate() {
            for spelling in title.spellings() {
                wake.on(&spelling, n);
            }
        }
    }

    fn at_block(&self, hits: &[Hit], block: usize, draft: &Draft<'_>, out: &mut Sink<'_>) {
        let guarded = self.guard.at(block);
        for hit in hits {
            let Some(cited) = Cited::at(hit.span, draft) else { continue };
            let number = hit.tag as usize;
            match self.versions.get(number.wrapping_sub(self.laws.len())) {
                Some(version) => self.look_at_articles(version, cited, &guarded, draft, out),
                None => self.look_at_standing(&self.laws[number], cited, &guarded, draft, out),
            }
        }
    }
}

impl Citation {
    fn add(&mut self, entry: &mut Entry<'_>) {
        let rows = entry.table("laws_file");
        let titles: Vec<Located<String>> = rows.iter().map(title).collect();
        refuse_twins(entry, &titles, Folding::FULL);
        for (title, row) in titles.iter().zip(&rows) {
            refuse_line_break(entry, title);
            self.laws.extend(Law::read(row, entry));
        }
        for row in &entry.table("articles_file") {
            refuse_line_break(entry, &title(row));
            self.versions.extend(Version::read(row, entry));
        }
    }

    fn look_at_standing(
        &self,
        law: &Law,
        cited: Cited,
        guarded: &Guarded<'_>,
        draft: &Draft<'_>,
        out: &mut Sink<'_>,
    ) {
        let Some((fault, since)) = law.fault(draft.as_of()) else { return };
        let excused =
            self.unless_dated && fault != Fault::NotYetInForce && is_history(since, cited.whole, draft);
        if excused || !self.faults.contains(&fault) {
            return;
        }
        let place = (cited.whole, draft.original(cited.whole));
        let Some(candidate) = guarded.object(place, draft, out) else { return };
        candidate
            .value("title", law.title.official.as_str())
            .value("successor", law.successor())
            .value("date", in_chinese(since))
            .value("evidence", law.evidence.as_str());
        if fault != Fault::NotYetInForce {
            for successor in &law.successors {
                let successor = if cited.names_issuers { successor } else { without_issuers(successor) };
                candidate.fix(Fix::replace(draft.original(cited.title), successor, Safety::Ask));
            }
        }
    }

    fn look_at_articles(
        &self,
        version: &Version,
        cited: Cited,
        guarded: &Guarded<'_>,
        draft: &Draft<'_>,
        out: &mut Sink<'_>,
    ) {
        let excused = || self.unless_dated && is_history(version.from, cited.whole, draft);
        if !self.faults.contains(&Fault::NoSuchArticle) || !version.holds(draft.as_of()) || excused() {
            return;
        }
        for article in cited.articles(draft).iter().filter(|article| article.number > version.last) {
            let place = (cited.whole, draft.original(article.span));
            if let Some(candidate) = guarded.object(place, draft, out) {
                candidate
                    .value("title", version.title.official.as_str())
                    .value("last", numeral(version.last))
                    .value("date", in_chinese(version.from));
            }
        }
    }
}

/// The title of a row with its place.
fn title(row: &Located<Vec<String>>) -> Located<String> {
    Located { value: row.value[0].clone(), place: row.place.clone() }
}

/// The day as Chinese prose has it: 2021年1月1日.
fn in_chinese(date: Date) -> String {
    let text = date.to_string();
    let part = |from: usize, to: usize| text[from..to].trim_start_matches('0');
    format!("{}年{}月{}日", part(0, 4), part(5, 7), part(8, 10))
}
