//! One TOML table read field by field: every problem kept, with its place, and no field left unread.

use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use crate::date::Date;
use crate::error::{Place, Problem, ProblemKind};
use crate::names::{Named, nearest};

/// The files of a ruleset.
pub(crate) struct Files<'f> {
    /// Their names and texts.
    pub(crate) named: &'f [(&'f str, &'f str)],
    /// Whether the suite proves that they are right.
    proven: bool,
    /// What was read from a list, by what it is and the name of the file: rules that name one list share it.
    read: RefCell<HashMap<(TypeId, String), Arc<dyn Any + Send + Sync>>>,
}

impl<'f> Files<'f> {
    pub(crate) fn new(named: &'f [(&'f str, &'f str)]) -> Files<'f> {
        Files { named, proven: false, read: RefCell::default() }
    }

    /// Files that the suite proves to be right.
    #[cfg(feature = "builtin")]
    pub(crate) fn proven(named: &'f [(&'f str, &'f str)]) -> Files<'f> {
        Files { proven: true, ..Files::new(named) }
    }
}

/// A value with the place it was read from.
#[derive(Clone, Debug)]
pub(crate) struct Located<T> {
    pub(crate) value: T,
    pub(crate) place: Place,
}

/// A table of a ruleset file that is being read.
///
/// Each method reads one field, notes what is wrong with it and gives what could be read.
/// [`Entry::finish`] reports the fields that no method asked for.
pub(crate) struct Entry<'e> {
    file: &'e str,
    text: &'e str,
    files: &'e Files<'e>,
    table: &'e DeTable<'e>,
    start: usize,
    asked: BTreeSet<&'static str>,
    lenient: bool,
    problems: &'e mut Vec<Problem>,
}

impl<'e> Entry<'e> {
    pub(crate) fn new(
        (file, text): (&'e str, &'e str),
        files: &'e Files<'e>,
        table: &'e DeTable<'e>,
        start: usize,
        problems: &'e mut Vec<Problem>,
    ) -> Entry<'e> {
        Entry { file, text, files, table, start, asked: BTreeSet::new(), lenient: false, problems }
    }

    /// Whether the suite proves that the ruleset is right.
    pub(crate) fn is_proven(&self) -> bool {
        self.files.proven
    }

    /// Where the entry itself stands.
    pub(crate) fn place(&self) -> Place {
        Place::of(self.file, self.text, self.start)
    }

    /// Notes a problem of the entry as a whole.
    pub(crate) fn problem(&mut self, kind: ProblemKind) {
        let place = self.place();
        self.problem_at(place, kind);
    }

    /// Notes a problem with its place.
    pub(crate) fn problem_at(&mut self, place: Place, kind: ProblemKind) {
        self.problems.push(Problem { place, kind });
    }

    /// Notes a problem in words, at the value of `field`.
    pub(crate) fn invalid(&mut self, field: &str, message: impl Into<String>) {
        let place = self.place_of(field);
        self.problem_at(place, ProblemKind::Invalid(message.into()));
    }

    /// Where the value of `field` stands, or the entry when it has none.
    pub(crate) fn place_of(&self, field: &str) -> Place {
        let start = self
            .table
            .iter()
            .find(|(key, _)| key.get_ref() == field)
            .map_or(self.start, |(_, v)| v.span().start);
        Place::of(self.file, self.text, start)
    }

    /// Whether the entry has that field; it counts as read.
    pub(crate) fn has(&mut self, field: &'static str) -> bool {
        self.value(field).is_some()
    }

    /// A text, or none.
    pub(crate) fn text(&mut self, field: &'static str) -> Option<String> {
        let value = self.value(field)?;
        match value {
            DeValue::String(text) => Some(text.to_string()),
            other => self.wrong_type(field, other, "a string"),
        }
    }

    /// The value of `field` where it is a text; anything else is left for another method.
    pub(crate) fn peek_text(&mut self, field: &'static str) -> Option<String> {
        self.value(field).and_then(DeValue::as_str).map(str::to_owned)
    }

    /// A text that the entry must have and that is not blank.
    pub(crate) fn required_text(&mut self, field: &'static str) -> Option<String> {
        if !self.has(field) {
            self.problem(ProblemKind::MissingField(field));
            return None;
        }
        let text = self.text(field)?;
        if text.trim().is_empty() {
            self.invalid(field, format!("`{field}` is empty"));
            return None;
        }
        Some(text)
    }

    /// A truth value; false when absent.
    pub(crate) fn flag(&mut self, field: &'static str) -> bool {
        match self.value(field) {
            None => false,
            Some(DeValue::Boolean(value)) => *value,
            Some(other) => self.wrong_type(field, other, "true or false").unwrap_or_default(),
        }
    }

