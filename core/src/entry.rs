//! One TOML table read field by field: every problem kept, with its place, and no field left unread.

use std::any::{Any, TypeId};
use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::error::{Place, Places, Problem, ProblemKind};
use crate::fields::{Field, Fields, Item, Value};
use crate::files::Files;
use crate::names::{Named, nearest};
use crate::ranked::Kept;

/// What the check of a rule is read from: the fields of its entry, packed, with the lists they name.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(crate) files: Arc<Files>,
    /// The file the entry stands in; the lists lie beside it.
    pub(crate) file: Arc<str>,
    pub(crate) fields: Kept,
}

impl Origin {
    /// Reads the entry again.
    pub(crate) fn entry<T>(
        &self,
        problems: &mut Vec<Problem>,
        read: impl FnOnce(&mut Entry<'_>) -> T,
    ) -> Option<T> {
        let packed = self.fields.get();
        let fields: Fields<'_> = postcard::from_bytes(&packed).ok()?;
        Some(read(&mut Entry::new((&self.file, ""), &self.files, &fields, 0, problems)))
    }

    /// The paths of the lists that the entry names, each with the field that names it.
    pub(crate) fn lists(&self) -> Vec<(String, String)> {
        let packed = self.fields.get();
        let fields: Fields<'_> = postcard::from_bytes(&packed).unwrap_or_default();
        let names = fields.texts().into_iter().filter(|(field, _)| field.ends_with("_file"));
        names.map(|(field, name)| (beside(&self.file, name), field.to_owned())).collect()
    }
}

/// The path of a file beside another.
fn beside(file: &str, name: &str) -> String {
    match file.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    }
}

/// A value with the place it was read from.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
    files: &'e Arc<Files>,
    fields: &'e Fields<'e>,
    start: usize,
    asked: BTreeSet<&'static str>,
    lenient: bool,
    problems: &'e mut Vec<Problem>,
}

