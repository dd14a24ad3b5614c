//! Reading the files of a ruleset.

use std::path::Path;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use toml::de::DeTable;

use crate::class::Class;
use crate::entry::{Entry, Located};
use crate::error::{Place, Problem, ProblemKind};
use crate::fields::Fields;
use crate::files::Files;
use crate::ruleset::Ruleset;
use crate::ruleset::rule::Rule;

/// Something to be done to the rules that a set is merged onto.
#[derive(Clone, Debug)]
pub(super) enum Pending {
    /// Switch the rule of this id off.
    Disable(Located<String>),
    /// Carry out an `[[override]]` or `[[extend]]` entry.
    Edit { files: Arc<Files>, file: String, field: &'static str, number: usize, id: Located<String> },
}

impl Pending {
    /// The rule id it is about.
    pub(super) fn id(&self) -> &Located<String> {
        match self {
            Pending::Disable(id) | Pending::Edit { id, .. } => id,
        }
    }

    /// Carries it out, or notes that there is no such rule.
    pub(super) fn apply(&self, set: &mut Ruleset, problems: &mut Vec<Problem>) {
        let id = self.id();
        let Some(at) = set.rules.iter().position(|rule| *rule.id == *id.value) else {
            problems.push(Problem { place: id.place.clone(), kind: set.unknown_rule(&id.value) });
            return;
        };
        match self {
            Pending::Disable(id) => set.disabled.push(id.value.clone()),
            Pending::Edit { files, file, field, number, .. } => {
                let rule = &mut set.rules[at];
                let Some(named) = files.text(file) else { return };
                with_root(named, files, problems, |root| {
                    // The rest of the file was read when it was parsed.
                    root.skip();
                    let mut n = 0;
                    root.entries(field, |entry| {
                        if n == *number {
                            entry.has("id");
                            if *field == "override" {
                                rule.override_with(entry);
                            } else {
                                rule.extend(entry);
                            }
                        } else {
                            entry.skip();
                        }
                        n += 1;
                    });
                });
            }
        }
    }
}

/// SHA-256 of the files, named from the folder that all are in: the same rules are the same wherever they lie.
fn digest(files: &Files) -> [u8; 32] {
    let folder = |name| Path::new(name).parent().unwrap_or(Path::new(""));
    let mut shared = files.iter().next().map_or(Path::new(""), |(name, _)| folder(name));
    while let Some(above) = shared.parent()
        && !files.iter().all(|(name, _)| folder(name).starts_with(shared))
    {
        shared = above;
    }
    let mut digest = Sha256::new();
    for (name, text) in files.iter() {
        let path = Path::new(name);
        let name = path.strip_prefix(shared).unwrap_or(path).to_string_lossy().replace('\\', "/");
        for part in [&name, text] {
            digest.update(part.len().to_le_bytes());
            digest.update(part);
        }
    }
    digest.finalize().into()
}

pub(super) fn parse(files: &Arc<Files>, problems: &mut Vec<Problem>) -> Ruleset {
    let mut set = Ruleset {
        name: String::new(),
        version: None,
        extends: vec!["standard".to_owned()],
        rules: Vec::new(),
        classes: Vec::new(),
        disabled: Vec::new(),
        on: Vec::new(),
        switches: Vec::new(),
        pending: Vec::new(),
        digest: digest(files),
        ready: None,
    };
    let is_toml = |name: &str| Path::new(name).extension().is_some_and(|own| own == "toml");
    for file in files.iter().filter(|(name, _)| is_toml(name)) {
        let finished = with_root(file, files, problems, |root| read_file(root, file.0, files, &mut set));
        if let Some(rules) = finished {
            for rule in rules {
                set.add_rule(rule, problems);
            }
        }
    }
    if set.name.is_empty() {
        "house".clone_into(&mut set.name);
    }
    set.carry_out_own(problems);
    set
}

impl Ruleset {
    /// Carries out what is pending on the set's own rules and keeps the rest for a merge.
    fn carry_out_own(&mut self, problems: &mut Vec<Problem>) {
        for pending in std::mem::take(&mut self.pending) {
            if self.extends.is_empty() || self.rule(&pending.id().value).is_some() {
                pending.apply(self, problems);
            } else {
                self.pending.push(pending);
            }
        }
    }
}

/// Reads one file and gives its rules.
fn read_file(root: &mut Entry<'_>, file: &str, files: &Arc<Files>, set: &mut Ruleset) -> Vec<Rule> {
    root.entry("ruleset", |entry| {
        if let Some(name) = entry.text("name") {
            set.name = name;
        }
        set.version = entry.date("version").or(set.version);
        if entry.has("extends") {
            set.extends = read_bases(entry);
        }
        let on = entry.texts("on");
        set.on.extend(on.iter().map(|tag| tag.value.clone()));
        set.switches.extend(on);
        set.pending.extend(entry.texts("disable").into_iter().map(Pending::Disable));
    });
    let mut rules = Vec::new();
    root.entries("rule", |entry| rules.extend(Rule::read(entry)));
    root.entries("class", |entry| {
        set.switches.extend(entry.texts("on"));
        if let Some(class) = Class::read(entry) {
            match set.classes.iter().find(|own| own.id == class.id) {
                Some(first) => {
                    let kind = ProblemKind::DuplicateId { id: class.id.clone(), first: first.place.clone() };
                    entry.problem(kind);
                }
                None => set.classes.push(class),
            }
        }
    });
    for field in ["override", "extend"] {
        let mut n = 0;
        root.entries(field, |entry| {
            if let Some(id) = entry.required_text("id") {
                let id = Located { value: id, place: entry.place_of("id") };
                set.pending.push(Pending::Edit {
                    files: Arc::clone(files),
                    file: file.to_owned(),
                    field,
                    number: n,
                    id,
                });
            }
            // Its other fields are read when it is carried out.
            entry.skip();
            n += 1;
        });
    }
    rules
}

fn read_bases(entry: &mut Entry<'_>) -> Vec<String> {
    let bases = entry.texts("extends");
    for base in &bases {
        if base.value != "standard" {
            let kind = ProblemKind::UnknownName {
                what: "ruleset",
                value: base.value.clone(),
                expected: "standard".to_owned(),
                nearest: None,
            };
            entry.problem_at(base.place.clone(), kind);
        }
    }
    bases.into_iter().map(|base| base.value).collect()
}

/// Reads the root table of a file; gives nothing where the file is no TOML.
fn with_root<T>(
    file: (&str, &str),
    files: &Arc<Files>,
    problems: &mut Vec<Problem>,
    read: impl FnOnce(&mut Entry<'_>) -> T,
) -> Option<T> {
    let (root, errors) = DeTable::parse_recoverable(file.1);
    for error in &errors {
        let offset = error.span().map_or(0, |span| span.start);
        let place = Place::of(file.0, file.1, offset);
        problems.push(Problem { place, kind: ProblemKind::Syntax(error.message().to_owned()) });
    }
    if !errors.is_empty() {
        return None;
    }
    let fields = Fields::of(root.into_inner());
    let mut entry = Entry::new(file, files, &fields, 0, problems);
    let read = read(&mut entry);
    entry.finish();
    Some(read)
}

/// The `.toml` and `.tsv` files in a folder and below, or one file and the lists beside it, by path.
#[cfg(feature = "fs")]
#[expect(clippy::disallowed_methods, reason = "the one place of core that reads files, behind feature `fs`")]
pub(super) fn files_below(path: &Path) -> Result<Vec<(String, String)>, crate::error::RulesetError> {
    let mut problems = Vec::new();
    let mut paths = Vec::new();
    let mut folders = vec![path.to_path_buf()];
    if path.is_file() {
        paths.push(path.to_path_buf());
        folders = Vec::new();
        let beside = path.parent().into_iter().flat_map(std::fs::read_dir).flatten().flatten();
        paths.extend(
            beside.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "tsv")),
        );
    }
    while let Some(folder) = folders.pop() {
        match std::fs::read_dir(&folder) {
            Ok(entries) => {
                for path in entries.flatten().map(|entry| entry.path()) {
                    if path.is_dir() {
                        // Each profile is a ruleset of its own.
                        folders.extend((!path.ends_with("profiles")).then_some(path));
                    } else if path.extension().is_some_and(|e| e == "toml" || e == "tsv") {
                        paths.push(path);
                    }
                }
            }
            Err(error) => problems.push(unreadable(&folder, 1, error.to_string())),
        }
    }
    paths.retain(|path| path.file_name().is_none_or(|name| name != "Cargo.toml"));
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        match std::fs::read(&path).map(String::from_utf8) {
            Ok(Ok(text)) => files.push((path.to_string_lossy().replace('\\', "/"), text)),
            Ok(Err(error)) => {
                let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let line = memchr::memchr_iter(b'\n', good).count() + 1;
                problems.push(unreadable(&path, line, "not UTF-8".to_owned()));
            }
            Err(error) => problems.push(unreadable(&path, 1, error.to_string())),
        }
    }
    if files.is_empty() && problems.is_empty() {
        problems.push(unreadable(path, 1, "no .toml file in this folder".to_owned()));
    }
    crate::error::RulesetError::check(problems)?;
    Ok(files)
}

#[cfg(feature = "fs")]
fn unreadable(path: &Path, line: usize, message: String) -> Problem {
    let place = Place { file: path.to_string_lossy().into_owned(), line, column: 1 };
    Problem { place, kind: ProblemKind::Unreadable(message) }
}
