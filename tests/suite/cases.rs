//! Literate cases: prose, drafts, and under each line what is said of it. `BLESS=1` writes it down.
//!
//! A ` ```draft class=news as-of=2026-11-23 ` block holds a draft; a line that starts with `^` says, for the line of
//! the draft above it, the column and length in characters, the rule and the message.

use std::fmt::Write as _;

use baguan::{Offsets, Reviewer, Ruleset, Severity};

#[test]
fn every_case() {
    let standard = Reviewer::new(Ruleset::standard()).unwrap();
    let paths = super::files("tests/cases", "md");
    assert!(paths.len() >= 4, "cases for every gate");
    for path in paths {
        let written = std::fs::read_to_string(&path).unwrap();
        let answered = answer(&standard, &written);
        if super::blesses() {
            std::fs::write(&path, &answered).unwrap();
        }
        assert!(
            written == answered || super::blesses(),
            "{}\nexpected:\n{written}\nfound:\n{answered}",
            path.display()
        );
    }
}

/// The document with the findings under each line of its drafts written anew.
fn answer(standard: &Reviewer, document: &str) -> String {
    let mut answered = String::new();
    let mut draft: Option<(Reviewer, Vec<&str>)> = None;
    for line in document.lines() {
        if let Some(options) = line.strip_prefix("```draft") {
            draft = Some((reviewer(standard, options), Vec::new()));
        } else if line == "```"
            && let Some((reviewer, lines)) = draft.take()
        {
            write_reviewed(&mut answered, &reviewer, &lines);
        } else if let Some((_, lines)) = &mut draft {
            if !line.starts_with('^') {
                lines.push(line);
            }
            continue;
        }
        answered.push_str(line);
        answered.push('\n');
    }
    assert!(draft.is_none(), "a draft block is not closed");
    answered
}

fn reviewer(standard: &Reviewer, options: &str) -> Reviewer {
    let mut reviewer = standard.clone();
    for option in options.split_whitespace() {
        reviewer = match option.split_once('=') {
            Some(("class", class)) => reviewer.class(class).unwrap(),
            Some(("as-of", day)) => reviewer.as_of(day.parse().unwrap()),
            _ => panic!("unknown option {option}"),
        };
    }
    reviewer
}

fn write_reviewed(answered: &mut String, reviewer: &Reviewer, lines: &[&str]) {
    let text = lines.join("\n");
    let report = reviewer.review(&text);
    let findings = report.view(&text, Offsets::Chars).findings;
    for (n, line) in lines.iter().enumerate() {
        writeln!(answered, "{line}").unwrap();
        for finding in findings.iter().filter(|f| f.position.line == n + 1 && f.severity > Severity::Hint) {
            let length = finding.end - finding.start;
            let (column, message) = (finding.position.column, finding.message);
            writeln!(answered, "^ {column}+{length} {} {}: {message}", finding.severity, finding.rule)
                .unwrap();
        }
    }
}
