//! What was measured of each rule is known, and severities follow it.

use std::collections::BTreeMap;

use baguan::{Rule, Ruleset, Severity};

const TABLE: &str = include_str!("../../rulesets/measured.tsv");

/// Alarms of one rule.
#[derive(Debug)]
struct Row {
    /// On marked texts, and the right ones of these.
    alarms: u32,
    right: u32,
    /// On published official text.
    published: u32,
}

fn rows() -> BTreeMap<&'static str, Row> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let row = |line: &'static str| {
        let (rule, counts) = line.split_once('\t').unwrap();
        let counts: Vec<u32> = counts.split('\t').map(number).collect();
        let &[slips_right, slips, personal_right, personal, citations_right, citations, published] =
            counts.as_slice()
        else {
            panic!("{line}")
        };
        let right = slips_right + personal_right + citations_right;
        (rule, Row { alarms: slips + personal + citations, right, published })
    };
    lines.map(row).collect()
}

/// A dash stands for what is not measured yet.
fn number(count: &str) -> u32 {
    if count == "-" { 0 } else { count.parse().unwrap() }
}

/// The characters of published text that were reviewed.
fn published() -> f64 {
    let sizes = TABLE.lines().find_map(|line| line.split_once("characters: ")).unwrap().1;
    sizes.rsplit_once("published ").unwrap().1.parse().unwrap()
}

#[test]
fn every_rule_has_a_row() {
    let rules = Ruleset::standard();
    let mut ids: Vec<&str> = rules.rules().iter().map(Rule::id).collect();
    ids.sort_unstable();
    let rows: Vec<&str> = TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').next())
        .collect();
    assert_eq!(rows, ids);
}

#[test]
fn severities_follow_marked_texts() {
    // Fewer tell nothing.
    const ENOUGH: u32 = 20;
    // Below their severity by the marks, and why they keep it: each of the alarms was read.
    const UNMARKED: [(&str, &str); 3] = [
        ("wording/misprinted-character", "editors do not mark a slip each time it occurs"),
        ("wording/old-typeface-character", "editors do not mark a slip each time it occurs"),
        ("wording/unclosed-mark", "marks lose their partners where sentences are cut out of paragraphs"),
    ];
    let rows = rows();
    let mut broken: Vec<&str> = Vec::new();
    let rules = Ruleset::standard();
    for rule in rules.rules() {
        let least = match rule.severity() {
            Severity::Fatal | Severity::Error => 95,
            Severity::Warning => 70,
            Severity::Hint => 0,
        };
        let row = &rows[rule.id()];
        if row.alarms >= ENOUGH && row.right * 100 < row.alarms * least {
            broken.push(rule.id());
        }
    }
    broken.sort_unstable();
    let figures: Vec<_> = broken.iter().map(|rule| (rule, &rows[rule])).collect();
    assert_eq!(broken, UNMARKED.map(|(rule, _)| rule), "{figures:?}");
}

#[test]
fn errors_are_rare_in_published_text() {
    // Alarms in a million characters, real slips among them.
    const MOST: f64 = 2.0;
    let rows = rows();
    let loud: Vec<String> = Ruleset::standard()
        .rules()
        .iter()
        .filter(|rule| matches!(rule.severity(), Severity::Fatal | Severity::Error))
        .filter(|rule| f64::from(rows[rule.id()].published) / published() * 1e6 > MOST)
        .map(|rule| format!("{} {:?}", rule.id(), rows[rule.id()]))
        .collect();
    assert_eq!(loud, [""; 0]);
}
