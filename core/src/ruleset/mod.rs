//! Rulesets: rules as data, to be merged, switched off and overridden before they are compiled.

pub(crate) mod compiled;
pub(crate) mod message;
mod parse;
pub(crate) mod ready;
pub(crate) mod rule;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::class::Class;
use crate::date::Date;
use crate::entry::Located;
use crate::error::{Place, Problem, ProblemKind, RulesetError};
use crate::files::Files;
use crate::names::nearest;
use crate::ruleset::parse::Pending;
use crate::ruleset::ready::Ready;
use crate::ruleset::rule::Rule;

/// Rules as data.
///
/// ```
/// use baguan::Ruleset;
///
/// let house = Ruleset::parse("house.toml", r#"
/// [[rule]]
/// id = "wording/house-name"
/// kind = "replace"
/// severity = "error"
/// message = "本社名称应写作「{right}」"
/// why = "社名"
/// source = "本社《体例手册》"
/// pairs = [["晨光出版公司", "晨光出版社"]]
/// bad = ["晨光出版公司成立。"]
/// good = ["晨光出版社成立。"]
/// "#)?;
/// let rules = Ruleset::standard().merge(house)?;
/// assert!(rules.rule("wording/house-name").is_some());
/// # Ok::<(), baguan::RulesetError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Ruleset {
    pub(crate) name: String,
    pub(crate) version: Option<Date>,
    extends: Vec<String>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) classes: Vec<Class>,
    /// Rules switched off, by id.
    pub(crate) disabled: Vec<String>,
    /// Tags switched on in every class.
    pub(crate) on: Vec<String>,
    /// Every tag that it or one of its classes switches on, with its place.
    switches: Vec<Located<String>>,
    /// What is to be done to the rules of the set this one is merged onto.
    pending: Vec<Pending>,
    digest: [u8; 32],
    /// The scan for its rules, where it came ready made and they are still the same.
    ready: Option<Arc<Ready>>,
}

impl Ruleset {
    /// The rules of one TOML file.
    pub fn parse(name: &str, text: &str) -> Result<Ruleset, RulesetError> {
        Ruleset::parse_files(&[(name, text)])
    }

    /// The rules of a set of files, TOML and the TSV lists they name, as (name, text).
    pub fn parse_files(files: &[(&str, &str)]) -> Result<Ruleset, RulesetError> {
        Ruleset::of(&Files::new(files))
    }

    /// The rules of these files.
    pub(crate) fn of(files: &Arc<Files>) -> Result<Ruleset, RulesetError> {
        let mut problems = Vec::new();
        let set = parse::parse(files, &mut problems);
        RulesetError::check(problems)?;
        Ok(set)
    }

    /// The rules of a folder: its `.toml` and `.tsv` files, in it and below.
    #[cfg(feature = "fs")]
    pub fn load(folder: impl AsRef<std::path::Path>) -> Result<Ruleset, RulesetError> {
        let files = Ruleset::read(folder)?;
        let files: Vec<(&str, &str)> =
            files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        Ruleset::parse_files(&files)
    }

    /// The files of a folder as [`Ruleset::parse_files`] takes them: its `.toml` and `.tsv` files, in it and below.
    #[cfg(feature = "fs")]
    pub fn read(folder: impl AsRef<std::path::Path>) -> Result<Vec<(String, String)>, RulesetError> {
        parse::files_below(folder.as_ref())
    }

    /// This set with the rules of `house` added and its overrides, extensions and switches carried out.
    pub fn merge(mut self, house: Ruleset) -> Result<Ruleset, RulesetError> {
        let mut problems = Vec::new();
        if !house.rules.is_empty() || !house.pending.is_empty() {
            self.ready = None;
        }
        for rule in house.rules {
            self.add_rule(rule, &mut problems);
        }
        for class in house.classes {
            self.classes.retain(|own| own.id != class.id);
            self.classes.push(class);
        }
        self.disabled.extend(house.disabled);
        self.on.extend(house.on);
        self.switches.extend(house.switches);
        for pending in house.pending {
            pending.apply(&mut self, &mut problems);
        }
        RulesetError::check(problems)?;
        self.name = format!("{}+{}", self.name, house.name);
        self.version = self.version.max(house.version);
        self.digest = Sha256::new().chain_update(self.digest).chain_update(house.digest).finalize().into();
        Ok(self)
    }

