//! `replace`: wrong → right, with protecting words.

use crate::draft::Draft;
use crate::draft::fold::{Folding, fold};
use crate::draft::mask::Context;
use crate::entry::{Entry, Located};
use crate::error::ProblemKind;
use crate::finding::{Fix, Safety};
use crate::kinds::guard::{Guard, Words, refuse_line_break, refuse_twins};
use crate::kinds::{Hit, Kind, Sink, Wake};

/// Pairs of a wrong form and what to write instead.
#[derive(Clone, Debug)]
pub(crate) struct Replace {
    wrong: Vec<String>,
    right: Vec<Vec<String>>,
    words: Words,
    safety: Safety,
    guard: Guard,
}

impl Kind for Replace {
    const NAME: &'static str = "replace";
    const PLACEHOLDERS: &'static [&'static str] = &["right"];

    fn read(entry: &mut Entry<'_>) -> Option<Replace> {
        let guard = Guard::read(entry, Folding::WORDS, &Context::NO_WORDS);
        let safety = entry.name("safety", "safety").unwrap_or(Safety::Ask);
        let mut replace =
            Replace { wrong: Vec::new(), right: Vec::new(), words: Words::default(), safety, guard };
        replace.add(entry);
        if replace.wrong.is_empty() {
            entry.problem(ProblemKind::MissingField("pairs"));
            return None;
        }
        Some(replace)
    }

    fn extend(&mut self, entry: &mut Entry<'_>) {
        self.guard.extend(entry);
        self.add(entry);
    }

    fn rows(&self) -> usize {
        self.wrong.len()
    }

    fn wake(&self, wake: &mut Wake<'_>) {
        for (n, wrong) in self.wrong.iter().enumerate() {
            wake.on(wrong, n);
        }
    }

    fn at_block(&self, hits: &[Hit], block: usize, draft: &Draft<'_>, out: &mut Sink<'_>) {
        let guarded = self.guard.at(block);
        for hit in hits {
            let number = hit.tag as usize;
            let span = hit.original;
            if self.words.stands(number, span, self.guard.folding, draft)
                && let Some(candidate) = guarded.object((hit.span, span), draft, out)
            {
                candidate.value("right", self.right[number].join("」或「"));
                for right in &self.right[number] {
                    // Only a single right form can be put in unseen.
                    let safety = if self.right[number].len() == 1 { self.safety } else { Safety::Ask };
                    candidate.fix(Fix::replace(span, right, safety));
                }
            }
        }
    }
}

impl Replace {
    fn add(&mut self, entry: &mut Entry<'_>) {
        let mut rows = entry.rows("pairs");
        rows.extend(entry.table("pairs_file"));
        let wrong: Vec<Located<String>> = rows
            .iter()
            .map(|row| Located { value: row.value[0].clone(), place: row.place.clone() })
            .collect();
        refuse_twins(entry, &wrong, self.guard.folding);
        for row in rows {
            let (2 | 3, Some(right)) = (row.value.len(), row.value.get(1).filter(|cell| !cell.is_empty()))
            else {
                let message = "expected a wrong form, a right form and optional protecting words".to_owned();
                entry.problem_at(row.place, ProblemKind::Invalid(message));
                continue;
            };
            let wrong = Located { value: row.value[0].clone(), place: row.place.clone() };
            refuse_line_break(entry, &wrong);
            let right: Vec<String> = right.split('|').map(str::to_owned).collect();
            for word in
                row.value.get(2).into_iter().flat_map(|cell| cell.split('|')).filter(|w| !w.is_empty())
            {
                self.guard.protect(word);
            }
            self.refuse_dead(entry, &wrong, &right);
            self.wrong.push(wrong.value);
            self.right.push(right);
        }
        self.words = Words::new(self.wrong.iter().map(String::as_str), self.guard.folding);
    }

    /// Notes as problems a pair that changes nothing and one that its own protecting words veto.
    fn refuse_dead(&self, entry: &mut Entry<'_>, wrong: &Located<String>, right: &[String]) {
        if entry.is_proven() {
            return;
        }
        let folded = |text: &str| fold(text, self.guard.folding).text().to_owned();
        if right.iter().any(|right| folded(right) == folded(&wrong.value)) {
            let message =
                format!("`{}` and its right form are the same after folding; narrow `fold`", wrong.value);
            entry.problem_at(wrong.place.clone(), ProblemKind::Invalid(message));
        }
        if let Some(by) = self.guard.swallows(&wrong.value) {
            let kind = ProblemKind::DeadTerm { term: wrong.value.clone(), by: by.to_owned() };
            entry.problem_at(wrong.place.clone(), kind);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{fixed, flagged, flagged_with, messages, problems};

    #[test]
    fn straddled_words_are_protected() {
        let rule = r#"pairs = [["位与", "位于", "方位|单位|与房"]]"#;
        for (draft, expected) in [
            ("学校位与城东", vec!["位与"]),
            ("方位与房间", vec![]),
            ("各单位与个人", vec![]),
            ("位与房", vec![]),
        ] {
            assert_eq!(flagged("replace", rule, draft), expected, "{draft}");
        }
    }

    #[test]
    fn right_forms() {
        let rule = r#"pairs = [["布署", "部署"], ["帐户", "账户|户头"]]
        message = "「{found}」应为「{right}」""#;
        assert_eq!(fixed("replace", rule, "布署工作，开立帐户。"), "部署工作，开立账户。");
        assert_eq!(
            messages("replace", rule, &[], "布署工作，开立帐户。"),
            ["「布署」应为「部署」", "「帐户」应为「账户」或「户头」"]
        );
    }

    #[test]
    fn lists_in_files() {
        let rule = r#"pairs_file = "pairs.tsv""#;
        let files = [("pairs.tsv", "# wrong\tright\tprotect\n一愁莫展\t一筹莫展\n布署\t部署\t公布署名\n")];
        let found = flagged_with("replace", rule, &files, "一愁莫展，布署，公布署名。");
        assert_eq!(found, ["一愁莫展", "布署"]);
    }

    #[test]
    fn what_cannot_be_meant() {
        for (fields, expected) in [
            (
                r#"pairs = [["國家", "国家"]]"#,
                "`國家` and its right form are the same after folding; narrow `fold`",
            ),
            (r#"pairs = [["布署", "部署", "布"]]"#, "`布署` can never be flagged: `布` covers it"),
            (r#"pairs = [["布署"]]"#, "expected a wrong form, a right form and optional protecting words"),
            (r#"pairs_file = "none.tsv""#, "no file `none.tsv` beside this one"),
        ] {
            assert!(
                problems("replace", fields).contains(&expected.to_owned()),
                "{:?}",
                problems("replace", fields)
            );
        }
    }
}
