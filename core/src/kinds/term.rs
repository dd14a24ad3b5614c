//! `term`: words that should not stand here.

use crate::draft::Draft;
use crate::draft::fold::Folding;
use crate::draft::mask::Context;
use crate::entry::{Entry, Located};
use crate::error::ProblemKind;
use crate::finding::{Fix, Safety};
use crate::kinds::guard::{Guard, Words, refuse_line_break, refuse_twins};
use crate::kinds::{Hit, Kind, Sink, Wake};

/// A list of words, each with what to write instead where that is known.
#[derive(Clone, Debug)]
pub(crate) struct Term {
    terms: Vec<String>,
    suggestions: Vec<Vec<String>>,
    words: Words,
    guard: Guard,
}

impl Kind for Term {
    const NAME: &'static str = "term";

    fn read(entry: &mut Entry<'_>) -> Option<Term> {
        let guard = Guard::read(entry, Folding::WORDS, &Context::NO_WORDS);
        let mut term = Term { terms: Vec::new(), suggestions: Vec::new(), words: Words::default(), guard };
        term.add(entry);
        if term.terms.is_empty() {
            entry.problem(ProblemKind::MissingField("terms"));
            return None;
        }
        Some(term)
    }

    fn extend(&mut self, entry: &mut Entry<'_>) {
        self.guard.extend(entry);
        self.add(entry);
    }

    fn rows(&self) -> usize {
        self.terms.len()
    }

    fn wake(&self, wake: &mut Wake<'_>) {
        for (n, term) in self.terms.iter().enumerate() {
            wake.on(term, n);
        }
    }

    fn at_block(&self, hits: &[Hit], block: usize, draft: &Draft<'_>, out: &mut Sink<'_>) {
        let guarded = self.guard.at(block);
        for hit in hits {
            let number = hit.tag as usize;
            let span = draft.original(hit.span);
            if self.words.stands(number, span, self.guard.folding, draft)
                && let Some(candidate) = guarded.object((hit.span, span), draft, out)
            {
                for suggestion in &self.suggestions[number] {
                    candidate.fix(Fix::replace(span, suggestion, Safety::Ask));
                }
            }
        }
    }
}

impl Term {
    fn add(&mut self, entry: &mut Entry<'_>) {
        let suggest = entry.words("suggest");
        let mut terms: Vec<Located<String>> = entry.texts("terms");
        let mut suggestions = vec![suggest.clone(); terms.len()];
        for row in entry.table("terms_file") {
            let cell = |n: usize| {
                row.value.get(n).into_iter().flat_map(|cell| cell.split('|')).filter(|c| !c.is_empty())
            };
            let own: Vec<String> = cell(1).map(str::to_owned).collect();
            suggestions.push(if own.is_empty() { suggest.clone() } else { own });
            cell(2).for_each(|phrase| self.guard.unless(phrase));
            if row.value.len() > 3 {
                entry.problem_at(
                    row.place.clone(),
                    ProblemKind::Invalid("expected at most three columns".to_owned()),
                );
            }
            terms.push(Located { value: row.value[0].clone(), place: row.place });
        }
        refuse_twins(entry, &terms, self.guard.folding);
        for (term, suggestions) in terms.into_iter().zip(suggestions) {
            refuse_line_break(entry, &term);
            if let Some(by) = self.guard.swallows(&term.value) {
                let kind = ProblemKind::DeadTerm { term: term.value.clone(), by: by.to_owned() };
                entry.problem_at(term.place.clone(), kind);
            }
            self.terms.push(term.value);
            self.suggestions.push(suggestions);
        }
        self.words = Words::new(self.terms.iter().map(String::as_str), self.guard.folding);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{fixed, flagged, problems};

    #[test]
    fn exceptions_cover() {
        let rule = r#"terms = ["国家级"]
        unless = ["国家级开发区"]"#;
        for (draft, expected) in [
            ("国家级产品", vec!["国家级"]),
            ("国家级开发区", vec![]),
            ("国家级开发", vec!["国家级"]),
            ("國家級", vec!["國家級"]),
            ("国\u{200b}家级", vec!["国\u{200b}家级"]),
            ("国 家级", vec![]),
        ] {
            assert_eq!(flagged("term", rule, draft), expected, "{draft}");
        }
    }

    #[test]
    fn company() {
        let near = r#"terms = ["最佳"]
        near = ["广告"]
        within = 3"#;
        for (draft, expected) in [
            ("广告一二三最佳", vec!["最佳"]),
            ("广告一二三四最佳", vec![]),
            ("最佳一广告", vec!["最佳"]),
            ("广告\n最佳", vec![]),
        ] {
            assert_eq!(flagged("term", near, draft), expected, "{draft}");
        }
        let sentence = r#"terms = ["最佳"]
        not_near = ["论文"]
        within = "sentence""#;
        for (draft, expected) in [("论文评选一等最佳者", vec![]), ("论文评选。最佳", vec!["最佳"])]
        {
            assert_eq!(flagged("term", sentence, draft), expected, "{draft}");
        }
    }

    #[test]
    fn neighbours_and_boundaries() {
        let rule = r#"terms = ["AV", "与会"]
        boundary = "word"
        not_after = ["参"]
        not_before = ["者"]"#;
        for (draft, expected) in [
            ("三av五", vec!["av"]),
            ("JAVA", vec![]),
            ("ＡＶ", vec!["ＡＶ"]),
            ("参与会议", vec![]),
            ("与会者", vec![]),
            ("与会人员", vec!["与会"]),
        ] {
            assert_eq!(flagged("term", rule, draft), expected, "{draft}");
        }
    }

    #[test]
    fn exact_reading() {
        let exact = r#"terms = ["IOS", "app store"]
        fold = []"#;
        for (draft, expected) in
            [("IOS与iOS", vec!["IOS"]), ("appstore", vec![]), ("app store", vec!["app store"])]
        {
            assert_eq!(flagged("term", exact, draft), expected, "{draft}");
        }
        let spaced = r#"terms = ["绝密"]
        ignore = "space""#;
        assert_eq!(flagged("term", spaced, "绝　密"), ["绝　密"]);
    }

    #[test]
    fn suggestions() {
        let rule = r#"terms = ["残废人"]
        suggest = ["残疾人"]"#;
        assert_eq!(fixed("term", rule, "关心残废人事业"), "关心残疾人事业");
    }

    #[test]
    fn what_cannot_be_meant() {
        for (fields, expected) in [
            (r#"terms = ["最佳", "最佳"]"#, "`最佳` stands twice in the list (after folding)"),
            (
                r#"terms = ["最佳"]
             unless = ["最佳"]"#,
                "`最佳` can never be flagged: `最佳` covers it",
            ),
            (
                r#"terms = ["最佳"]
             unles = ["最佳化"]"#,
                "unknown field `unles`; did you mean `unless`?",
            ),
            (
                r#"terms = ["最佳"]
             boundary = "lattin""#,
                "unknown boundary `lattin`, expected one of latin, digit, word; did you mean `latin`?",
            ),
            (
                r#"terms = ["最佳"]
             within = 5"#,
                "`within` without `near` or `not_near`",
            ),
            ("terms = [1]", "`item of terms` is integer `1`, expected a string with text"),
            ("", "missing field `terms`"),
        ] {
            assert!(
                problems("term", fields).contains(&expected.to_owned()),
                "{fields}: {:?}",
                problems("term", fields)
            );
        }
    }
}
