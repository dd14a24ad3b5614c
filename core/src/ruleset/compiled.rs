//! Compiled rules: a ruleset in one file, its scan ready made, which loads without being parsed.
//!
//! The file is a [preamble](PREAMBLE), the ranks of its characters where it is written by them, how long the parts of its
//! stores are, an index of everything that a reviewer must know at once, a store of what may wait until a rule is first
//! woken (its fields, its lists, its examples), and one of lists that kinds of rule packed.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::class::Class;
use crate::date::Date;
use crate::entry::Origin;
use crate::error::{Place, RulesetError};
use crate::files::{Content, File, Files, Lines, shortened};
use crate::finding::{Gate, Severity};
use crate::kinds::{self, Check};
use crate::ranked::{Kept, Ranks};
use crate::ruleset::Ruleset;
use crate::ruleset::message::Message;
use crate::ruleset::ready::Ready;
use crate::ruleset::rule::{Deferred, Measured, Rule};

/// Why a file is no compiled ruleset that this engine can use.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CompiledError {
    /// It does not start as compiled rules do.
    #[error("no compiled rules")]
    Foreign,
    /// Another version of the engine compiled it.
    #[error("compiled by another version of the engine; compile the rules again")]
    Engine,
    /// It is not what was once written: cut short, or changed.
    #[error("damaged: its digest is not that of its content")]
    Damaged,
}

/// The first bytes; the line ends show what was transferred as text.
const MAGIC: &[u8; 10] = b"\x89baguan\r\n\x1a";

/// What comes before the rest: [`MAGIC`], who wrote the file, SHA-256 of the rest.
const PREAMBLE: usize = MAGIC.len() + 32 + 32;

/// What a compiled file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// All there is.
    Whole,
    /// No examples, the literals in the place of the scan, and characters by their ranks.
    Light,
}

/// The number of a part of a store.
type Part = u32;

#[derive(Serialize, Deserialize)]
struct Index<'i> {
    name: &'i str,
    version: Option<Date>,
    digest: [u8; 32],
    classes: Vec<Class>,
    disabled: Vec<String>,
    on: Vec<String>,
    #[serde(borrow)]
    rules: Vec<RuleIndex<'i>>,
    /// The lists that rules name, of each ruleset that was merged into this one.
    #[serde(borrow)]
    lists: Vec<Vec<ListIndex<'i>>>,
    /// The literals in order, where the scan is to be made of them.
    literals: Part,
    ready: Part,
}

#[derive(Serialize, Deserialize)]
struct ListIndex<'i> {
    name: &'i str,
    content: Part,
    form: Form,
}

/// What stands for a list.
#[derive(Serialize, Deserialize)]
enum Form {
    Text,
    Packed,
    Short,
}

#[derive(Serialize, Deserialize)]
struct RuleIndex<'i> {
    id: &'i str,
    gate: Gate,
    severity: Severity,
    kind: &'i str,
    tags: Vec<String>,
    message: String,
    why: &'i str,
    source: &'i str,
    since: Option<Date>,
    until: Option<Date>,
    measured: Option<Measured>,
    place: Place,
    examples: Part,
    /// What the check is read from: the number of the ruleset, the file and the fields of each entry.
    #[serde(borrow)]
    origins: Vec<(u32, &'i str, Part)>,
}

impl Ruleset {
    /// These rules in one file, which [`Ruleset::compiled`] loads in a millisecond or two.
    ///
    /// It serves the same version of the engine only, on any platform.
    pub fn compile(&self) -> Result<Vec<u8>, RulesetError> {
        self.compile_for(&engine(), Weight::Whole)
    }

    /// The same in less room, to be sent over a wire: without examples, and with a scan that is made when it is loaded.
    pub fn compile_light(&self) -> Result<Vec<u8>, RulesetError> {
        self.compile_for(&engine(), Weight::Light)
    }

