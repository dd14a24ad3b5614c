//! The sample of a publisher's own rules: it loads, merges onto the standard set and proves itself.

use baguan::{Reviewer, Ruleset, prove};

fn house() -> Ruleset {
    Ruleset::load(super::root().join("examples/house")).unwrap().onto_bases().unwrap()
}

#[test]
fn proves_itself() {
    let failures: Vec<String> = prove(&house()).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(failures, [""; 0]);
}

#[test]
fn changes_what_it_says() {
    let reviewer =
        Reviewer::new(house()).unwrap().as_of("2026-11-23".parse().unwrap()).class("bulletin").unwrap();
    for (draft, expected) in [
        ("云州市委书记张三元调研。", vec!["political/wrong-title-of-leader"]),
        ("云州市市长李思远调研。", vec!["political/expired-title-of-leader"]),
        ("云州市市长张三园调研。", vec!["political/leader-misspelt"]),
        ("王武成、张三元出席会议。", vec!["political/leaders-disordered"]),
        ("云州市市长张三元调研。", vec![]),
    ] {
        let report = reviewer.review(draft);
        let found: Vec<&str> = report.findings().iter().map(|finding| &*finding.rule).collect();
        assert_eq!(found, expected, "{draft}");
    }
}
