//! `consistent`: forms of a word, each right by itself, of which a draft uses one.

use std::cmp::Reverse;
use std::ops::Range;

use crate::draft::fold::Folding;
use crate::draft::mask::Context;
use crate::draft::{Draft, Outline};
use crate::entry::{Entry, Located};
use crate::error::ProblemKind;
use crate::finding::{Fix, Safety};
use crate::kinds::guard::{Guard, Words, refuse_line_break, refuse_twins};
use crate::kinds::{Hit, Kind, Note, Sight, Sink, Wake};

/// Groups of forms that should not meet in one draft.
#[derive(Clone, Debug)]
pub(crate) struct Consistent {
    /// The forms of every group side by side, the preferred one of each first.
    forms: Vec<String>,
    /// Where in `forms` each group stands.
    groups: Vec<Range<usize>>,
    words: Words,
    guard: Guard,
}

impl Kind for Consistent {
    const NAME: &'static str = "consistent";
    const PLACEHOLDERS: &'static [&'static str] = &["other", "count"];

    fn read(entry: &mut Entry<'_>) -> Option<Consistent> {
        // A title or quotation keeps the form of its source.
        const OUTSIDE: [Context; 5] =
            [Context::Url, Context::Email, Context::Comment, Context::Title, Context::Quote];
        let guard = Guard::read(entry, Folding::WORDS, &OUTSIDE);
        let mut consistent =
            Consistent { forms: Vec::new(), groups: Vec::new(), words: Words::default(), guard };
        consistent.add(entry);
        if consistent.groups.is_empty() {
            entry.problem(ProblemKind::MissingField("groups"));
            return None;
        }
        Some(consistent)
    }

    fn extend(&mut self, entry: &mut Entry<'_>) {
        self.guard.extend(entry);
        self.add(entry);
    }

    fn rows(&self) -> usize {
        self.groups.len()
    }

    fn wake(&self, wake: &mut Wake<'_>) {
        for (n, form) in self.forms.iter().enumerate() {
            wake.on(form, n);
        }
    }

    fn sight(&self) -> Sight {
        Sight::Draft
    }

    fn at_block(&self, hits: &[Hit], block: usize, draft: &Draft<'_>, out: &mut Sink<'_>) {
        let guarded = self.guard.at(block);
        for hit in hits {
            let span = hit.original;
            if self.words.stands(hit.tag as usize, span, self.guard.folding, draft)
                && guarded.allows((hit.span, span), draft)
            {
                out.note(span, hit.tag);
            }
        }
    }

    fn at_draft(&self, notes: &[Note], _draft: Outline<'_>, out: &mut Sink<'_>) {
        let mut counts = vec![0_usize; self.forms.len()];
        for note in notes {
            counts[note.tag as usize] += 1;
        }
        for note in notes {
            let own = note.tag as usize;
            let main = self.main_form(own, &counts);
            if main != own {
                let candidate = out.report(note.span);
                candidate.value("other", self.forms[main].as_str()).value("count", counts[main].to_string());
                candidate.fix(Fix::replace(note.span, self.forms[main].as_str(), Safety::Ask));
            }
        }
    }
}

impl Consistent {
    /// The form of the group of `form` that stands most often; of those alike the preferred one.
    fn main_form(&self, form: usize, counts: &[usize]) -> usize {
        let at = self.groups.partition_point(|group| group.end <= form);
        self.groups[at].clone().max_by_key(|own| (counts[*own], Reverse(*own))).unwrap_or(form)
    }

    fn add(&mut self, entry: &mut Entry<'_>) {
        let mut rows = entry.rows("groups");
        rows.extend(entry.table("groups_file"));
        let mut all: Vec<Located<String>> = Vec::new();
        for row in rows {
            let forms: Vec<&str> = row.value[0].split('|').filter(|form| !form.is_empty()).collect();
            if forms.len() < 2 || row.value.len() > 2 {
                let message = "expected two forms or more, parted by `|`, and optional protecting words";
                entry.problem_at(row.place, ProblemKind::Invalid(message.to_owned()));
                continue;
            }
            for word in
                row.value.get(1).into_iter().flat_map(|cell| cell.split('|')).filter(|w| !w.is_empty())
            {
                self.guard.protect(word);
            }
            let start = self.forms.len();
            for form in &forms {
                let form = Located { value: (*form).to_owned(), place: row.place.clone() };
                refuse_line_break(entry, &form);
                refuse_part(entry, &form, &forms);
                self.forms.push(form.value.clone());
                all.push(form);
            }
            self.groups.push(start..self.forms.len());
        }
        refuse_twins(entry, &all, self.guard.folding);
        self.refuse_dead(entry, &all);
        self.words = Words::new(self.forms.iter().map(String::as_str), self.guard.folding);
    }