    /// The rules that [`Ruleset::compile`] wrote.
    ///
    /// Damage is found by the digest that the file holds. It proves nothing about who wrote the file: load compiled
    /// rules from where you would load code.
    pub fn compiled(file: impl Into<Cow<'static, [u8]>>) -> Result<Ruleset, CompiledError> {
        let file = file.into();
        let rest = file.strip_prefix(MAGIC).ok_or(CompiledError::Foreign)?;
        let (engine_of_file, rest) = rest.split_at_checked(32).ok_or(CompiledError::Damaged)?;
        if engine_of_file != engine() {
            return Err(CompiledError::Engine);
        }
        let (digest, rest) = rest.split_at_checked(32).ok_or(CompiledError::Damaged)?;
        if Sha256::digest(rest)[..] != *digest {
            return Err(CompiledError::Damaged);
        }
        Ruleset::unpack(&file).ok_or(CompiledError::Damaged)
    }

    /// The same for an engine that is known by these bytes.
    pub(crate) fn compile_for(&self, engine: &[u8; 32], weight: Weight) -> Result<Vec<u8>, RulesetError> {
        RulesetError::check(self.problems())?;
        let ready = self.ready()?;
        let literals = match weight {
            Weight::Whole => Vec::new(),
            Weight::Light => ready.scanner.literals(),
        };
        let numbers = literals.iter().map(String::as_str).zip(0..).collect();
        let (mut store, mut packed_lists) = (Store::new(), Store::new());
        let mut sets: Vec<&Arc<Files>> = Vec::new();
        let mut number = |files| {
            sets.iter().position(|set| Arc::ptr_eq(set, files)).unwrap_or_else(|| {
                sets.push(files);
                sets.len() - 1
            })
        };
        let rules = self.rules.iter().map(|rule| {
            let origins = rule.origins.iter().map(|origin| {
                let set = u32::try_from(number(&origin.files)).expect("few rulesets");
                (set, &*origin.file, store.add(&origin.fields.get()))
            });
            RuleIndex {
                origins: origins.collect(),
                id: &rule.id,
                gate: rule.gate,
                severity: rule.severity,
                kind: rule.kind(),
                tags: rule.tags.clone(),
                message: rule.message(),
                why: &rule.why,
                source: &rule.source,
                since: rule.since,
                until: rule.until,
                measured: rule.measured,
                place: rule.place.clone(),
                examples: match weight {
                    Weight::Whole => store.add(&rule.examples.pack()),
                    Weight::Light => Store::EMPTY,
                },
            }
        });
        let rules = rules.collect();
        let origins = || self.rules.iter().flat_map(|rule| &rule.origins);
        let lists = sets.iter().map(|files| {
            let own = origins().filter(|origin| Arc::ptr_eq(&origin.files, files));
            let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            for (name, field) in own.flat_map(Origin::lists) {
                named.entry(name).or_default().insert(field);
            }
            let list = |(name, fields): (&String, &BTreeSet<String>)| {
                let file = files.named(name)?;
                let rows = without_comments(file.text());
                let packed = file.packed().map(<[u8]>::to_vec).or_else(|| kinds::packed(fields, &rows));
                let short = || shortened(&rows, &numbers).filter(|_| weight == Weight::Light);
                let (content, form) = match packed {
                    Some(packed) => (packed_lists.add(&packed), Form::Packed),
                    None => match short() {
                        Some(short) => (store.add(short.as_bytes()), Form::Short),
                        None => (store.add(rows.as_bytes()), Form::Text),
                    },
                };
                Some(ListIndex { name: &file.name, content, form })
            };
            named.iter().filter_map(list).collect()
        });
        let lists = lists.collect();
        let index = Index {
            name: &self.name,
            version: self.version,
            digest: self.digest,
            classes: self.classes.clone(),
            disabled: self.disabled.clone(),
            on: self.on.clone(),
            rules,
            lists,
            literals: store.add(&Lines::pack(&literals)),
            ready: store.add(&ready.pack(weight)),
        };
        let index = postcard::to_allocvec(&index).expect("an index can be packed");
        let ranks = (weight == Weight::Light).then(|| Ranks::of(&[&index[..], &store.bytes].concat()));
        let writer = ranks.as_ref().map(Ranks::writer);
        let written = |part: &[u8]| writer.as_ref().map_or_else(|| part.to_vec(), |writer| writer(part));
        let parts: Vec<Vec<u8>> = store.parts().map(written).collect();
        let lens = (lens(parts.iter().map(Vec::as_slice)), lens(packed_lists.parts()));
        let lens = postcard::to_allocvec(&lens).expect("numbers can be packed");
        let rest = [
            vec![u8::from(ranks.is_some())],
            ranks.as_ref().map(Ranks::pack).unwrap_or_default(),
            prefixed(&lens),
            prefixed(&written(&index)),
            parts.concat(),
            packed_lists.bytes,
        ];
        let rest = rest.concat();
        Ok([MAGIC, &engine[..], &Sha256::digest(&rest)[..], &rest].concat())
    }

