//! `abbreviation`: short forms as a draft announces them: 《某条例》（以下简称《条例》）.

use std::collections::HashSet;

use memchr::memmem;

use crate::draft::{Draft, Outline};
use crate::entry::Entry;
use crate::kinds::{Hit, Kind, Note, Sight, Sink, Wake};
use crate::names::named;
use crate::span::Span;

named! {
    /// What can be wrong with a short form.
    enum Fault {
        /// It stands before the place that announces it.
        UsedBefore = "used-before",
        /// It is announced again.
        AnnouncedTwice = "announced-twice",
        /// It is announced and then not used.
        Unused = "unused",
    }
}

/// Which faults this rule reports.
#[derive(Clone, Debug)]
pub(crate) struct Abbreviation {
    faults: Vec<Fault>,
}

/// A short form, as the brackets that announce it have it.
#[derive(Clone, Copy, Debug)]
struct Short<'t> {
    /// With its marks.
    written: &'t str,
    bare: &'t str,
    /// Where it stands in the brackets.
    span: Span,
}

impl Kind for Abbreviation {
    const NAME: &'static str = "abbreviation";

    fn read(entry: &mut Entry<'_>) -> Option<Abbreviation> {
        Some(Abbreviation { faults: entry.names("faults", "fault").unwrap_or_else(|| Fault::ALL.to_vec()) })
    }

    fn wake(&self, wake: &mut Wake<'_>) {
        wake.on("简称", 0);
    }

    fn sight(&self) -> Sight {
        Sight::Draft
    }

    fn at_block(&self, hits: &[Hit], _block: usize, draft: &Draft<'_>, out: &mut Sink<'_>) {
        for hit in hits {
            if let Some(short) = Short::announced(hit.original, draft.text()) {
                out.note(short.span, 0);
            }
        }
    }

    fn at_draft(&self, notes: &[Note], draft: Outline<'_>, out: &mut Sink<'_>) {
        // No draft has more; the bound keeps a text of short forms alone from costing more than its length.
        const MOST: usize = 100;
        let mut announced = HashSet::new();
        for short in notes.iter().map(|note| Short::of(note.span, draft.text)) {
            let (before, after) = (&draft.text[..short.span.start], &draft.text[short.span.end..]);
            let is_first = announced.insert(short.bare);
            if !is_first {
                self.report(Fault::AnnouncedTwice, short.span, out);
            }
            if announced.len() > MOST {
                continue;
            }
            if is_first && let Some(at) = short.first_in(before, draft) {
                self.report(Fault::UsedBefore, Span::new(at, at + short.written.len()), out);
            }
            if memmem::find(after.as_bytes(), short.bare.as_bytes()).is_none() {
                self.report(Fault::Unused, short.span, out);
            }
        }
    }
}

impl Abbreviation {
    fn report(&self, fault: Fault, span: Span, out: &mut Sink<'_>) {
        if self.faults.contains(&fault) {
            out.report(span);
        }
    }
}

impl<'t> Short<'t> {
    /// The short form that the brackets around the word 简称 at `name` announce.
    fn announced(name: Span, text: &'t str) -> Option<Short<'t>> {
        const LONGEST: usize = 60;
        let before = text[..name.start].trim_end_matches(['统', '均', '合']);
        let before = before.strip_suffix("以下").or_else(|| before.strip_suffix('下'))?;
        before.strip_suffix(['（', '('])?;
        let rest = &text[name.end..text.ceil_char_boundary((name.end + LONGEST).min(text.len()))];
        let form = rest.trim_start_matches(['为', '：', ':', ' ']);
        let end = form.find(['）', ')', '\n', '，', '、', '；', '或'])?;
        form[end..].starts_with(['）', ')']).then_some(())?;
        let start = name.end + rest.len() - form.len();
        let short = Short::of(Span::new(start, start + end), text);
        (!short.bare.trim().is_empty()).then_some(short)
    }

    /// The short form that stands there.
    fn of(span: Span, text: &'t str) -> Short<'t> {
        const MARKS: [(char, char); 3] = [('《', '》'), ('“', '”'), ('「', '」')];
        let written = &text[span];
        let unmarked = |(open, close)| written.strip_prefix(open)?.strip_suffix(close);
        Short { written, bare: MARKS.into_iter().find_map(unmarked).unwrap_or(written), span }
    }

    /// Where it first stands in `before`, in a line with a full stop: headings may use it. Without marks a word may
    /// mean other things.
    fn first_in(self, before: &str, draft: Outline<'_>) -> Option<usize> {
        if self.bare == self.written {
            return None;
        }
        let mut from = 0;
        while let Some(at) = memmem::find(&before.as_bytes()[from..], self.written.as_bytes()) {
            let block = draft.blocks[draft.block_at(from + at)].span;
            if draft.text[block].contains('。') {
                return Some(from + at);
            }
            from = block.end.min(before.len());
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::flagged;

    #[test]
    fn faults() {
        for (fault, draft, expected) in [
            ("used-before", "标题\n按照《条例》办理。\n《某条例》（以下简称《条例》）", vec!["《条例》"]),
            ("used-before", "标题\n“两会”召开。某会和某会（以下简称“两会”）", vec!["“两会”"]),
            ("used-before", "标题\n市局开会。市公安局（以下简称市局）", vec![]),
            ("used-before", "学习《条例》\n《某条例》（以下简称《条例》）", vec![]),
            ("used-before", "标题\n学习《条例》\n《某条例》（以下简称《条例》）", vec![]),
            ("used-before", "标题\n《甲条例》《某条例》（以下简称《条例》）施行。《条例》", vec![]),
            (
                "announced-twice",
                "《甲条例》（以下简称《条例》）和《乙条例》(以下统简称：《条例》)",
                vec!["《条例》"],
            ),
            ("announced-twice", "《甲条例》（以下简称《条例》）和《乙办法》（以下简称《办法》）", vec![]),
            ("unused", "《甲条例》（以下简称《条例》）施行。", vec!["《条例》"]),
            ("unused", "市公安局（以下简称市局）开会。市局要求", vec![]),
            ("unused", "《甲条例》（以下简称《条例》或者“条例”）施行。", vec![]),
            ("unused", "《甲条例》（以下简称）施行。简称《条例》）", vec![]),
        ] {
            assert_eq!(
                flagged("abbreviation", &format!("faults = [\"{fault}\"]"), draft),
                expected,
                "{draft}"
            );
        }
    }
}
