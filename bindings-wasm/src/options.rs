//! What a reviewer is made from.

use std::collections::BTreeMap;
use std::fmt::{self, Formatter};

use baguan::{Accepted, Date, Reviewer, Ruleset, RulesetError};
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use wasm_bindgen::JsValue;

use crate::convert::{ruleset_error, unknown_class};

/// The options of `new Reviewer`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Options {
    rules: Rules,
    disable: Vec<String>,
    class: Option<String>,
    as_of: Option<Date>,
    accepted: BTreeMap<String, String>,
}

/// The options that need no new rules: those of `reviewer.with`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Terms {
    class: Option<String>,
    as_of: Option<Date>,
    accepted: Option<BTreeMap<String, String>>,
}

/// House rules: one TOML text, or files by name.
#[derive(Debug)]
enum Rules {
    Text(String),
    Files(BTreeMap<String, String>),
}

struct RulesVisitor;

impl<'de> Visitor<'de> for RulesVisitor {
    type Value = Rules;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("rules in TOML, or files by name")
    }

    fn visit_str<E>(self, text: &str) -> Result<Rules, E> {
        Ok(Rules::Text(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, files: A) -> Result<Rules, A::Error> {
        BTreeMap::deserialize(MapAccessDeserializer::new(files)).map(Rules::Files)
    }
}

impl<'de> Deserialize<'de> for Rules {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Rules, D::Error> {
        deserializer.deserialize_any(RulesVisitor)
    }
}

impl Default for Rules {
    fn default() -> Rules {
        Rules::Files(BTreeMap::new())
    }
}

impl Rules {
    fn ruleset(&self) -> Result<Ruleset, RulesetError> {
        let files: Vec<(&str, &str)> = match self {
            Rules::Text(text) => vec![("rules.toml", text)],
            Rules::Files(files) => files.iter().map(|(name, text)| (&**name, &**text)).collect(),
        };
        if files.is_empty() { Ok(Ruleset::standard()) } else { Ruleset::parse_files(&files)?.onto_bases() }
    }
}

impl Options {
    pub(crate) fn reviewer(self) -> Result<Reviewer, JsValue> {
        let mut rules = self.rules.ruleset().map_err(|error| ruleset_error(&error))?;
        for id in &self.disable {
            rules.disable(id).map_err(|error| ruleset_error(&error))?;
        }
        let reviewer = Reviewer::new(rules).map_err(|error| ruleset_error(&error))?;
        let as_of = Some(self.as_of.unwrap_or_else(today));
        Terms { class: self.class, as_of, accepted: Some(self.accepted) }.applied(reviewer)
    }
}

impl Terms {
    /// `reviewer` with what these say changed.
    pub(crate) fn applied(self, mut reviewer: Reviewer) -> Result<Reviewer, JsValue> {
        if let Some(class) = self.class {
            reviewer = reviewer.class(&class).map_err(|error| unknown_class(&error, &class))?;
        }
        if let Some(as_of) = self.as_of {
            reviewer = reviewer.as_of(as_of);
        }
        if let Some(reasons) = self.accepted {
            let mut accepted = Accepted::new();
            for (fingerprint, reason) in &reasons {
                accepted.add(fingerprint, reason);
            }
            reviewer = reviewer.accept(accepted);
        }
        Ok(reviewer)
    }
}

/// The day it is here.
fn today() -> Date {
    let now = js_sys::Date::new_0();
    let part = |number: u32| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(now.get_full_year()).unwrap_or_default();
    Date::new(year, part(now.get_month() + 1), part(now.get_date())).unwrap_or(Date::LAST)
}