    /// The rules of a compiled file; none where it is none.
    #[expect(clippy::ptr_arg, reason = "what is borrowed for good need not be copied")]
    pub(crate) fn unpack(file: &Cow<'static, [u8]>) -> Option<Ruleset> {
        let (is_ranked, rest) = file.get(PREAMBLE..)?.split_first()?;
        let (ranks, rest) = match is_ranked {
            0 => (None, rest),
            _ => Ranks::unpack(rest).map(|(ranks, rest)| (Some(Arc::new(ranks)), rest))?,
        };
        let (lens, rest) = split(rest)?;
        let (index, rest) = split(rest)?;
        let lens: (Vec<u32>, Vec<u32>) = postcard::from_bytes(lens).ok()?;
        let parts = starts(file.len() - rest.len(), &lens.0);
        let packed_lists = starts(*parts.last()?, &lens.1);
        let part = |part: Part| Some(Kept::new(cut(file, &parts, part)?, ranks.clone()));
        let index = match &ranks {
            Some(ranks) => Cow::Owned(ranks.restored(index)?),
            None => Cow::Borrowed(index),
        };
        let index: Index<'_> = postcard::from_bytes(&index).ok()?;
        let literals = Arc::new(Lines::unpack(&part(index.literals)?.get())?);
        let set = |lists: &Vec<ListIndex<'_>>| {
            let list = |list: &ListIndex<'_>| {
                let waiting = |literals| {
                    Some(Content::Waiting { rows: part(list.content)?, literals, text: OnceLock::new() })
                };
                let content = match list.form {
                    Form::Text if ranks.is_none() => Content::Text(cut(file, &parts, list.content)?),
                    Form::Text => waiting(None)?,
                    Form::Short => waiting(Some(Arc::clone(&literals)))?,
                    Form::Packed => Content::Packed(cut(file, &packed_lists, list.content)?),
                };
                Some(File::new(list.name.to_owned(), content))
            };
            lists.iter().map(list).collect::<Option<_>>().map(Files::proven)
        };
        let sets: Vec<Arc<Files>> = index.lists.iter().map(set).collect::<Option<_>>()?;
        let mut names: HashMap<&str, Arc<str>> = HashMap::new();
        let mut rules = Vec::with_capacity(index.rules.len());
        for rule in index.rules {
            let origins = rule.origins.into_iter().map(|(set, file, fields)| {
                let file = Arc::clone(names.entry(file).or_insert_with(|| file.into()));
                Some(Origin { files: Arc::clone(sets.get(set as usize)?), file, fields: part(fields)? })
            });
            rules.push(Rule {
                origins: origins.collect::<Option<_>>()?,
                id: rule.id.into(),
                gate: rule.gate,
                severity: rule.severity,
                kind: Check::NAMES.iter().find(|name| **name == rule.kind)?,
                tags: rule.tags,
                message: Message::new(rule.message),
                why: rule.why.into(),
                source: rule.source.into(),
                since: rule.since,
                until: rule.until,
                measured: rule.measured,
                place: rule.place,
                examples: Deferred::packed(cut(file, &parts, rule.examples)?),
                check: OnceLock::new(),
            });
        }
        let ready = Ready::unpack(&part(index.ready)?.get(), rules.len(), &literals)?;
        Some(Ruleset {
            name: index.name.to_owned(),
            version: index.version,
            extends: Vec::new(),
            rules,
            classes: index.classes,
            disabled: index.disabled,
            on: index.on,
            switches: Vec::new(),
            pending: Vec::new(),
            digest: index.digest,
            ready: Some(Arc::new(ready)),
        })
    }
}

