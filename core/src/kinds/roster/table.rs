//! The table of a roster: who holds which titles from when to when, and in which order.

use std::collections::{BTreeSet, HashMap};

use crate::date::Date;
use crate::draft::fold::{Folding, fold};
use crate::entry::{Entry, Located};
use crate::error::{Place, ProblemKind};
use crate::kinds::guard::refuse_line_break;
use crate::order::sort_by_key;

/// The people and titles of a roster.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    /// The names, each with the numbers of its rows.
    pub(crate) people: Vec<Person>,
    /// Every title of the roster once.
    pub(crate) titles: Vec<String>,
    rows: Vec<Row>,
    /// The rows of each title.
    rows_by_title: Vec<Vec<usize>>,
    by_name: HashMap<String, usize>,
    by_title: HashMap<String, usize>,
}

/// A name of the roster.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) name: String,
    /// The name as the scanned text has it.
    pub(crate) folded: Vec<char>,
    rows: Vec<usize>,
}

/// What one person is in one period.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) person: usize,
    /// The numbers of the titles, as the table has them in order.
    pub(crate) titles: Vec<usize>,
    from: Option<Date>,
    to: Option<Date>,
    pub(crate) order: Option<u32>,
    place: Place,
}

impl Row {
    /// Whether it holds on that day.
    fn holds(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day < to)
    }

    /// Whether it ended before or on that day.
    fn is_over(&self, day: Date) -> bool {
        self.to.is_some_and(|to| to <= day)
    }

    fn overlaps(&self, other: &Row) -> bool {
        let ends_after = |to: Option<Date>, from: Option<Date>| match (to, from) {
            (Some(to), Some(from)) => from < to,
            _ => true,
        };
        ends_after(self.to, other.from) && ends_after(other.to, self.from)
    }
}

