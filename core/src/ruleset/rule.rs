//! A rule: what every kind has in common, and the check of its kind.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::entry::{Entry, Located, Origin};
use crate::error::{Place, ProblemKind};
use crate::finding::{Gate, Severity};
use crate::kinds::Check;
use crate::names::nearest;
use crate::ruleset::message::Message;

/// One rule of a ruleset.
#[derive(Clone, Debug)]
pub struct Rule {
    pub(crate) id: Arc<str>,
    pub(crate) gate: Gate,
    pub(crate) severity: Severity,
    pub(crate) tags: Vec<String>,
    pub(crate) message: Message,
    pub(crate) why: Arc<str>,
    pub(crate) source: Arc<str>,
    pub(crate) since: Option<Date>,
    pub(crate) until: Option<Date>,
    pub(super) examples: Deferred<Examples>,
    pub(crate) measured: Option<Measured>,
    pub(crate) place: Place,
    pub(super) kind: &'static str,
    /// What it does, read when it is first needed where it is known that nothing in it is wrong.
    pub(super) check: OnceLock<Check>,
    /// What that is read from: the rule's own entry, then those that extend it.
    pub(crate) origins: Vec<Origin>,
}

/// What is unpacked when it is first needed.
#[derive(Clone, Debug)]
pub(super) struct Deferred<T> {
    value: OnceLock<T>,
    packed: Cow<'static, [u8]>,
}

impl<T: Clone + Default + DeserializeOwned + Serialize> Deferred<T> {
    fn of(value: T) -> Deferred<T> {
        Deferred { value: value.into(), packed: Cow::default() }
    }

    pub(super) fn packed(packed: Cow<'static, [u8]>) -> Deferred<T> {
        Deferred { value: OnceLock::new(), packed }
    }

    /// The value; one that was left out is empty.
    fn get(&self) -> &T {
        self.value.get_or_init(|| postcard::from_bytes(&self.packed).unwrap_or_default())
    }

    pub(super) fn pack(&self) -> Vec<u8> {
        postcard::to_allocvec(self.get()).expect("values can be packed")
    }
}

/// The drafts by which a rule proves itself.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Examples {
    pub(crate) bad: Vec<Located<String>>,
    pub(crate) good: Vec<Located<String>>,
    /// The day they are reviewed as of.
    pub(crate) as_of: Option<Date>,
}

/// A rule's precision, counted on real text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// How often it objected.
    pub alarms: usize,
    /// How often it was right.
    pub right: usize,
}

impl Rule {
    /// Its id, `gate/fault`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The gate it guards.
    pub fn gate(&self) -> Gate {
        self.gate
    }

    /// How grave its findings are.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The name of its kind.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// Its message, placeholders not filled in.
    pub fn message(&self) -> String {
        self.message.to_string()
    }

    /// The reason in a few words.
    pub fn why(&self) -> &str {
        &self.why
    }

    /// The standard or law with its clause.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The tags by which classes switch it on.
    pub fn tags(&self) -> &[String] {
        &self.tags
    }

    /// The first day it holds, where it has one.
    pub fn since(&self) -> Option<Date> {
        self.since
    }

    /// The first day it no longer holds, where it has one.
    pub fn until(&self) -> Option<Date> {
        self.until
    }

    /// How many words, pairs, titles or other rows it lists.
    pub fn rows(&self) -> usize {
        self.check().rows()
    }

    /// Drafts it flags.
    pub fn bad(&self) -> impl Iterator<Item = &str> {
        self.examples().bad.iter().map(|example| example.value.as_str())
    }

    /// Drafts it is silent on.
    pub fn good(&self) -> impl Iterator<Item = &str> {
        self.examples().good.iter().map(|example| example.value.as_str())
    }

    /// The day its examples are reviewed as of, where that matters.
    pub fn examples_as_of(&self) -> Option<Date> {
        self.examples().as_of
    }

    /// Its precision, where it was counted.
    pub fn measured(&self) -> Option<Measured> {
        self.measured
    }

    /// Where it stands.
    pub fn place(&self) -> &Place {
        &self.place
    }

    pub(crate) fn read(entry: &mut Entry<'_>) -> Option<Rule> {
        let id = entry.required_text("id");
        let gate = id.as_deref().and_then(|id| read_gate(id, entry));
        let kind = entry.required_text("kind");
        let (message, why, source) =
            (entry.required_text("message"), entry.required_text("why"), entry.required_text("source"));
        let severity = entry.name("severity", "severity");
        if !entry.has("severity") {
            entry.problem(ProblemKind::MissingField("severity"));
        }
        let header = Header {
            tags: entry.words("tags"),
            since: entry.date("since"),
            until: entry.date("until"),
            examples: Examples::read(entry),
            measured: entry.entry("measured", Measured::read).flatten(),
        };
        let Some(kind) = kind else {
            entry.skip();
            return None;
        };
        let check = Check::read(&kind, entry)?;
        let message = Message::new(message?);
        refuse_unknown_placeholders(&message, &check, entry);
        let (kind, origin) = (check.kind(), entry.origin(&HEADER));
        Some(Rule {
            id: id?.into(),
            gate: gate?,
            severity: severity?,
            message,
            why: why?.into(),
            source: source?.into(),
            tags: header.tags,
            since: header.since,
            until: header.until,
            examples: Deferred::of(header.examples),
            measured: header.measured,
            place: entry.place(),
            kind,
            check: check.into(),
            origins: vec![origin],
        })
    }