/// What may wait, one after the other.
struct Store {
    bytes: Vec<u8>,
    /// Where each part ends.
    ends: Vec<usize>,
}

impl Store {
    /// The part that holds nothing.
    const EMPTY: Part = 0;

    fn new() -> Store {
        Store { bytes: Vec::new(), ends: vec![0] }
    }

    fn add(&mut self, part: &[u8]) -> Part {
        self.bytes.extend_from_slice(part);
        self.ends.push(self.bytes.len());
        u32::try_from(self.ends.len() - 1).expect("fewer than 2³² parts")
    }

    fn parts(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(start, end)| &self.bytes[*start..*end])
    }
}

fn len(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).expect("fewer than 2³² bytes")
}

fn lens<'p>(parts: impl Iterator<Item = &'p [u8]>) -> Vec<u32> {
    parts.map(len).collect()
}

/// Bytes behind their length.
fn prefixed(bytes: &[u8]) -> Vec<u8> {
    [&len(bytes).to_le_bytes(), bytes].concat()
}

/// What a length stands before, and what follows.
fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (len, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_le_bytes(*len)).ok()?)
}

/// Where parts of these lengths start, from the first on, and where the last ends.
fn starts(first: usize, lens: &[u32]) -> Vec<usize> {
    let mut end = first;
    let ends = lens.iter().map(|len| {
        end = end.saturating_add(*len as usize);
        end
    });
    std::iter::once(first).chain(ends).collect()
}

