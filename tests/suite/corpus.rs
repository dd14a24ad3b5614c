//! Correct texts: what the standard rules say of them is written down, and every change of it is seen.

use std::fmt::Write as _;

use baguan::{Reviewer, Ruleset, Severity};

#[test]
fn findings_on_correct_texts() {
    let reviewer = Reviewer::new(Ruleset::standard()).unwrap();
    let mut found = String::new();
    for path in super::files("tests/corpus", "txt") {
        let text = std::fs::read_to_string(&path).unwrap();
        for finding in reviewer.review(&text).findings() {
            assert!(finding.severity < Severity::Error, "{}: {finding:?}", path.display());
            let name = path.file_stem().unwrap().to_string_lossy();
            writeln!(found, "{name}\t{}\t{}\t{}", finding.rule, finding.severity, &text[finding.span])
                .unwrap();
        }
    }
    let expected = super::root().join("tests/corpus/findings.tsv");
    if super::blesses() {
        std::fs::write(&expected, &found).unwrap();
    }
    assert_eq!(std::fs::read_to_string(expected).unwrap(), found, "BLESS=1 writes it down");
}