    /// A whole number of at least one.
    pub(crate) fn count(&mut self, field: &'static str) -> Option<usize> {
        let value = self.value(field)?;
        let number = value.as_integer().and_then(|n| n.as_str().parse().ok()).filter(|n| *n > 0);
        number.or_else(|| self.wrong_type(field, value, "a whole number above zero"))
    }

    /// A day, written as TOML date or text.
    pub(crate) fn date(&mut self, field: &'static str) -> Option<Date> {
        let value = self.value(field)?;
        let text = match value {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.to_string(),
            other => return self.wrong_type(field, other, "a date"),
        };
        text.parse().map_err(|message: String| self.invalid(field, message)).ok()
    }

    /// A list of texts with their places; empty when absent.
    pub(crate) fn texts(&mut self, field: &'static str) -> Vec<Located<String>> {
        let Some(value) = self.value(field) else { return Vec::new() };
        let Some(items) = value.as_array() else {
            self.wrong_type::<()>(field, value, "a list of strings");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) if !text.is_empty() => {
                    let place = Place::of(self.file, self.text, item.span().start);
                    texts.push(Located { value: text.to_string(), place });
                }
                other => {
                    let found = describe(other);
                    let field = format!("item of {field}");
                    let place = Place::of(self.file, self.text, item.span().start);
                    self.problem_at(
                        place,
                        ProblemKind::WrongType { field, found, expected: "a string with text" },
                    );
                }
            }
        }
        texts
    }

    /// The values of [`Entry::texts`] without their places.
    pub(crate) fn words(&mut self, field: &'static str) -> Vec<String> {
        self.texts(field).into_iter().map(|text| text.value).collect()
    }

    /// Rows of texts: a list of lists, or of plain texts as rows of one.
    pub(crate) fn rows(&mut self, field: &'static str) -> Vec<Located<Vec<String>>> {
        let Some(value) = self.value(field) else { return Vec::new() };
        let Some(items) = value.as_array() else {
            self.wrong_type::<()>(field, value, "a list");
            return Vec::new();
        };
        let mut rows = Vec::new();
        for item in items {
            let place = Place::of(self.file, self.text, item.span().start);
            let row: Option<Vec<String>> = match item.get_ref() {
                DeValue::String(text) => Some(vec![text.to_string()]),
                DeValue::Array(cells) => {
                    cells.iter().map(|c| c.get_ref().as_str().map(str::to_owned)).collect()
                }
                _ => None,
            };
            match row {
                Some(row) if !row.is_empty() => rows.push(Located { value: row, place }),
                _ => {
                    let (field, found) = (format!("item of {field}"), describe(item.get_ref()));
                    self.problem_at(
                        place,
                        ProblemKind::WrongType { field, found, expected: "a list of strings" },
                    );
                }
            }
        }
        rows
    }

    /// The rows of a TSV file named by `field`: sorted by first column, none twice.
    pub(crate) fn table(&mut self, field: &'static str) -> Vec<Located<Vec<String>>> {
        let Some(name) = self.text(field) else { return Vec::new() };
        let path = self.beside(&name);
        let Some((path, text)) = self.files.named.iter().copied().find(|(file, _)| *file == path) else {
            self.invalid(field, format!("no file `{name}` beside this one"));
            return Vec::new();
        };
        let mut rows: Vec<Located<Vec<String>>> = Vec::new();
        for (n, line) in text.lines().enumerate() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let place = Place { file: path.to_owned(), line: n + 1, column: 1 };
            let row: Vec<String> = line.split('\t').map(|cell| cell.trim().to_owned()).collect();
            if row[0].is_empty() {
                self.problem_at(place, ProblemKind::Invalid("the first column is empty".to_owned()));
                continue;
            }
            if let Some(previous) = rows.last().map(|row| &row.value[0])
                && *previous > row[0]
            {
                let kind = ProblemKind::Unsorted { value: row[0].clone(), previous: previous.clone() };
                self.problem_at(place.clone(), kind);
            }
            rows.push(Located { value: row, place });
        }
        rows
    }

    /// What `read` makes of the list that `field` names; made once for all entries of the ruleset that name it.
    pub(crate) fn shared<T: Any + Send + Sync>(
        &mut self,
        field: &'static str,
        read: impl FnOnce(&mut Entry<'e>) -> T,
    ) -> Arc<T> {
        let path = self.peek_text(field).map(|name| self.beside(&name)).unwrap_or_default();
        let key = (TypeId::of::<T>(), path);
        let known = self.files.read.borrow().get(&key).cloned();
        if let Some(known) = known.and_then(|known| known.downcast().ok()) {
            return known;
        }
        let made = Arc::new(read(self));
        self.files.read.borrow_mut().insert(key, Arc::clone(&made) as Arc<dyn Any + Send + Sync>);
        made
    }

    /// The path of a file beside the one that is read.
    fn beside(&self, name: &str) -> String {
        match self.file.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{name}"),
            None => name.to_owned(),
        }
    }

    /// A name of a closed list.
    pub(crate) fn name<T: Named>(&mut self, field: &'static str, what: &'static str) -> Option<T> {
        let text = self.text(field)?;
        let place = self.place_of(field);
        self.named(what, &Located { value: text, place })
    }

    /// A list of names of a closed list.
    pub(crate) fn names<T: Named>(&mut self, field: &'static str, what: &'static str) -> Option<Vec<T>> {
        self.has(field).then(|| self.texts(field).iter().filter_map(|text| self.named(what, text)).collect())
    }

    /// The value of a closed list that `text` names.
    pub(crate) fn named<T: Named>(&mut self, what: &'static str, text: &Located<String>) -> Option<T> {
        let found = T::named(&text.value);
        if found.is_none() {
            let names: Vec<&str> = T::ALL.iter().map(|value| value.name()).collect();
            let kind = ProblemKind::UnknownName {
                what,
                value: text.value.clone(),
                expected: names.join(", "),
                nearest: nearest(&text.value, names),
            };
            self.problem_at(text.place.clone(), kind);
        }
        found
    }

    /// The tables of a list of tables.
    pub(crate) fn entries(&mut self, field: &'static str, mut read: impl FnMut(&mut Entry<'_>)) {
        let Some(value) = self.value(field) else { return };
        let tables: Option<Vec<_>> = match value {
            DeValue::Array(items) => {
                items.iter().map(|i| Some((i.get_ref().as_table()?, i.span().start))).collect()
            }
            _ => None,
        };
        let Some(tables) = tables else {
            self.wrong_type::<()>(field, value, "a list of tables");
            return;
        };
        for (table, start) in tables {
            let mut entry = Entry::new((self.file, self.text), self.files, table, start, self.problems);
            read(&mut entry);
            entry.finish();
        }
    }

    /// The one table of a field.
    pub(crate) fn entry<T>(
        &mut self,
        field: &'static str,
        read: impl FnOnce(&mut Entry<'_>) -> T,
    ) -> Option<T> {
        let value = self.value(field)?;
        let Some(table) = value.as_table() else {
            return self.wrong_type(field, value, "a table");
        };
        let start =
            self.table.iter().find(|(key, _)| key.get_ref() == field).map_or(0, |(_, v)| v.span().start);
        let mut entry = Entry::new((self.file, self.text), self.files, table, start, self.problems);
        let read = read(&mut entry);
        entry.finish();
        Some(read)
    }

    /// Reports every field that was not read.
    pub(crate) fn finish(self) {
        for (key, _) in self.table {
            let field: &str = key.get_ref();
            if !self.lenient && !self.asked.contains(field) {
                let nearest = nearest(field, self.asked.iter().copied());
                let place = Place::of(self.file, self.text, key.span().start);
                let kind = ProblemKind::UnknownField { field: field.to_owned(), nearest };
                self.problems.push(Problem { place, kind });
            }
        }
    }

    /// Leaves the fields that were not read to be; they are no problem.
    pub(crate) fn skip(&mut self) {
        self.lenient = true;
    }

    /// The fields that were asked for.
    #[cfg(test)]
    pub(crate) fn asked(&self) -> &BTreeSet<&'static str> {
        &self.asked
    }

    fn value(&mut self, field: &'static str) -> Option<&'e DeValue<'e>> {
        self.asked.insert(field);
        self.table.get(field).map(toml::Spanned::get_ref)
    }

    fn wrong_type<T>(
        &mut self,
        field: &'static str,
        value: &DeValue<'_>,
        expected: &'static str,
    ) -> Option<T> {
        let place = self.place_of(field);
        let kind = ProblemKind::WrongType { field: field.to_owned(), found: describe(value), expected };
        self.problem_at(place, kind);
        None
    }
}

fn describe(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) if text.is_empty() => "an empty string".to_owned(),
        DeValue::String(text) => format!("string `{text}`"),
        DeValue::Integer(number) => format!("integer `{}`", number.as_str()),
        DeValue::Boolean(value) => format!("`{value}`"),
        other => other.type_str().to_owned(),
    }
}
