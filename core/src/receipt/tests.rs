//! A receipt from review to publication, and what every change to it does.

use serde_json::{Value, json};

use super::*;
use crate::reviewer::Reviewer;
use crate::ruleset::Ruleset;
use crate::suppress::Accepted;

const RULES: &str = r#"
[ruleset]
name = "house"
version = 2026-01-01
extends = []

[[class]]
id = "policy"
title = "政策文件"
levels = ["初审", "复审"]

[[rule]]
id = "wording/misspelt"
kind = "replace"
severity = "error"
message = "「{found}」应为「{right}」"
why = "成语误写"
source = "《现代汉语词典》"
pairs = [["一愁莫展", "一筹莫展"]]
bad = ["他一愁莫展。"]
good = ["他一筹莫展。"]

[[rule]]
id = "political/not-a-country"
kind = "term"
severity = "warning"
message = "「{found}」不是国家"
why = "国家和地区并列"
source = "《体例手册》"
terms = ["等国"]
bad = ["甲乙等国参加。"]
good = ["甲乙等地参加。"]
"#;

pub(super) const DRAFT: &str = "\u{3000}\u{3000}他一愁莫展，甲乙等国参加。\n\
                     <!-- baguan:ignore wording/misspelt 引文 -->\n他又一愁莫展。\n丙丁等国参加。\n";
const TIME: &str = "2026-11-23T09:30:00+08:00";
pub(super) const KEY: &[u8] = b"a key of the house";