/// The part of that number of those that start so; what is part of the program is borrowed from it.
#[expect(clippy::ptr_arg, reason = "what is borrowed for good need not be copied")]
fn cut(file: &Cow<'static, [u8]>, starts: &[usize], part: Part) -> Option<Cow<'static, [u8]>> {
    let [start, end] = *starts.get(part as usize..)?.first_chunk()?;
    match file {
        Cow::Borrowed(file) => file.get(start..end).map(Cow::Borrowed),
        Cow::Owned(file) => file.get(start..end).map(|part| Cow::Owned(part.to_vec())),
    }
}

/// The rows of a list.
fn without_comments(list: &str) -> String {
    let rows = list.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    rows.flat_map(|row| [row, "\n"]).collect()
}

/// What this engine is known by in the files it compiles: they serve no other.
fn engine() -> [u8; 32] {
    // The build script, of which these lines are part too, is told by itself.
    Sha256::digest(option_env!("BAGUAN_ENGINE").unwrap_or_default()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reviewer::Reviewer;

    const HOUSE: &[(&str, &str)] = &[
        (
            "house/rules.toml",
            r#"
[ruleset]
name = "house"
version = 2026-01-01
extends = []

[[rule]]
id = "wording/house-words"
kind = "replace"
severity = "error"
message = "「{found}」应为「{right}」"
why = "用词"
source = "本社《体例手册》"
pairs_file = "words.tsv"
bad = ["布署工作。"]
good = ["部署工作。"]

[[rule]]
id = "wording/house-number"
kind = "pattern"
severity = "warning"
message = "{number}"
why = "数字"
source = "本社《体例手册》"
since = 2020-01-01
measured = { alarms = 4, right = 3 }
pattern = "第(?<number>[0-9]+)号"
bad = ["第12号"]
good = ["12号"]

[[extend]]
id = "wording/house-words"
pairs = [["帐户", "账户"]]
unless = ["老帐户"]

[[class]]
id = "news"
title = "动态信息"
levels = ["初审"]
"#,
        ),
        ("house/words.tsv", "# wrong\tright\n布署\t部署\n"),
    ];
    const DRAFT: &str = "布署第12号工作，开立帐户，保留老帐户。";

    fn house() -> Ruleset {
        Ruleset::parse_files(HOUSE).unwrap()
    }

    fn found(rules: Ruleset) -> Vec<(String, String)> {
        let reviewer = Reviewer::new(rules).unwrap();
        let report = reviewer.review(DRAFT);
        report.findings().iter().map(|f| (f.rule.to_string(), f.message.clone())).collect()
    }

    #[test]
    fn what_is_loaded_is_what_was_compiled() {
        let expected = [
            ("wording/house-words", "「布署」应为「部署」"),
            ("wording/house-number", "12"),
            ("wording/house-words", "「帐户」应为「账户」"),
        ];
        let expected: Vec<(String, String)> =
            expected.map(|(rule, message)| (rule.to_owned(), message.to_owned())).to_vec();
        assert_eq!(found(house()), expected);
        let file = house().compile().unwrap();
        let loaded = Ruleset::compiled(file.clone()).unwrap();
        assert_eq!(found(loaded.clone()), expected);
        assert_eq!(loaded.digest(), house().digest());
        assert_eq!(loaded.classes(), house().classes());
        for (loaded, own) in loaded.rules().iter().zip(house().rules()) {
            assert_eq!(loaded.examples().bad[0].value, own.examples().bad[0].value);
            assert_eq!(
                (loaded.id(), loaded.place(), loaded.since(), loaded.measured(), loaded.rows()),
                (own.id(), own.place(), own.since(), own.measured(), own.rows())
            );
        }
        assert_eq!(loaded.compile().unwrap(), file);
    }

    #[test]
    fn a_light_file_says_the_same() {
        let light = house().compile_light().unwrap();
        let loaded = Ruleset::compiled(light).unwrap();
        assert_eq!(found(loaded.clone()), found(house()));
        assert_eq!((loaded.digest(), loaded.rules()[0].bad().count()), (house().digest(), 0));
    }

    #[test]
    fn a_list_that_no_rule_names() {
        let files = [HOUSE, &[("house/spare.tsv", "备用\t备而不用\n")]].concat();
        let file = Ruleset::parse_files(&files).unwrap().compile().unwrap();
        assert_eq!(found(Ruleset::compiled(file.clone()).unwrap()), found(house()));
        assert_eq!(file.len(), house().compile().unwrap().len());
    }

    #[test]
    fn merged_onto() {
        let more = Ruleset::parse(
            "more.toml",
            "[[extend]]\nid = \"wording/house-words\"\npairs = [[\"工做\", \"工作\"]]\n\
             [[override]]\nid = \"wording/house-number\"\nmessage = \"第{number}号\"\n",
        );
        let loaded = Ruleset::compiled(house().compile().unwrap()).unwrap().merge(more.unwrap()).unwrap();
        let again = Ruleset::compiled(loaded.compile().unwrap()).unwrap();
        assert_eq!(found(again), found(loaded.clone()));
        let reviewer = Reviewer::new(loaded).unwrap();
        let messages: Vec<String> =
            reviewer.review("工做，第3号").findings().iter().map(|f| f.message.clone()).collect();
        assert_eq!(messages, ["「工做」应为「工作」", "第3号"]);
    }

    #[test]
    fn whatever_is_no_compiled_file() {
        let file = house().compile().unwrap();
        let load = |bytes: &[u8]| Ruleset::compiled(bytes.to_vec()).unwrap_err();
        assert_eq!(load(b""), CompiledError::Foreign);
        assert_eq!(load(HOUSE[0].1.as_bytes()), CompiledError::Foreign);
        assert_eq!(load(MAGIC), CompiledError::Damaged);
        let other = house().compile_for(&[7; 32], Weight::Whole).unwrap();
        assert_eq!(load(&other), CompiledError::Engine);
        for at in 0..file.len() {
            let mut changed = file.clone();
            changed[at] ^= 0x20;
            let expected = match at {
                _ if at < MAGIC.len() => CompiledError::Foreign,
                _ if at < MAGIC.len() + 32 => CompiledError::Engine,
                _ => CompiledError::Damaged,
            };
            assert_eq!(load(&changed), expected, "byte {at}");
            if at >= MAGIC.len() {
                assert_eq!(load(&file[..at]), CompiledError::Damaged, "cut at {at}");
            }
        }
    }

    #[test]
    fn what_cannot_be_run_is_not_compiled() {
        let pending = "[[override]]\nid = \"wording/none\"\nseverity = \"hint\"\n";
        let error = Ruleset::parse("house.toml", pending).unwrap().compile().unwrap_err();
        assert_eq!(error.to_string(), "house.toml:2:6: unknown rule `wording/none`");
    }
}
