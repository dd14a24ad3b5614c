//! What tests of kinds share: one rule, one draft, what is flagged.

use crate::finding::Safety;
use crate::reviewer::Reviewer;
use crate::ruleset::Ruleset;

/// A ruleset of one error-level rule of that kind with these further fields.
fn ruleset(kind: &str, fields: &str, files: &[(&str, &str)]) -> Ruleset {
    let message = if fields.contains("message =") { "" } else { "message = \"{found}\"" };
    let rule = format!(
        "[[rule]]\nid = \"wording/tested\"\nkind = \"{kind}\"\nseverity = \"error\"\nwhy = \"why\"\n\
         source = \"source\"\nbad = [\"bad\"]\ngood = [\"good\"]\n{message}\n{fields}\n"
    );
    let mut all = vec![("test.toml", rule.as_str())];
    all.extend_from_slice(files);
    Ruleset::parse_files(&all).unwrap_or_else(|error| panic!("{error}"))
}

/// The texts that a rule of that kind flags in `draft`, in order.
pub(crate) fn flagged(kind: &str, fields: &str, draft: &str) -> Vec<String> {
    flagged_with(kind, fields, &[], draft)
}

/// The same with list files beside the rule.
pub(crate) fn flagged_with(kind: &str, fields: &str, files: &[(&str, &str)], draft: &str) -> Vec<String> {
    let reviewer = Reviewer::new(ruleset(kind, fields, files)).unwrap();
    reviewer.review(draft).findings().iter().map(|finding| draft[finding.span].to_owned()).collect()
}

/// The places that a rule of that kind flags in `draft`, in order.
pub(crate) fn places(kind: &str, fields: &str, draft: &str) -> Vec<(usize, usize)> {
    let reviewer = Reviewer::new(ruleset(kind, fields, &[])).unwrap();
    reviewer.review(draft).findings().iter().map(|finding| (finding.span.start, finding.span.end)).collect()
}

/// The messages of what a rule of that kind flags in `draft`, in order.
pub(crate) fn messages(kind: &str, fields: &str, files: &[(&str, &str)], draft: &str) -> Vec<String> {
    let reviewer = Reviewer::new(ruleset(kind, fields, files)).unwrap();
    reviewer.review(draft).findings().iter().map(|finding| finding.message.clone()).collect()
}

/// `draft` with the first fix of every finding applied.
pub(crate) fn fixed(kind: &str, fields: &str, draft: &str) -> String {
    Reviewer::new(ruleset(kind, fields, &[])).unwrap().review(draft).fixed(draft, Safety::Ask)
}

/// What is wrong with a rule of that kind and these fields.
pub(crate) fn problems(kind: &str, fields: &str) -> Vec<String> {
    let rule = format!(
        "[[rule]]\nid = \"wording/tested\"\nkind = \"{kind}\"\nseverity = \"error\"\nwhy = \"why\"\n\
         source = \"source\"\nbad = [\"bad\"]\ngood = [\"good\"]\nmessage = \"m\"\n{fields}\n"
    );
    match Ruleset::parse("test.toml", &rule) {
        Ok(_) => Vec::new(),
        Err(error) => error.problems().iter().map(|problem| problem.kind.to_string()).collect(),
    }
}