impl Table {
    /// How many rows it has.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Adds the rows of `roster_file`.
    pub(crate) fn add(&mut self, entry: &mut Entry<'_>) {
        let first = self.rows.len();
        for row in entry.table("roster_file") {
            self.read(&row, entry);
        }
        self.refuse_conflicts(first, entry);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What the person is on that day.
    pub(crate) fn current(&self, person: usize, day: Date) -> Option<&Row> {
        self.people[person].rows.iter().map(|row| &self.rows[*row]).find(|row| row.holds(day))
    }

    /// The day from which a title that was the person's is theirs no longer, the latest such day.
    pub(crate) fn ended(&self, person: usize, title: usize, day: Date) -> Option<Date> {
        let rows = self.people[person].rows.iter().map(|row| &self.rows[*row]);
        rows.filter(|row| row.is_over(day) && row.titles.contains(&title)).filter_map(|row| row.to).max()
    }

    /// Those who hold a title on that day, as the table has them.
    pub(crate) fn holders(&self, title: usize, day: Date) -> impl Iterator<Item = &Person> {
        let rows = self.rows_by_title[title].iter().map(|row| &self.rows[*row]);
        rows.filter(move |row| row.holds(day)).map(|row| &self.people[row.person])
    }

    /// Whether it is a name of the roster, folded as the text is.
    pub(crate) fn is_name(&self, folded: &str) -> bool {
        self.by_name.contains_key(folded)
    }

    fn read(&mut self, row: &Located<Vec<String>>, entry: &mut Entry<'_>) {
        let cell = |column: usize| row.value.get(column).map_or("", String::as_str);
        let (name, titles) = (cell(0), cell(1));
        for text in titles.split('|').chain([name]) {
            refuse_line_break(entry, &Located { value: text.to_owned(), place: row.place.clone() });
        }
        let mut refuse = |message: String| entry.problem_at(row.place.clone(), ProblemKind::Invalid(message));
        if row.value.len() > 5 || titles.is_empty() {
            refuse("expected name, titles, from, to and order".to_owned());
            return;
        }
        let mut date = |column: usize| match cell(column) {
            "" => None,
            text => text.parse::<Date>().map_err(&mut refuse).ok(),
        };
        let (from, to) = (date(2), date(3));
        if let (Some(from), Some(to)) = (from, to)
            && to <= from
        {
            refuse(format!(
                "from {from} to {to}: the second is the first day no longer and comes after the first"
            ));
        }
        let order = match cell(4) {
            "" => None,
            text => text
                .parse()
                .map_err(|_| refuse(format!("`{text}` is no order, expected a whole number")))
                .ok(),
        };
        for text in titles.split('|').chain([name]) {
            if fold(text.trim(), Folding::FULL).text().chars().count() < 2 {
                refuse(format!("`{text}` is too short to be told from other words, expected two characters"));
                return;
            }
        }
        let person = self.person(name);
        let titles: Vec<usize> = titles.split('|').map(|title| self.title(title.trim())).collect();
        for title in &titles {
            self.rows_by_title[*title].push(self.rows.len());
        }
        self.people[person].rows.push(self.rows.len());
        self.rows.push(Row { person, titles, from, to, order, place: row.place.clone() });
    }

    /// The number of a name, a new one where it is new.
    fn person(&mut self, name: &str) -> usize {
        let key = fold(name, Folding::FULL).text().to_owned();
        let folded = key.chars().collect();
        *self.by_name.entry(key).or_insert_with(|| {
            self.people.push(Person { name: name.to_owned(), folded, rows: Vec::new() });
            self.people.len() - 1
        })
    }

    fn title(&mut self, title: &str) -> usize {
        *self.by_title.entry(fold(title, Folding::FULL).text().to_owned()).or_insert_with(|| {
            self.titles.push(title.to_owned());
            self.rows_by_title.push(Vec::new());
            self.titles.len() - 1
        })
    }

    /// Notes the rows from `first` on that cannot hold beside another.
    fn refuse_conflicts(&self, first: usize, entry: &mut Entry<'_>) {
        let mut by_order: HashMap<u32, Vec<usize>> = HashMap::new();
        for (n, row) in self.rows.iter().enumerate() {
            if let Some(order) = row.order {
                by_order.entry(order).or_default().push(n);
            }
            let titles: BTreeSet<usize> = row.titles.iter().copied().collect();
            if n >= first && titles.len() < row.titles.len() {
                let message = "a title stands twice in the row (after folding)".to_owned();
                entry.problem_at(row.place.clone(), ProblemKind::Invalid(message));
            }
        }
        for person in &self.people {
            self.refuse_overlaps(&person.rows, first, entry, |row, other| {
                if (&row.titles, row.from, row.to, row.order)
                    == (&other.titles, other.from, other.to, other.order)
                {
                    return ProblemKind::DuplicateItem(person.name.clone());
                }
                let line = other.place.line;
                ProblemKind::Invalid(format!("the period of `{}` overlaps that of line {line}", person.name))
            });
        }
        let mut orders: Vec<(u32, Vec<usize>)> = by_order.into_iter().collect();
        sort_by_key(&mut orders, |(order, _)| *order);
        for (order, rows) in orders {
            self.refuse_overlaps(&rows, first, entry, |_, other| {
                let (name, line) = (&self.people[other.person].name, other.place.line);
                ProblemKind::Invalid(format!(
                    "order {order} is that of `{name}` (line {line}) in the same period"
                ))
            });
        }
    }

    fn refuse_overlaps(
        &self,
        rows: &[usize],
        first: usize,
        entry: &mut Entry<'_>,
        problem: impl Fn(&Row, &Row) -> ProblemKind,
    ) {
        for (at, n) in rows.iter().enumerate().filter(|(_, n)| **n >= first) {
            let row = &self.rows[*n];
            let earlier = rows[..at].iter().map(|other| &self.rows[*other]);
            if let Some(other) = earlier.into_iter().find(|other| row.overlaps(other)) {
                entry.problem_at(row.place.clone(), problem(row, other));
            }
        }
    }
}
