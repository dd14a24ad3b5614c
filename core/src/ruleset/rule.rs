//! A rule: what every kind has in common, and the check of its kind.

use std::sync::Arc;

use crate::date::Date;
use crate::entry::{Entry, Located};
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
    pub(crate) examples: Examples,
    pub(crate) measured: Option<Measured>,
    pub(crate) place: Place,
    pub(crate) check: Check,
}

/// The drafts by which a rule proves itself.
#[derive(Clone, Debug)]
pub(crate) struct Examples {
    pub(crate) bad: Vec<Located<String>>,
    pub(crate) good: Vec<Located<String>>,
    /// The day they are reviewed as of.
    pub(crate) as_of: Option<Date>,
}

/// A rule's precision, counted on real text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
        self.check.kind()
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
        self.check.rows()
    }

    /// Drafts it flags.
    pub fn bad(&self) -> impl Iterator<Item = &str> {
        self.examples.bad.iter().map(|example| example.value.as_str())
    }

    /// Drafts it is silent on.
    pub fn good(&self) -> impl Iterator<Item = &str> {
        self.examples.good.iter().map(|example| example.value.as_str())
    }

    /// The day its examples are reviewed as of, where that matters.
    pub fn examples_as_of(&self) -> Option<Date> {
        self.examples.as_of
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
            examples: header.examples,
            measured: header.measured,
            place: entry.place(),
            check,
        })
    }

    /// Reads the header fields that an `[[override]]` entry gives anew.
    pub(crate) fn override_with(&mut self, entry: &mut Entry<'_>) {
        if let Some(severity) = entry.name("severity", "severity") {
            self.severity = severity;
        }
        if let Some(message) = entry.text("message") {
            self.message = Message::new(message);
            refuse_unknown_placeholders(&self.message, &self.check, entry);
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
}
