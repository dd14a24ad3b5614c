//! The cases that every language must answer alike: tests/parity/cases.json.

use baguan::{BriefView, Offsets, Reviewer, Ruleset};
use serde_json::{Value, json};

#[test]
fn rust_answers_as_written_down() {
    let path = super::root().join("tests/parity/cases.json");
    let mut cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let standard = Reviewer::new(Ruleset::standard()).unwrap();
    let written = cases.clone();
    for case in &mut cases {
        let field = |name: &str| case[name].as_str().unwrap_or_else(|| panic!("{name} in {case}")).to_owned();
        let (text, class, as_of) = (field("text"), field("class"), field("as_of"));
        let reviewer = standard.clone().class(&class).unwrap().as_of(as_of.parse().unwrap());
        let report = reviewer.review(&text);
        let view = |offsets| serde_json::to_value(BriefView::new(&report, &text, offsets)).unwrap();
        let places = |offsets| -> Vec<Value> {
            let report = view(offsets);
            let findings = report["findings"].as_array().unwrap();
            findings.iter().map(|f| json!([f["rule"], f["start"], f["end"], f["text"]])).collect()
        };
        case["verdict"] = view(Offsets::Chars)["verdict"].clone();
        for offsets in Offsets::ALL {
            case[offsets.name()] = places(offsets).into();
        }
    }
    if super::blesses() {
        std::fs::write(&path, serde_json::to_string_pretty(&cases).unwrap() + "\n").unwrap();
    }
    assert!(cases.len() >= 10);
    assert!(cases == written || super::blesses(), "BLESS=1 writes it down: {}", json!(cases));
}
