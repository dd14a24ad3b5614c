//! `required`: what a draft of its class must say and does not.

use crate::draft::fold::Folding;
use crate::draft::mask::Context;
use crate::draft::{Draft, Outline};
use crate::entry::{Entry, Located};
use crate::error::ProblemKind;
use crate::kinds::guard::{refuse_line_break, refuse_twins};
use crate::kinds::{Hit, Kind, Note, Sight, Sink, Wake};
use crate::span::Span;

/// Words one of which must stand in a draft, and the words that make it so.
#[derive(Clone, Debug)]
pub(crate) struct Required {
    any: Vec<String>,
    /// Empty: every draft must.
    when: Vec<String>,
}

/// The tag of each word of [`Required::any`].
const WANTED: usize = 0;

/// The tag of each word of [`Required::when`].
const OCCASION: usize = 1;

impl Kind for Required {
    const NAME: &'static str = "required";

    fn read(entry: &mut Entry<'_>) -> Option<Required> {
        let mut required = Required { any: Vec::new(), when: Vec::new() };
        required.extend(entry);
        if required.any.is_empty() {
            entry.problem(ProblemKind::MissingField("any"));
            return None;
        }
        Some(required)
    }

    fn extend(&mut self, entry: &mut Entry<'_>) {
        self.any.extend(words("any", entry));
        self.when.extend(words("when", entry));
    }

    fn wake(&self, wake: &mut Wake<'_>) {
        for (words, tag) in [(&self.any, WANTED), (&self.when, OCCASION)] {
            for word in words {
                wake.on(word, tag);
            }
        }
    }

    fn sight(&self) -> Sight {
        Sight::Draft
    }

    fn at_block(&self, hits: &[Hit], _block: usize, draft: &Draft<'_>, out: &mut Sink<'_>) {
        for hit in hits {
            let span = hit.original;
            if !draft.is_in(Context::Comment, span) {
                out.note(span, hit.tag);
            }
        }
    }

    fn at_draft(&self, notes: &[Note], draft: Outline<'_>, out: &mut Sink<'_>) {
        let stands = |tag: usize| notes.iter().any(|note| note.tag as usize == tag);
        let end = draft.text.trim_end().len();
        if end > 0 && !stands(WANTED) && (self.when.is_empty() || stands(OCCASION)) {
            // Where it could be added; text that is there is not what is wrong.
            out.report(Span::new(end, end));
        }
    }
}

fn words(field: &'static str, entry: &mut Entry<'_>) -> Vec<String> {
    let words = entry.texts(field);
    refuse_twins(entry, &words, Folding::FULL);
    for word in &words {
        refuse_line_break(entry, word);
    }
    words.into_iter().map(|Located { value, .. }| value).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{places, problems};

    #[test]
    fn missing() {
        const ANY: &str = "any = [\"来源：\", \"转自\"]";
        const WHEN: &str = "any = [\"审图号\"]\nwhen = [\"示意图\"]";
        for (fields, draft, expected) in [
            (ANY, "正文。\n第二段。\n", vec![(22, 22)]),
            (ANY, "正文。\n来源:某报", vec![]),
            (ANY, "转自某报。\n正文。", vec![]),
            (ANY, "正文<!-- 来源：某报 -->", vec![(30, 30)]),
            (ANY, " \n", vec![]),
            (ANY, "", vec![]),
            (WHEN, "正文。", vec![]),
            (WHEN, "示意图如下。", vec![(18, 18)]),
            (WHEN, "示意图（审图号：某号）", vec![]),
        ] {
            assert_eq!(places("required", fields, draft), expected, "{draft}");
        }
    }

    #[test]
    fn what_cannot_be_meant() {
        for (fields, expected) in [
            ("", "missing field `any`"),
            ("any = [\"甲\", \"甲\"]", "`甲` stands twice in the list (after folding)"),
        ] {
            assert_eq!(problems("required", fields), [expected], "{fields}");
        }
    }
}
