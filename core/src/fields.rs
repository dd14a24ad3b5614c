//! What a table of a ruleset says, however it was written: values with their places.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use toml::de::{DeTable, DeValue};

/// The fields of a table, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Fields<'f> {
    #[serde(borrow)]
    fields: Vec<Field<'f>>,
}

/// A name with its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Field<'f> {
    #[serde(borrow)]
    pub(crate) name: Cow<'f, str>,
    /// Where the name starts in its file; compiled rules, in which nothing is wrong, do not say.
    #[serde(skip)]
    pub(crate) at: usize,
    #[serde(borrow)]
    pub(crate) item: Item<'f>,
}

/// A value with the place where it starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Item<'f> {
    #[serde(borrow)]
    pub(crate) value: Value<'f>,
    #[serde(skip)]
    pub(crate) at: usize,
}

/// A value of the types that rules use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Value<'f> {
    Text(#[serde(borrow)] Cow<'f, str>),
    Flag(bool),
    /// A whole number as it is written.
    Number(#[serde(borrow)] Cow<'f, str>),
    Date(String),
    List(#[serde(borrow)] Vec<Item<'f>>),
    Table(#[serde(borrow)] Fields<'f>),
    /// Of a type that no rule uses, by the name of the type.
    Other(String),
}

impl<'f> Fields<'f> {
    pub(crate) fn of(table: DeTable<'f>) -> Fields<'f> {
        let field = |(name, value): (toml::Spanned<Cow<'f, str>>, toml::Spanned<DeValue<'f>>)| Field {
            at: name.span().start,
            name: name.into_inner(),
            item: Item::of(value),
        };
        Fields { fields: table.into_iter().map(field).collect() }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Field<'f>> {
        self.fields.iter()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Item<'f>> {
        self.fields.iter().find(|field| field.name == name).map(|field| &field.item)
    }

    /// The texts of all fields, of those of inner tables too, each with the name of its field.
    pub(crate) fn texts(&self) -> Vec<(&str, &str)> {
        fn add<'t>(name: &'t str, value: &'t Value<'_>, texts: &mut Vec<(&'t str, &'t str)>) {
            match value {
                Value::Text(text) => texts.push((name, text)),
                Value::List(items) => {
                    for item in items {
                        add(name, &item.value, texts);
                    }
                }
                Value::Table(fields) => texts.extend(fields.texts()),
                Value::Flag(_) | Value::Number(_) | Value::Date(_) | Value::Other(_) => {}
            }
        }
        let mut texts = Vec::new();
        for field in &self.fields {
            add(&field.name, &field.item.value, &mut texts);
        }
        texts
    }

    /// Those whose names `keep` takes.
    pub(crate) fn only(&self, keep: impl Fn(&str) -> bool) -> Fields<'f> {
        Fields { fields: self.fields.iter().filter(|field| keep(&field.name)).cloned().collect() }
    }
}

impl<'f> Item<'f> {
    fn of(value: toml::Spanned<DeValue<'f>>) -> Item<'f> {
        let at = value.span().start;
        let value = match value.into_inner() {
            DeValue::String(text) => Value::Text(text),
            DeValue::Boolean(flag) => Value::Flag(flag),
            DeValue::Integer(number) => Value::Number(number.as_str().to_owned().into()),
            DeValue::Datetime(date) => Value::Date(date.to_string()),
            DeValue::Array(items) => Value::List(items.into_iter().map(Item::of).collect()),
            DeValue::Table(table) => Value::Table(Fields::of(table)),
            other @ DeValue::Float(_) => Value::Other(other.type_str().to_owned()),
        };
        Item { value, at }
    }
}

impl Value<'_> {
    /// What stands there, in words.
    pub(crate) fn describe(&self) -> String {
        match self {
            Value::Text(text) if text.is_empty() => "an empty string".to_owned(),
            Value::Text(text) => format!("string `{text}`"),
            Value::Number(number) => format!("integer `{number}`"),
            Value::Flag(flag) => format!("`{flag}`"),
            Value::Date(_) => "datetime".to_owned(),
            Value::List(_) => "array".to_owned(),
            Value::Table(_) => "table".to_owned(),
            Value::Other(name) => name.clone(),
        }
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}
