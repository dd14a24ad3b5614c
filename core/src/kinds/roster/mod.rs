//! `roster`: names, titles, their days and their order, as a user's own table has them.

mod mention;
mod table;

use crate::date::Date;
use crate::draft::Draft;
use crate::draft::fold::{Folding, fold};
use crate::draft::mask::Context;
use crate::entry::Entry;
use crate::error::ProblemKind;
use crate::finding::{Fix, Safety};
use crate::kinds::guard::{Guard, Guarded};
use crate::kinds::roster::mention::{Titles, Token, Tokens};
use crate::kinds::roster::table::{Person, Table};
use crate::kinds::{Hit, Kind, Sink, Wake};
use crate::names::named;
use crate::order::sort_by_key;
use crate::span::Span;

named! {
    /// What can be wrong where someone is named.
    enum Fault {
        /// The title is not theirs on the day.
        WrongTitle = "wrong-title",
        /// The title was theirs.
        ExpiredTitle = "expired-title",
        /// A character of the name is another.
        MisspeltName = "misspelt-name",
        /// Names stand in another order than in the table.
        Order = "order",
    }
}

/// A user's table of names and titles, and which faults this rule reports.
#[derive(Clone, Debug)]
pub(crate) struct Roster {
    table: Table,
    /// What may stand before a title without making it another: the names of the own place.
    places: Vec<String>,
    faults: Vec<Fault>,
    guard: Guard,
}

/// One block under review.
struct Look<'l> {
    roster: &'l Roster,
    tokens: Tokens<'l>,
    guarded: Guarded<'l>,
    block: usize,
    draft: &'l Draft<'l>,
    day: Date,
}

impl Kind for Roster {
    const NAME: &'static str = "roster";
    const PLACEHOLDERS: &'static [&'static str] = &["name", "title", "expected", "detail"];

    fn read(entry: &mut Entry<'_>) -> Option<Roster> {
        let guard = Guard::read(entry, Folding::FULL, &Context::NO_WORDS);
        let faults = entry.names("faults", "fault").unwrap_or_else(|| Fault::ALL.to_vec());
        let mut roster = Roster { table: Table::default(), places: Vec::new(), faults, guard };
        roster.add(entry);
        if roster.table.is_empty() {
            entry.problem(ProblemKind::MissingField("roster_file"));
            return None;
        }
        Some(roster)
    }

    fn extend(&mut self, entry: &mut Entry<'_>) {
        self.guard.extend(entry);
        self.add(entry);
    }

    fn rows(&self) -> usize {
        self.table.len()
    }

    fn wake(&self, wake: &mut Wake<'_>) {
        let names = self.table.people.iter().map(|person| &person.name);
        for (n, literal) in names.chain(&self.table.titles).enumerate() {
            wake.on(literal, n);
        }
    }

    fn at_block(&self, hits: &[Hit], block: usize, draft: &Draft<'_>, out: &mut Sink<'_>) {
        let guarded = self.guard.at(block);
        let tokens = Tokens::new(hits.iter().copied(), &self.table, draft.folded(), &self.places);
        let look = Look { roster: self, tokens, guarded, block, draft, day: draft.as_of() };
        if self.reports(Fault::WrongTitle) || self.reports(Fault::ExpiredTitle) {
            for name in &look.tokens.names {
                if let Some(titles) = look.tokens.beside(name.span).filter(|titles| !titles.is_past) {
                    look.at_titles(name, &titles, out);
                }
            }
        }
        if self.reports(Fault::MisspeltName) {
            for title in &look.tokens.titles {
                look.at_title(title, out);
            }
        }
        if self.reports(Fault::Order) {
            look.at_lists(out);
        }
    }
}

impl Roster {
    fn add(&mut self, entry: &mut Entry<'_>) {
        self.table.add(entry);
        self.places
            .extend(entry.words("places").iter().map(|place| fold(place, Folding::FULL).text().to_owned()));
    }

    fn reports(&self, fault: Fault) -> bool {
        self.faults.contains(&fault)
    }

    /// The titles someone has on a day, joined; 无 where the table has none.
    fn titles_of(&self, person: usize, day: Date) -> String {
        let row = self.table.current(person, day);
        row.map_or_else(
            || "无".to_owned(),
            |row| {
                let titles: Vec<&str> =
                    row.titles.iter().map(|title| self.table.titles[*title].as_str()).collect();
                titles.join("、")
            },
        )
    }

