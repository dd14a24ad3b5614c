//! Rulesets: what is wrong with them, how they are merged, how they are documented.

use toml::de::DeTable;

use crate::entry::Entry;
use crate::fields::Fields;
use crate::files::Files;
use crate::finding::Severity;
use crate::kinds::Check;
use crate::reviewer::Reviewer;
use crate::ruleset::Ruleset;
use crate::ruleset::rule::Rule;

const IDIOM: &str = r#"
[[rule]]
id = "wording/idiom"
kind = "replace"
severity = "error"
message = "「{found}」应为「{right}」"
why = "成语误写"
source = "《现代汉语词典》"
pairs = [["一愁莫展", "一筹莫展"]]
bad = ["他一愁莫展。"]
good = ["他一筹莫展。"]
"#;

fn problems(files: &[(&str, &str)]) -> Vec<String> {
    match Ruleset::parse_files(files) {
        Ok(_) => Vec::new(),
        Err(error) => error.to_string().lines().map(str::to_owned).collect(),
    }
}

#[test]
fn every_problem_at_once() {
    let text = r#"
[[rule]]
id = "wording/a"
kind = "trem"
severity = "eror"
message = "m"
why = "w"
source = "s"
terms = ["甲"]
bad = ["甲"]
good = ["乙"]

[[rule]]
id = "law/b"
kind = "term"
severity = "error"
message = "「{fund}」${found}"
why = 3
source = " "
since = "2026-02-30"
unless = ["乙"]
terms = ["甲", "乙", "甲"]
bad = ["甲"]
goood = ["丙"]

[[rules]]
id = "wording/c"
"#;
    let kinds = Check::NAMES.join(", ");
    assert_eq!(
        problems(&[("house.toml", text)]),
        [
            &format!("house.toml:4:8: unknown kind `trem`, expected one of {kinds}; did you mean `term`?"),
            "house.toml:5:12: unknown severity `eror`, expected one of hint, warning, error, fatal; did you mean `error`?",
            "house.toml:13:1: missing field `good`",
            "house.toml:14:6: unknown gate `law`, expected one of political, legal, secrecy, wording",
            "house.toml:17:11: unknown placeholder `fund`, expected one of found; did you mean `found`?",
            "house.toml:17:11: a placeholder of a message has no `$`",
            "house.toml:18:7: `why` is integer `3`, expected a string",
            "house.toml:19:10: `source` is empty",
            "house.toml:20:9: `2026-02-30` is no date, expected YYYY-MM-DD",
            "house.toml:22:15: `乙` can never be flagged: `乙` covers it",
            "house.toml:22:20: `甲` stands twice in the list (after folding)",
            "house.toml:24:1: unknown field `goood`; did you mean `good`?",
            "house.toml:26:3: unknown field `rules`; did you mean `rule`?",
        ]
    );
}

#[test]
fn no_toml() {
    assert_eq!(
        problems(&[("a.toml", "[[rule]\nid = 1"), ("b.toml", "甲 = ")]),
        [
            "a.toml:1:8: unclosed array table, expected `]`",
            "b.toml:1:1: invalid unquoted key, expected letters, numbers, `-`, `_`",
            "b.toml:1:5: string values must be quoted, expected literal string",
        ]
    );
}

#[test]
fn lists_in_order() {
    let rule = IDIOM.replace("pairs = [[\"一愁莫展\", \"一筹莫展\"]]", "pairs_file = \"idioms.tsv\"");
    let list = "# wrong\tright\n乙\t丙\n一愁莫展\t一筹莫展\n\t空\n一愁莫展\t一筹莫展\n";
    assert_eq!(
        problems(&[("a/house.toml", &rule), ("a/idioms.tsv", list)]),
        [
            "a/idioms.tsv:3:1: `一愁莫展` is out of order, expected it before `乙`",
            "a/idioms.tsv:4:1: the first column is empty",
            "a/idioms.tsv:5:1: `一愁莫展` stands twice in the list (after folding)",
        ]
    );
}

#[test]
fn ids_are_unique() {
    let twice = format!("{IDIOM}{IDIOM}");
    assert_eq!(
        problems(&[("house.toml", &twice)]),
        ["house.toml:13:1: duplicate id `wording/idiom`, first given at house.toml:2:1"]
    );
    let base = Ruleset::parse("base.toml", IDIOM).unwrap();
    let error = base.clone().merge(Ruleset::parse("house.toml", IDIOM).unwrap()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "house.toml:2:1: duplicate id `wording/idiom`, first given at base.toml:2:1"
    );
}

