//! Which module of core may use which: a table, held against the `use` lines.

use std::collections::BTreeMap;

/// For each module the modules it may use. A kind may use what `kinds` may, and nothing of another kind.
const MAY_USE: &[(&str, &[&str])] = &[
    ("names", &[]),
    ("passing", &[]),
    ("span", &[]),
    ("order", &[]),
    ("date", &[]),
    ("finding", &["names", "span"]),
    ("error", &["order"]),
    ("fields", &[]),
    ("ranked", &[]),
    ("files", &["ranked"]),
    ("entry", &["date", "error", "fields", "files", "names", "ranked"]),
    ("class", &["entry", "error", "finding", "names"]),
    ("draft", &["date", "names", "span"]),
    ("scan", &["draft", "names", "order", "passing", "span"]),
    ("kinds", &["date", "draft", "entry", "error", "finding", "names", "order", "passing", "scan", "span"]),
    (
        "ruleset",
        &[
            "class", "date", "draft", "entry", "error", "fields", "files", "finding", "kinds", "names",
            "ranked", "scan",
        ],
    ),
    ("builtin", &["error", "ruleset"]),
    ("listing", &["class", "finding", "report"]),
    ("report", &["class", "date", "draft", "finding", "names", "order", "span", "view"]),
    ("view", &["class", "date", "draft", "finding", "report", "span"]),
    ("receipt", &["class", "date", "draft", "finding", "names", "report", "ruleset", "view"]),
    ("suppress", &["draft", "order", "report", "ruleset", "span"]),
    ("resolve", &["finding", "order", "span"]),
    (
        "reviewer",
        &[
            "class", "date", "draft", "error", "finding", "kinds", "listing", "names", "order", "report",
            "resolve", "ruleset", "scan", "span", "suppress",
        ],
    ),
    (
        "session",
        &["date", "draft", "finding", "kinds", "listing", "order", "report", "reviewer", "span", "suppress"],
    ),
    ("proof", &["class", "error", "finding", "report", "reviewer", "ruleset"]),
];

/// Modules of a kind that other kinds may share.
const SHARED_BY_KINDS: &[&str] =
    &["expression", "glance", "guard", "issuer", "lexicon", "phrases", "validate", "wake"];

#[test]
fn every_use_is_allowed() {
    let table: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut wrong = Vec::new();
    for path in super::files("core/src", "rs") {
        let name = path.strip_prefix(super::root().join("core/src")).unwrap().with_extension("");
        let name = name.to_string_lossy().replace('\\', "/");
        let module = name.split('/').next().unwrap();
        if ["lib", "testing"].contains(&module) || name.ends_with("/tests") {
            continue;
        }
        let Some(allowed) = table.get(module) else {
            wrong.push(format!("{name} is in no layer"));
            continue;
        };
        for used in uses(&std::fs::read_to_string(&path).unwrap()) {
            let (other, rest) = used.split_once("::").unwrap_or((&used, ""));
            if other != module && !allowed.contains(&other) {
                wrong.push(format!("{name} uses {used}"));
            }
            if module == "kinds" && other == "kinds" && name != "kinds/mod" {
                let own = name.split('/').nth(1).unwrap();
                let kind = rest.split("::").next().unwrap();
                let is_module = kind.starts_with(|c: char| c.is_ascii_lowercase());
                if is_module && kind != own && !SHARED_BY_KINDS.contains(&kind) {
                    wrong.push(format!("{name} uses another kind: {used}"));
                }
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

/// What a file names from its own crate, tests left out; names in braces one by one.
fn uses(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]\nmod tests").next().unwrap();
    let mut uses = Vec::new();
    for statement in code.split("use crate::").skip(1) {
        let statement = statement.split(';').next().unwrap();
        match statement.split_once('{') {
            Some(("", names)) => {
                uses.extend(names.trim_end_matches('}').split(',').map(|name| name.trim().to_owned()));
            }
            Some((head, names)) => {
                let names = names
                    .trim_end_matches(['}', '\n', ' '])
                    .split(',')
                    .map(str::trim)
                    .filter(|n| !n.is_empty());
                uses.extend(names.map(|name| format!("{head}{name}")));
            }
            None => uses.push(statement.trim().to_owned()),
        }
    }
    uses
}

#[test]
fn no_file_has_outgrown_one_idea() {
    const MOST_LINES: usize = 550;
    for folder in ["bindings-python/src", "bindings-wasm/src", "core/src", "cli/src"] {
        for path in super::files(folder, "rs") {
            let lines = std::fs::read_to_string(&path).unwrap().lines().count();
            assert!(lines <= MOST_LINES, "{} has {lines} lines", path.display());
        }
    }
}

#[test]
fn only_core_knows_how_to_match() {
    for manifest in ["bindings-python/Cargo.toml", "bindings-wasm/Cargo.toml", "cli/Cargo.toml"] {
        let text = std::fs::read_to_string(super::root().join(manifest)).unwrap();
        for engine in ["aho-corasick", "regex", "toml "] {
            assert!(!text.contains(engine), "{manifest} names {engine}");
        }
    }
}