    /// Those who hold a title on a day, joined; 无 where there is nobody.
    fn holders_of(&self, title: usize, day: Date) -> String {
        let names: Vec<&str> = self.table.holders(title, day).map(|person| person.name.as_str()).collect();
        if names.is_empty() { "无".to_owned() } else { names.join("、") }
    }
}

impl Look<'_> {
    /// Reports the titles beside a name that are not theirs, one finding a fault.
    fn at_titles(&self, name: &Token, titles: &Titles, out: &mut Sink<'_>) {
        let table = &self.roster.table;
        let current = table.current(name.number, self.day).map_or(&[][..], |row| &row.titles);
        let not_theirs = titles.tokens.iter().filter(|title| !current.contains(&title.number));
        let (expired, wrong): (Vec<&Token>, Vec<&Token>) =
            not_theirs.partition(|title| table.ended(name.number, title.number, self.day).is_some());
        for (fault, found) in [(Fault::WrongTitle, wrong), (Fault::ExpiredTitle, expired)] {
            if let Some(first) = found.first()
                && self.roster.reports(fault)
            {
                self.report_titles(fault, name, (titles, &found, first), out);
            }
        }
    }

    fn report_titles(
        &self,
        fault: Fault,
        name: &Token,
        (titles, found, first): (&Titles, &[&Token], &Token),
        out: &mut Sink<'_>,
    ) {
        let table = &self.roster.table;
        let whole = Span::new(titles.span.start.min(name.span.start), titles.span.end.max(name.span.end));
        let Some(candidate) = self.guarded.object((whole, self.draft.original(whole)), self.draft, out)
        else {
            return;
        };
        let names: Vec<&str> = found.iter().map(|title| table.titles[title.number].as_str()).collect();
        let detail = match table.ended(name.number, first.number, self.day) {
            Some(day) if fault == Fault::ExpiredTitle => format!("{day}起不再担任"),
            _ => {
                format!("{}：{}", table.titles[first.number], self.roster.holders_of(first.number, self.day))
            }
        };
        candidate
            .value("name", table.people[name.number].name.as_str())
            .value("title", names.join("、"))
            .value("expected", self.roster.titles_of(name.number, self.day))
            .value("detail", detail);
        // Where one title alone is beside the name it is clear which to write.
        if let ([_], Some(row)) = (titles.tokens.as_slice(), table.current(name.number, self.day)) {
            let right = table.titles[row.titles[0]].as_str();
            candidate.fix(Fix::replace(self.draft.original(first.span), right, Safety::Ask));
        }
    }

    /// Reports the name beside a title where it is almost that of a holder.
    fn at_title(&self, title: &Token, out: &mut Sink<'_>) {
        let table = &self.roster.table;
        let text = self.draft.folded();
        let block = self.draft.folded_span(self.draft.blocks()[self.block].span);
        let (before, after) = (&text[block.start..title.span.start], &text[title.span.end..block.end]);
        let Some(titles) = self.tokens.before(title.span.end).filter(|titles| !titles.is_past) else {
            return;
        };
        let mut found: Option<(Span, Vec<&Person>)> = None;
        for holder in table.holders(title.number, self.day) {
            let len = holder.folded.len();
            let follows = after.char_indices().nth(len).map_or(after, |(at, _)| &after[..at]);
            let leads = match before.char_indices().rev().nth(len - 1) {
                Some((at, _)) if titles.tokens.len() == 1 => &before[at..],
                _ => "",
            };
            let follows_at = Span::new(title.span.end, title.span.end + follows.len());
            let leads_at = Span::new(title.span.start - leads.len(), title.span.start);
            let ends = |rest: &str| len > 2 || ends_name(rest);
            let misspelt = [
                (follows, follows_at, ends(&after[follows.len()..])),
                (leads, leads_at, len > 2 || !before[..before.len() - leads.len()].ends_with(is_han)),
            ];
            for (name, span, stands_alone) in misspelt {
                if stands_alone
                    && differs_by_one(name, &holder.folded)
                    && !table.is_name(name)
                    && !self.tokens.names_meet(span)
                {
                    let (_, people) = found.get_or_insert_with(|| (span, Vec::new()));
                    people.push(holder);
                }
            }
        }
        let Some((name, people)) = found else { return };
        let whole = Span::new(title.span.start.min(name.start), title.span.end.max(name.end));
        let place = (whole, self.draft.original(whole));
        if let Some(candidate) = self.guarded.object(place, self.draft, out) {
            let written = self.draft.original(name);
            candidate
                .value("name", &self.draft.text()[written])
                .value("title", table.titles[title.number].as_str())
                .value("expected", people[0].name.as_str())
                .value("detail", format!("应为{}", self.roster.holders_of(title.number, self.day)));
            for person in people {
                candidate.fix(Fix::replace(written, &person.name, Safety::Ask));
            }
        }
    }

    /// Reports lists of names that stand in another order than in the table.
    fn at_lists(&self, out: &mut Sink<'_>) {
        let order =
            |token: &Token| self.roster.table.current(token.number, self.day).and_then(|row| row.order);
        let names = &self.tokens.names;
        let mut from = 0;
        while from < names.len() {
            let joined = |pair: &&[Token]| self.is_joined(pair[0], pair[1]) && order(&pair[1]).is_some();
            let more = match order(&names[from]) {
                Some(_) => names[from..].windows(2).take_while(joined).count(),
                None => 0,
            };
            let list = &names[from..=from + more];
            if !list.is_sorted_by_key(order) {
                let mut right = list.to_vec();
                sort_by_key(&mut right, order);
                self.report_list(list, &right, out);
            }
            from += more + 1;
        }
    }

    fn report_list(&self, list: &[Token], right: &[Token], out: &mut Sink<'_>) {
        let name = |token: &Token| self.roster.table.people[token.number].name.as_str();
        let (head, tail) = (list[0], list[list.len() - 1]);
        let whole = Span::new(head.span.start, tail.span.end);
        let place = (whole, self.draft.original(whole));
        let Some(candidate) = self.guarded.object(place, self.draft, out) else { return };
        let out_of_place = list.iter().zip(right).find(|(own, right)| own.number != right.number);
        let right = right.iter().map(name).collect::<Vec<_>>().join("、");
        let titles =
            out_of_place.map_or_else(String::new, |(own, _)| self.roster.titles_of(own.number, self.day));
        candidate
            .value("name", out_of_place.map_or("", |(own, _)| name(own)))
            .value("title", titles)
            .value("expected", right.as_str())
            .value("detail", format!("顺序应为{right}"));
        let bare =
            list.windows(2).all(|pair| &self.draft.folded()[pair[0].span.end..pair[1].span.start] == "、");
        if bare {
            candidate.fix(Fix::replace(self.draft.original(whole), right, Safety::Ask));
        }
    }

    /// Whether 、 and nothing but titles stands between two names.
    fn is_joined(&self, name: Token, next: Token) -> bool {
        let Some(between) = self.draft.folded().get(name.span.end..next.span.start) else { return false };
        let between = between.strip_prefix("同志").unwrap_or(between);
        let Some(titles) = between.strip_prefix('、') else { return false };
        titles.is_empty()
            || self
                .tokens
                .before(next.span.start)
                .is_some_and(|before| before.span.start == next.span.start - titles.len())
    }
}

/// Whether `name` has the characters of `right` but for one other of them.
fn differs_by_one(name: &str, right: &[char]) -> bool {
    let mut others = name.chars().zip(right).filter(|(own, right)| own != *right);
    name.chars().count() == right.len()
        && others.next().is_some_and(|(own, _)| is_han(own))
        && others.next().is_none()
}

/// Whether a name of two characters can end before `rest`: there is a mark, or a word that follows names.
fn ends_name(rest: &str) -> bool {
    const FOLLOWS: [&str; 21] = [
        "同志", "说", "指出", "强调", "主持", "出席", "表示", "率", "带", "在", "到", "介绍", "要求", "参加",
        "讲话", "致", "作", "宣布", "会见", "和", "等",
    ];
    !rest.starts_with(is_han) || FOLLOWS.iter().any(|word| rest.starts_with(word))
}

const fn is_han(char: char) -> bool {
    matches!(char, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests;
