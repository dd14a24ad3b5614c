//! Set formulations altered by program: what is dropped, swapped, replaced or miscounted is told, what is intact is not.

use std::collections::BTreeSet;

use baguan::{Reviewer, Ruleset};

/// A set: its label and its members as they are usually written.
struct Formula {
    label: String,
    members: Vec<String>,
}

const NUMERALS: [&str; 9] = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];

fn formulas() -> Vec<Formula> {
    let (_, table) =
        baguan_rulesets::FILES.iter().find(|(name, _)| *name == "political/formulas-sets.tsv").unwrap();
    let rows = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    rows.map(|row| {
        let mut cells = row.split('\t');
        let label = cells.next().unwrap().split('（').next().unwrap().to_owned();
        let members = cells.next().unwrap().split('、');
        Formula { label, members: members.map(|own| own.split('|').next().unwrap().to_owned()).collect() }
    })
    .collect()
}

/// Drafts that name the label and then the members.
fn drafts(label: &str, members: &[String]) -> [String; 3] {
    let members = members.join("、");
    [
        format!("坚持“{label}”，即{members}。"),
        format!("“{label}”：{members}。"),
        format!("“{label}”是指{members}。"),
    ]
}

/// Words of as many characters that belong to no set.
fn other(member: &str) -> String {
    match member.chars().count() {
        1 => "勇".to_owned(),
        2 => "创业".to_owned(),
        3 => "大数据".to_owned(),
        4 => "统筹兼顾".to_owned(),
        count => "推动各地区协同发展迈上新的台阶再创新的业绩".chars().cycle().take(count).collect(),
    }
}

/// The label and the members with one thing wrong each.
fn alterations(formula: &Formula, labels: &BTreeSet<&str>) -> Vec<(String, Vec<String>)> {
    let Formula { label, members } = formula;
    let mut altered = Vec::new();
    for at in 0..members.len() {
        let mut with = |change: &dyn Fn(&mut Vec<String>)| {
            let mut members = members.clone();
            change(&mut members);
            altered.push((label.clone(), members));
        };
        if members.len() > 2 {
            with(&|members| drop(members.remove(at)));
        }
        if at + 1 < members.len() {
            with(&|members| members.swap(at, at + 1));
        }
        with(&|members| members[at] = other(&members[at]));
        with(&|members| {
            let last = members[at].pop().unwrap();
            members[at].push(if last == '民' { '家' } else { '民' });
        });
    }
    let count = NUMERALS[1..8].iter().position(|own| label.starts_with(own));
    // Its two threes count different things.
    if let Some(at) = count.filter(|_| label != "三严三实") {
        let rest = &label[NUMERALS[at + 1].len()..];
        let wrong =
            [NUMERALS[at + 2], NUMERALS[if at == 0 { 5 } else { at }]].map(|own| format!("{own}{rest}"));
        altered.extend(
            wrong.into_iter().filter(|own| !labels.contains(&**own)).map(|own| (own, members.clone())),
        );
    }
    altered
}

#[test]
fn alterations_are_told_and_intact_sets_are_not() {
    let reviewer = Reviewer::new(Ruleset::standard()).unwrap();
    let formulas = formulas();
    let labels: BTreeSet<&str> = formulas.iter().map(|own| own.label.as_str()).collect();
    let (mut told, mut all, mut alarms) = (0, 0, Vec::new());
    for formula in &formulas {
        for draft in drafts(&formula.label, &formula.members) {
            let report = reviewer.review(&draft);
            alarms.extend(report.findings().iter().map(|finding| format!("{}: {draft}", finding.rule)));
        }
        for (label, members) in alterations(formula, &labels) {
            for draft in drafts(&label, &members) {
                let report = reviewer.review(&draft);
                told += usize::from(
                    report.findings().iter().any(|finding| finding.rule.starts_with("political/")),
                );
                all += 1;
            }
        }
    }
    assert_eq!(alarms, [""; 0]);
    assert!(formulas.len() >= 40, "{} formulations", formulas.len());
    assert!(told * 100 >= all * 98, "{told} of {all}");
}