#[test]
fn overrides_extensions_and_switches() {
    let base = || Ruleset::parse("base.toml", IDIOM).unwrap();
    let house = r#"
[ruleset]
name = "house"
[[override]]
id = "wording/idiom"
severity = "hint"
message = "建议写作「{right}」"
[[extend]]
id = "wording/idiom"
pairs = [["再接再励", "再接再厉"]]
unless = ["一愁莫展书屋"]
"#;
    let merged = base().merge(Ruleset::parse("house.toml", house).unwrap()).unwrap();
    let digest = merged.digest();
    let report = Reviewer::new(merged).unwrap().review("再接再励，一愁莫展书屋。");
    let found: Vec<_> = report.findings().iter().map(|f| (f.severity, f.message.as_str())).collect();
    assert_eq!(found, [(Severity::Hint, "建议写作「再接再厉」")]);
    assert_ne!(digest, base().digest());

    let off = Ruleset::parse("off.toml", "[ruleset]\ndisable = [\"wording/idiom\"]").unwrap();
    let report = Reviewer::new(base().merge(off).unwrap()).unwrap().review("一愁莫展");
    assert_eq!(report.findings(), []);
    assert_eq!(report.coverage().off.iter().map(|off| &*off.rule).collect::<Vec<_>>(), ["wording/idiom"]);
}

#[test]
fn edits_of_rules_that_are_not_there() {
    let house = r#"
[ruleset]
disable = ["wording/idoim"]
[[override]]
id = "wording/idom"
severity = "hint"
"#;
    let base = Ruleset::parse("base.toml", IDIOM).unwrap();
    let error = base.merge(Ruleset::parse("house.toml", house).unwrap()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "house.toml:3:12: unknown rule `wording/idoim`; did you mean `wording/idiom`?\n\
         house.toml:5:6: unknown rule `wording/idom`; did you mean `wording/idiom`?"
    );
    let alone = Reviewer::new(Ruleset::parse("house.toml", house).unwrap()).unwrap_err();
    assert_eq!(alone.problems().len(), 2);
}

#[test]
fn tags_that_no_rule_has() {
    let house = r#"
[ruleset]
on = ["advertsing", "local"]
[[class]]
id = "news"
title = "动态信息"
levels = ["初审"]
on = ["advertising", "publicity"]
"#;
    let tagged = IDIOM.replace("kind", "tags = [\"advertising\"]\nkind");
    let base = Ruleset::parse("base.toml", &tagged).unwrap();
    let rules = base.merge(Ruleset::parse("house.toml", house).unwrap()).unwrap();
    assert_eq!(
        Reviewer::new(rules).unwrap_err().to_string(),
        "house.toml:3:7: no rule has the tag `advertsing`; did you mean `advertising`?\n\
         house.toml:3:21: no rule has the tag `local`\n\
         house.toml:8:22: no rule has the tag `publicity`"
    );
}

#[test]
fn wrong_edits_name_their_place() {
    let house = "[[override]]\nid = \"wording/idiom\"\nseverty = \"hint\"\nmessage = \"{wrong}\"\n";
    let base = Ruleset::parse("base.toml", IDIOM).unwrap();
    let error = base.merge(Ruleset::parse("house.toml", house).unwrap()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "house.toml:3:1: unknown field `severty`; did you mean `severity`?\n\
         house.toml:4:11: unknown placeholder `wrong`, expected one of right, found"
    );
}

/// The format reference names every field that a rule, a class or an edit reads.
#[test]
fn every_field_is_documented() {
    let reference = include_str!("../../../rulesets/README.md");
    let mut missing = Vec::new();
    for kind in Check::NAMES {
        let section = format!("## `{kind}`");
        if !reference.contains(&section) {
            missing.push(section);
        }
        let text = format!("id = \"wording/a\"\nkind = \"{kind}\"\npattern = \"国\"");
        let fields = Fields::of(DeTable::parse(&text).unwrap().into_inner());
        let mut problems = Vec::new();
        let files = Files::new(&[]);
        let mut entry = Entry::new(("a.toml", &text), &files, &fields, 0, &mut problems);
        let _ = Rule::read(&mut entry);
        let absent = entry.asked().iter().filter(|field| !reference.contains(&format!("`{field}`")));
        missing.extend(absent.map(|field| format!("{kind}: {field}")));
    }
    missing.sort();
    missing.dedup();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn a_digest_does_not_know_where_the_files_lie() {
    let digest = |names: [&str; 2]| {
        Ruleset::parse_files(&[(names[0], IDIOM), (names[1], "甲\t乙\n")]).unwrap().digest()
    };
    let expected = digest(["rules.toml", "words/a.tsv"]);
    for folder in [".", "house", "/srv/house/rules"] {
        assert_eq!(digest([&format!("{folder}/rules.toml"), &format!("{folder}/words/a.tsv")]), expected);
    }
    assert_ne!(digest(["rules.toml", "words/b.tsv"]), expected);
}