    /// Switches a rule off.
    pub fn disable(&mut self, id: &str) -> Result<(), RulesetError> {
        if self.rule(id).is_none() {
            let place = Place { file: "disable".to_owned(), line: 1, column: 1 };
            return RulesetError::check(vec![Problem { place, kind: self.unknown_rule(id) }]);
        }
        self.disabled.push(id.to_owned());
        self.digest = Sha256::new().chain_update(self.digest).chain_update(id).finalize().into();
        Ok(())
    }

    /// Whether the rule of that id is switched off.
    pub(crate) fn is_disabled(&self, id: &str) -> bool {
        self.disabled.iter().any(|disabled| disabled == id)
    }

    /// The sets it says it is to be merged onto.
    pub fn extends(&self) -> &[String] {
        &self.extends
    }

    /// Its rules, in the order of files and places.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule of that id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| &*rule.id == id)
    }

    /// The rule id nearest to `id`, where one is near.
    pub fn nearest_rule(&self, id: &str) -> Option<String> {
        nearest(id, self.rules.iter().map(|rule| &*rule.id))
    }

    /// Its content classes.
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The day its facts are as of, where it says so.
    pub fn version(&self) -> Option<Date> {
        self.version
    }

    /// SHA-256 of everything it was made from, in hexadecimal.
    pub fn digest(&self) -> String {
        hex(&self.digest)
    }

    /// Notes what names a rule or tag that this set does not have: what is still pending, and the switches.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        let ids = self.pending.iter().map(|pending| {
            let id = pending.id();
            Problem { place: id.place.clone(), kind: self.unknown_rule(&id.value) }
        });
        let tags: BTreeSet<&str> =
            self.rules.iter().flat_map(|rule| &rule.tags).map(String::as_str).collect();
        let unknown = self.switches.iter().filter(|tag| !tags.contains(tag.value.as_str()));
        let switches = unknown.map(|Located { value, place }| {
            let nearest = nearest(value, tags.iter().copied());
            Problem { place: place.clone(), kind: ProblemKind::UnknownTag { tag: value.clone(), nearest } }
        });
        ids.chain(switches).collect()
    }

    pub(crate) fn unknown_rule(&self, id: &str) -> ProblemKind {
        ProblemKind::UnknownRule { id: id.to_owned(), nearest: self.nearest_rule(id) }
    }

    /// The scan for its rules.
    pub(crate) fn ready(&self) -> Result<Arc<Ready>, RulesetError> {
        self.ready
            .clone()
            .map_or_else(|| Ready::of(&self.rules).map(Arc::new).map_err(|m| self.invalid(m)), Ok)
    }

    /// A problem of the set as a whole.
    fn invalid(&self, message: String) -> RulesetError {
        let place = Place { file: self.name.clone(), line: 1, column: 1 };
        RulesetError::of(Problem { place, kind: ProblemKind::Invalid(message) })
    }

    fn add_rule(&mut self, rule: Rule, problems: &mut Vec<Problem>) {
        match self.rule(&rule.id) {
            Some(first) => {
                let kind = ProblemKind::DuplicateId { id: rule.id.to_string(), first: first.place.clone() };
                problems.push(Problem { place: rule.place, kind });
            }
            None => self.rules.push(rule),
        }
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    let mut hex = String::with_capacity(2 * bytes.len());
    hex.extend(digits.filter_map(|digit| char::from_digit(digit.into(), 16)));
    hex
}