    pub(crate) fn examples(&self) -> &Examples {
        self.examples.get()
    }

    /// What it does.
    pub(crate) fn check(&self) -> &Check {
        self.check.get_or_init(|| self.read_check().expect("whoever compiled the rule has read it before"))
    }

    /// Adds the lists of an `[[extend]]` entry.
    pub(crate) fn extend(&mut self, entry: &mut Entry<'_>) {
        self.check();
        if let Some(check) = self.check.get_mut() {
            check.extend(entry);
        }
        self.origins.push(entry.origin(&["id"]));
    }

    fn read_check(&self) -> Option<Check> {
        let mut problems = Vec::new();
        let (own, extensions) = self.origins.split_first()?;
        let mut check = own.entry(&mut problems, |entry| Check::read(self.kind, entry))??;
        for extension in extensions {
            extension.entry(&mut problems, |entry| check.extend(entry))?;
        }
        Some(check)
    }

    /// Reads the header fields that an `[[override]]` entry gives anew.
    pub(crate) fn override_with(&mut self, entry: &mut Entry<'_>) {
        if let Some(severity) = entry.name("severity", "severity") {
            self.severity = severity;
        }
        if let Some(message) = entry.text("message") {
            self.message = Message::new(message);
            refuse_unknown_placeholders(&self.message, self.check(), entry);
        }
        if let Some(why) = entry.text("why") {
            self.why = why.into();
        }
        if let Some(source) = entry.text("source") {
            self.source = source.into();
        }
        if entry.has("tags") {
            self.tags = entry.words("tags");
        }
        self.since = entry.date("since").or(self.since);
        self.until = entry.date("until").or(self.until);
    }
}

/// The fields that all kinds have in common.
const HEADER: [&str; 13] = [
    "id",
    "kind",
    "message",
    "why",
    "source",
    "severity",
    "tags",
    "since",
    "until",
    "bad",
    "good",
    "bad_as_of",
    "measured",
];

struct Header {
    tags: Vec<String>,
    since: Option<Date>,
    until: Option<Date>,
    examples: Examples,
    measured: Option<Measured>,
}

impl Examples {
    fn read(entry: &mut Entry<'_>) -> Examples {
        let examples =
            Examples { bad: entry.texts("bad"), good: entry.texts("good"), as_of: entry.date("bad_as_of") };
        for (field, given) in [("bad", &examples.bad), ("good", &examples.good)] {
            if given.is_empty() {
                entry.problem(ProblemKind::MissingField(field));
            }
        }
        examples
    }
}

impl Measured {
    fn read(entry: &mut Entry<'_>) -> Option<Measured> {
        let (alarms, right) = (entry.count("alarms")?, entry.count("right")?);
        if right > alarms {
            entry.invalid("right", format!("`right` is {right}, above `alarms`, {alarms}"));
            return None;
        }
        Some(Measured { alarms, right })
    }
}

fn read_gate(id: &str, entry: &mut Entry<'_>) -> Option<Gate> {
    let place = entry.place_of("id");
    let (gate, fault) = id.split_once('/').unwrap_or((id, ""));
    let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if fault.is_empty() || !fault.chars().all(kebab) || fault.starts_with('-') || fault.ends_with('-') {
        let message = format!("`{id}` is no rule id, expected `gate/fault` in kebab case");
        entry.problem_at(place.clone(), ProblemKind::Invalid(message));
    }
    entry.named::<Gate>("gate", &Located { value: gate.to_owned(), place })
}

fn refuse_unknown_placeholders(message: &Message, check: &Check, entry: &mut Entry<'_>) {
    let mut known = check.placeholders();
    known.push("found".to_owned());
    let place = entry.place_of("message");
    for name in message.placeholders() {
        if !known.iter().any(|own| own == name) {
            let kind = ProblemKind::UnknownName {
                what: "placeholder",
                value: name.to_owned(),
                expected: known.join(", "),
                nearest: nearest(name, known.iter().map(String::as_str)),
            };
            entry.problem_at(place.clone(), kind);
        }
    }
    // Only suggestions of patterns write it so.
    if message.to_string().contains("${") {
        entry.problem_at(place, ProblemKind::Invalid("a placeholder of a message has no `$`".to_owned()));
    }
}