impl<'e> Entry<'e> {
    pub(crate) fn new(
        (file, text): (&'e str, &'e str),
        files: &'e Arc<Files>,
        fields: &'e Fields<'e>,
        start: usize,
        problems: &'e mut Vec<Problem>,
    ) -> Entry<'e> {
        Entry { file, text, files, fields, start, asked: BTreeSet::new(), lenient: false, problems }
    }

    /// Whether it is known that nothing in the ruleset is wrong.
    pub(crate) fn is_proven(&self) -> bool {
        self.files.proven
    }

    /// All that it says but for these fields, to be read again.
    pub(crate) fn origin(&self, but: &[&str]) -> Origin {
        let fields = self.fields.only(|name| !but.contains(&name));
        Origin {
            files: Arc::clone(self.files),
            file: self.file.into(),
            fields: Kept::new(postcard::to_allocvec(&fields).expect("values can be packed").into(), None),
        }
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
        let start = self.fields.get(field).map_or(self.start, |item| item.at);
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
            Value::Text(text) => Some(text.to_string()),
            other => self.wrong_type(field, other, "a string"),
        }
    }

    /// The value of `field` where it is a text; anything else is left for another method.
    pub(crate) fn peek_text(&mut self, field: &'static str) -> Option<String> {
        self.value(field).and_then(Value::as_text).map(str::to_owned)
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
            Some(Value::Flag(value)) => *value,
            Some(other) => self.wrong_type(field, other, "true or false").unwrap_or_default(),
        }
    }

    /// A whole number of at least one.
    pub(crate) fn count(&mut self, field: &'static str) -> Option<usize> {
        let value = self.value(field)?;
        let number = match value {
            Value::Number(number) => number.parse().ok().filter(|n| *n > 0),
            _ => None,
        };
        number.or_else(|| self.wrong_type(field, value, "a whole number above zero"))
    }

    /// A day, written as TOML date or text.
    pub(crate) fn date(&mut self, field: &'static str) -> Option<Date> {
        let value = self.value(field)?;
        let text = match value {
            Value::Date(date) => date.clone(),
            Value::Text(text) => text.to_string(),
            other => return self.wrong_type(field, other, "a date"),
        };
        text.parse().map_err(|message: String| self.invalid(field, message)).ok()
    }

    /// A list of texts with their places; empty when absent.
    pub(crate) fn texts(&mut self, field: &'static str) -> Vec<Located<String>> {
        let Some(value) = self.value(field) else { return Vec::new() };
        let Value::List(items) = value else {
            self.wrong_type::<()>(field, value, "a list of strings");
            return Vec::new();
        };
        let mut texts = Vec::new();
        let mut places = Places::new(self.file, self.text);
        for item in items {
            let place = places.at(item.at);
            match &item.value {
                Value::Text(text) if !text.is_empty() => {
                    texts.push(Located { value: text.to_string(), place });
                }
                other => {
                    let found = other.describe();
                    let field = format!("item of {field}");
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
        let Value::List(items) = value else {
            self.wrong_type::<()>(field, value, "a list");
            return Vec::new();
        };
        let mut rows = Vec::new();
        let mut places = Places::new(self.file, self.text);
        for item in items {
            let place = places.at(item.at);
            let row: Option<Vec<String>> = match &item.value {
                Value::Text(text) => Some(vec![text.to_string()]),
                Value::List(cells) => cells.iter().map(|c| c.value.as_text().map(str::to_owned)).collect(),
                _ => None,
            };
            match row {
                Some(row) if !row.is_empty() => rows.push(Located { value: row, place }),
                _ => {
                    let (field, found) = (format!("item of {field}"), item.value.describe());
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
        let Some((path, text)) = self.files.text(&path) else {
            self.invalid(field, format!("no file `{name}` beside this one"));
            return Vec::new();
        };
        // Nothing is said of rows in which nothing is wrong, so where they stand need not be kept.
        let path = if self.is_proven() { "" } else { path };
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

    /// What the list that `field` names was packed to, where it was.
    pub(crate) fn packed(&mut self, field: &'static str) -> Option<&'e [u8]> {
        let name = self.peek_text(field)?;
        self.files.named(&self.beside(&name))?.packed()
    }

    /// What `read` makes of `fields`, most of which name lists; made once for all entries of the ruleset in which they say
    /// the same.
    pub(crate) fn shared<T: Any + Send + Sync>(
        &mut self,
        fields: &[&'static str],
        read: impl FnOnce(&mut Entry<'e>) -> T,
    ) -> Arc<T> {
        let path =
            |field: &&'static str| self.peek_text(field).map(|name| self.beside(&name)).unwrap_or_default();
        let key = (TypeId::of::<T>(), fields.iter().map(path).collect::<Vec<_>>().join("\n"));
        let known = self.files.made().get(&key).cloned();
        if let Some(known) = known.and_then(|known| known.downcast().ok()) {
            return known;
        }
        let made = Arc::new(read(self));
        self.files.made().insert(key, Arc::clone(&made) as Arc<dyn Any + Send + Sync>);
        made
    }

    /// The path of a file beside the one that is read.
    fn beside(&self, name: &str) -> String {
        beside(self.file, name)
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
        let table = |item: &'e Item<'e>| match &item.value {
            Value::Table(fields) => Some((fields, item.at)),
            _ => None,
        };
        let tables: Option<Vec<_>> = match value {
            Value::List(items) => items.iter().map(table).collect(),
            _ => None,
        };
        let Some(tables) = tables else {
            self.wrong_type::<()>(field, value, "a list of tables");
            return;
        };
        for (fields, start) in tables {
            let mut entry = Entry::new((self.file, self.text), self.files, fields, start, self.problems);
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
        let Value::Table(fields) = value else {
            return self.wrong_type(field, value, "a table");
        };
        let start = self.fields.get(field).map_or(0, |item| item.at);
        let mut entry = Entry::new((self.file, self.text), self.files, fields, start, self.problems);
        let read = read(&mut entry);
        entry.finish();
        Some(read)
    }

    /// Reports every field that was not read.
    pub(crate) fn finish(self) {
        for Field { name, at, .. } in self.fields.iter() {
            if !self.lenient && !self.asked.contains(&**name) {
                let nearest = nearest(name, self.asked.iter().copied());
                let place = Place::of(self.file, self.text, *at);
                let kind = ProblemKind::UnknownField { field: name.to_string(), nearest };
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

    fn value(&mut self, field: &'static str) -> Option<&'e Value<'e>> {
        self.asked.insert(field);
        self.fields.get(field).map(|item| &item.value)
    }

    fn wrong_type<T>(&mut self, field: &'static str, value: &Value<'_>, expected: &'static str) -> Option<T> {
        let place = self.place_of(field);
        let kind = ProblemKind::WrongType { field: field.to_owned(), found: value.describe(), expected };
        self.problem_at(place, kind);
        None
    }
}