    /// Notes as problems the forms that an exception vetoes wherever they stand.
    fn refuse_dead(&self, entry: &mut Entry<'_>, forms: &[Located<String>]) {
        for form in forms {
            if let Some(by) = self.guard.swallows(&form.value) {
                let kind = ProblemKind::DeadTerm { term: form.value.clone(), by: by.to_owned() };
                entry.problem_at(form.place.clone(), kind);
            }
        }
    }
}

/// Notes as a problem a form of which another of its group is part: each would count for both.
fn refuse_part(entry: &mut Entry<'_>, form: &Located<String>, forms: &[&str]) {
    if let Some(part) = forms.iter().find(|other| **other != form.value && form.value.contains(**other)) {
        let message = format!("`{}` contains the form `{part}`", form.value);
        entry.problem_at(form.place.clone(), ProblemKind::Invalid(message));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{fixed, flagged, flagged_with, messages, places, problems};

    const RULE: &str = r#"groups = ["其他|其它", ["看作|看做|当作", "看作品"]]"#;

    #[test]
    fn the_rarer_form_is_flagged() {
        for (draft, expected) in [
            ("其他单位和其他个人，其它除外。", vec!["其它"]),
            ("其它单位\n其它个人\n其他除外", vec!["其他"]),
            ("其它单位和其它个人", vec![]),
            ("其他单位和其它个人", vec!["其它"]),
            ("其它、其它、看作、看做、看做、当作", vec!["看作", "当作"]),
            ("", vec![]),
        ] {
            assert_eq!(flagged("consistent", RULE, draft), expected, "{draft}");
        }
    }

    #[test]
    fn every_occurrence_at_its_place() {
        assert_eq!(places("consistent", RULE, "其它其他其他其它其他"), [(0, 6), (18, 24)]);
    }

    #[test]
    fn what_does_not_count() {
        for draft in
            ["其他单位和《其它办法》", "其他单位和“其它个人”", "其他单位<!-- 其它 -->", "看作品，看做好"]
        {
            assert_eq!(flagged("consistent", RULE, draft), [""; 0], "{draft}");
        }
        let rule = format!("{RULE}\noutside = []\nunless = [\"其它们\"]");
        assert_eq!(flagged("consistent", &rule, "其他，《其它》，其它们"), ["其它"]);
    }

    #[test]
    fn a_file_of_groups() {
        let files = [("forms.tsv", "# forms\n公里|千米\t三千\n其他|其它\n")];
        let draft = "跑了五公里、三千米，又跑了2千米";
        assert_eq!(flagged_with("consistent", "groups_file = \"forms.tsv\"", &files, draft), ["千米"]);
    }

    #[test]
    fn the_other_form_and_its_count() {
        let rule = format!("{RULE}\nmessage = \"{{found}}：{{other}}{{count}}处\"");
        let draft = "其它一，其它二，其他三";
        assert_eq!(messages("consistent", &rule, &[], draft), ["其他：其它2处"]);
        assert_eq!(fixed("consistent", &rule, draft), "其它一，其它二，其它三");
    }

    #[test]
    fn what_cannot_be_meant() {
        for (fields, expected) in [
            ("", "missing field `groups`"),
            (
                r#"groups = ["其他"]"#,
                "expected two forms or more, parted by `|`, and optional protecting words",
            ),
            (r#"groups = ["平米|平方米", "米|平米"]"#, "`平米` contains the form `米`"),
            (
                r#"groups = ["其他|其它", ["看作|看做", "其它"]]"#,
                "`其它` can never be flagged: `其它` covers it",
            ),
            (r#"groups = ["其他|其它", "其它|别的"]"#, "`其它` stands twice in the list (after folding)"),
        ] {
            assert!(
                problems("consistent", fields).contains(&expected.to_owned()),
                "{:?}",
                problems("consistent", fields)
            );
        }
    }
}
