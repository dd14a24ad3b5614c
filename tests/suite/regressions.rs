//! What fuzzing found stays found: every kept input is replayed.

use baguan::{Reviewer, Ruleset};

use baguan_tests::laws;

#[test]
fn reviews() {
    let reviewer = Reviewer::new(Ruleset::standard()).unwrap();
    for text in kept("review") {
        laws::hold(&reviewer, &text);
    }
}

#[test]
fn rulesets() {
    for text in kept("ruleset") {
        laws::ruleset_holds(&text);
    }
}

fn kept(target: &str) -> Vec<String> {
    let texts: Vec<String> = super::files(&format!("fuzz/regressions/{target}"), "txt")
        .iter()
        .map(|path| String::from_utf8(std::fs::read(path).unwrap()).unwrap())
        .collect();
    assert!(!texts.is_empty(), "no kept inputs for {target}");
    texts
}