fn reviewer() -> Reviewer {
    Reviewer::new(Ruleset::parse("house.toml", RULES).unwrap()).unwrap().as_of(day("2026-11-23"))
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The receipt of [`DRAFT`], one of whose findings was accepted before.
fn unsigned(key: Option<&[u8]>) -> Receipt {
    let found = reviewer().review(DRAFT);
    let mut accepted = Accepted::new();
    accepted.add(&found.findings()[2].fingerprint, "沿用旧称");
    reviewer().accept(accepted).review(DRAFT).receipt(DRAFT, key)
}

fn letting_pass(receipt: &Receipt, until: Option<&str>) -> Override {
    Override {
        fingerprint: receipt.review.findings[0].fingerprint.clone(),
        reason: "引文如此".to_owned(),
        by: "李四".to_owned(),
        until: until.map(day),
    }
}

pub(super) fn consent(level: &str, name: &str) -> SignOff {
    SignOff { level: level.to_owned(), name: name.to_owned(), time: TIME.to_owned() }
}

/// The same, all done.
pub(super) fn done(key: Option<&[u8]>) -> Receipt {
    let receipt = unsigned(key);
    let act = letting_pass(&receipt, Some("2027-01-01"));
    let receipt = receipt.overridden(act, key).unwrap();
    receipt.signed(consent("初审", "张三"), key).unwrap().signed(consent("复审", "李四"), key).unwrap()
}

#[test]
fn what_is_recorded() {
    let receipt = unsigned(None);
    let review = serde_json::to_value(receipt.review()).unwrap();
    let quiet = json!({ "verdict": "pass", "fatal": 0, "error": 0, "warning": 0, "hint": 0 });
    let [misspelt, country, marked, accepted] =
        [(0, "findings"), (1, "findings"), (0, "put_aside"), (1, "put_aside")]
            .map(|(n, list)| review[list][n]["fingerprint"].clone());
    let rules = Ruleset::parse("house.toml", RULES).unwrap();
    let expected = json!({
        "engine": env!("CARGO_PKG_VERSION"),
        "text": TextRecord::new(DRAFT),
        "ruleset": { "name": "house", "version": "2026-01-01", "digest": rules.digest() },
        "class": { "id": "policy", "title": "政策文件", "levels": ["初审", "复审"] },
        "as_of": "2026-11-23",
        "verdict": "block",
        "gates": {
            "political": { "verdict": "revise", "fatal": 0, "error": 0, "warning": 1, "hint": 0 },
            "legal": quiet,
            "secrecy": quiet,
            "wording": { "verdict": "block", "fatal": 0, "error": 1, "warning": 0, "hint": 0 },
        },
        "findings": [
            { "rule": "wording/misspelt", "severity": "error", "verdict": "block", "fingerprint": misspelt },
            {
                "rule": "political/not-a-country", "severity": "warning", "verdict": "revise",
                "fingerprint": country,
            },
        ],
        "put_aside": [
            {
                "rule": "wording/misspelt", "severity": "error", "fingerprint": marked,
                "reason": { "by": "mark", "reason": "引文" },
            },
            {
                "rule": "political/not-a-country", "severity": "warning", "fingerprint": accepted,
                "reason": { "by": "accepted", "reason": "沿用旧称" },
            },
        ],
    });
    assert_eq!(review, expected);
    assert_eq!(
        (receipt.text(), receipt.missing_levels()),
        (Some(DRAFT), ["初审", "复审"].map(str::to_owned).as_slice())
    );
}

#[test]
fn from_review_to_publication() {
    for key in [None, Some(KEY)] {
        let receipt = done(key);
        let read = Receipt::parse(&receipt.to_json()).unwrap();
        assert_eq!(read, receipt);
        let against = key.iter().fold(Against::new(), |against, key| against.key(key));
        let expected = Verification {
            text: TextMatch::Identical,
            differences: Vec::new(),
            seal: if key.is_some() { SealState::Keyed } else { SealState::Plain },
            rules: RulesMatch::NotCompared,
            blocking: Vec::new(),
            missing_levels: Vec::new(),
        };
        let verified = read.verify(DRAFT, &against);
        assert!(verified.holds());
        assert_eq!(verified, expected);
        assert_eq!(read.without_text().verify(DRAFT, &against), expected);
    }
}

#[test]
fn what_does_not_hold() {
    let other = DRAFT.replace("参加", "出席");
    let blanks = DRAFT.replace('\n', " \r\n");
    let digest = Ruleset::parse("house.toml", RULES).unwrap().digest();
    let against = Against::new();
    for (receipt, text, against, holds) in [
        (done(None), DRAFT, against, true),
        (done(None), &blanks, against, true),
        (done(None), &other, against, false),
        (done(None), DRAFT, against.ruleset(&digest), true),
        (done(None), DRAFT, against.ruleset("00"), false),
        (done(None), DRAFT, against.day(day("2026-12-31")), true),
        (done(None), DRAFT, against.day(day("2027-01-01")), false),
        (done(None), DRAFT, against.key(KEY), false),
        (done(Some(KEY)), DRAFT, against, false),
        (done(Some(KEY)), DRAFT, against.key(b"another"), false),
        (unsigned(None), DRAFT, against, false),
    ] {
        let verified = receipt.verify(text, &against);
        assert_eq!(verified.holds(), holds, "{verified:#?}");
    }
    let changed = done(None).verify(&other, &against);
    let places: Vec<_> =
        changed.differences.iter().map(|d| (d.position.line, d.position.column, &*d.was, &*d.is)).collect();
    assert_eq!(places, [(1, 13, "参加", "出席"), (4, 5, "参加", "出席")]);
    let unsigned = unsigned(None).verify(DRAFT, &against);
    let blocking: Vec<&str> = unsigned.blocking.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(
        (blocking, unsigned.missing_levels),
        (vec!["wording/misspelt"], vec!["初审".to_owned(), "复审".to_owned()])
    );
}

#[test]
fn acts_that_are_refused() {
    let unsigned = || unsigned(None);
    let passed = |until| unsigned().overridden(letting_pass(&unsigned(), until), None);
    let free = || passed(None).unwrap();
    let mut unknown = letting_pass(&unsigned(), None);
    unknown.fingerprint = "v1:0".to_owned();
    let mut nameless = letting_pass(&unsigned(), None);
    nameless.by = " ".to_owned();
    let [first, second] = [0, 1].map(|n| unsigned().review.findings[n].fingerprint.clone());
    let mut forged = free();
    forged.review.verdict = Verdict::Pass;
    for (refused, expected) in [
        (
            unsigned().signed(consent("初审", "张三"), None),
            format!("findings block: {first}; mend the draft, or override them"),
        ),
        (
            free().signed(consent("复审", "张三"), None),
            "`复审` signs after `初审`, which is still to sign".into(),
        ),
        (done(None).signed(consent("初审", "张三"), None), "`初审` has signed already".into()),
        (
            free().signed(consent("初审", "张三"), None).unwrap().signed(consent("复审", " 张三"), None),
            "`张三` has signed `初审`; every level takes another person".into(),
        ),
        (
            free().signed(consent("初宙", "张三"), None),
            "class `policy` has no level `初宙`, expected one of 初审, 复审".into(),
        ),
        (free().signed(consent("初审", ""), None), "the name is empty".into()),
        (unsigned().overridden(nameless, None), "the name is empty".into()),
        (
            unsigned().overridden(unknown, None),
            format!("no finding `v1:0` in the receipt, expected one of {first}, {second}"),
        ),
        (
            passed(Some("2026-11-23")),
            "an override until 2026-11-23 does not hold on 2026-11-23, the day of the review".into(),
        ),
        (
            free().signed(consent("初审", "张三"), Some(KEY)),
            "the receipt takes nothing more: not-keyed（未用密钥封存）".into(),
        ),
        (
            forged.signed(consent("初审", "张三"), None),
            "the receipt takes nothing more: review-altered（被改动：审核记录）".into(),
        ),
    ] {
        assert_eq!(refused.unwrap_err().to_string(), expected);
    }
}

#[test]
fn nothing_is_let_pass_where_more_may_block_than_is_listed() {
    let receipt = unsigned(None);
    let act = letting_pass(&receipt, None);
    let receipt = receipt.overridden(act, None).unwrap();
    let day = receipt.review().as_of;
    assert_eq!(receipt.blocking(day).count(), 0);
    let mut more = receipt.clone();
    more.review.gates.wording.error += 1;
    assert_eq!(more.blocking(day).count(), 0, "the warnings are listed, so all that blocks is");
    more.review.findings.retain(|finding| finding.verdict == Verdict::Block);
    let blocking: Vec<&str> = more.blocking(day).map(|finding| finding.rule.as_str()).collect();
    assert_eq!(blocking, ["wording/misspelt"]);
}

#[test]
fn an_override_undoes_sign_offs() {
    let again = done(None).overridden(letting_pass(&unsigned(None), None), None).unwrap();
    assert_eq!((again.overrides().count(), again.sign_offs().count()), (2, 0));
    assert_eq!(again.missing_levels(), ["初审", "复审"]);
    assert!(again.signed(consent("初审", "张三"), None).is_ok());
}

#[test]
fn the_format_page_names_every_field() {
    fn names(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| {
                found.push(name.clone());
                names(value, found);
            }),
            Value::Array(items) => items.iter().for_each(|item| names(item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    names(&serde_json::to_value(done(None)).unwrap(), &mut found);
    let page = include_str!("format.md");
    found.retain(|name| !page.contains(&format!("`{name}`")));
    assert_eq!(found, [""; 0]);
}
