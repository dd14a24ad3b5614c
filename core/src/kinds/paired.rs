//! `paired`: brackets and quotation marks that must close, in the order they opened.

use crate::draft::{Draft, Outline};
use crate::entry::Entry;
use crate::error::ProblemKind;
use crate::kinds::{Hit, Kind, Note, Sight, Sink, Wake};
use crate::names::named;
use crate::span::Span;

named! {
    /// What can be wrong with a mark.
    enum Fault {
        /// It opens and nothing closes it.
        Unclosed = "unclosed",
        /// It closes and nothing opened it.
        Unopened = "unopened",
        /// It closes after what it opened in has closed.
        Crossed = "crossed",
        /// It opens inside its own kind.
        Nested = "nested",
        /// It closes in another width than it opened.
        MixedWidth = "mixed-width",
    }
}

/// Pairs of marks, and which faults this rule reports.
#[derive(Clone, Debug)]
pub(crate) struct Paired {
    pairs: Vec<[String; 2]>,
    /// For each pair whether it may close in a later block: a quotation of several paragraphs, a wrapped line.
    carried: Vec<bool>,
    faults: Vec<Fault>,
}

/// A mark of the draft.
#[derive(Clone, Copy, Debug)]
struct Mark {
    pair: usize,
    opens: bool,
    /// What it stands in closed before it.
    crossed: bool,
    /// One of its own kind that opened and closed inside it.
    nests: Option<Span>,
    /// Its place in the original text.
    span: Span,
}

impl Mark {
    fn new(tag: u32, span: Span) -> Mark {
        Mark { pair: tag as usize / 2, opens: tag.is_multiple_of(2), crossed: false, nests: None, span }
    }
}

impl Kind for Paired {
    const NAME: &'static str = "paired";
    const PLACEHOLDERS: &'static [&'static str] = &["partner"];

    fn read(entry: &mut Entry<'_>) -> Option<Paired> {
        let carry = entry.words("carry");
        let faults = entry.names("faults", "fault").unwrap_or_else(|| Fault::ALL.to_vec());
        let mut pairs = Vec::new();
        for row in entry.rows("pairs") {
            if let Ok(pair) = <[String; 2]>::try_from(row.value) {
                pairs.push(pair);
            } else {
                let message = "expected an opening and a closing mark".to_owned();
                entry.problem_at(row.place, ProblemKind::Invalid(message));
            }
        }
        if pairs.is_empty() {
            entry.problem(ProblemKind::MissingField("pairs"));
            return None;
        }
        if let Some(stray) = carry.iter().find(|mark| !pairs.iter().any(|[open, _]| open == *mark)) {
            entry.invalid("carry", format!("`{stray}` opens none of the pairs"));
        }
        let carried = pairs.iter().map(|[open, _]| carry.contains(open)).collect();
        Some(Paired { pairs, carried, faults })
    }

    fn wake(&self, wake: &mut Wake<'_>) {
        for (n, [open, close]) in self.pairs.iter().enumerate() {
            wake.on(open, 2 * n);
            wake.on(close, 2 * n + 1);
        }
    }

    fn sight(&self) -> Sight {
        Sight::Draft
    }

    fn at_block(&self, hits: &[Hit], block: usize, draft: &Draft<'_>, out: &mut Sink<'_>) {
        // What lies deeper than this stays open; it keeps the search from growing faster than the text.
        const DEPTH: usize = 16;
        let mut open: Vec<Mark> = Vec::new();
        let mut hits = hits.iter().peekable();
        while let Some(hit) = hits.next() {
            let mark = Mark::new(hit.tag, hit.original);
            if mark.opens {
                // Most close what they have opened before anything else opens.
                match hits.next_if(|next| open.is_empty() && next.tag == hit.tag + 1) {
                    Some(next) => {
                        self.close(mark, Mark::new(next.tag, next.original), block, draft, out);
                    }
                    None => open.push(mark),
                }
                continue;
            }
            let Some(depth) = open.iter().rev().take(DEPTH).position(|opening| opening.pair == mark.pair)
            else {
                self.leave_unopened(mark, block, draft, out);
                continue;
            };
            let at = open.len() - 1 - depth;
            for inner in &mut open[at + 1..] {
                inner.crossed = true;
            }
            let opening = open.remove(at);
            let outer = open.iter_mut().rev().take(DEPTH).find(|outer| outer.pair == mark.pair);
            // What never closes only looks as if it held the rest.
            if let Some(outer) = outer {
                outer.nests.get_or_insert(opening.span);
            }
            self.close(opening, mark, block, draft, out);
        }
        for mark in open {
            self.leave(mark, out);
        }
    }

    fn at_draft(&self, notes: &[Note], draft: Outline<'_>, out: &mut Sink<'_>) {
        // A mark that closes so many blocks later is another's partner.
        const REACH: usize = 40;
        if notes.is_empty() {
            return;
        }
        // What is open of each pair, the latest last.
        let mut open: Vec<Vec<(usize, Mark)>> = vec![Vec::new(); self.pairs.len()];
        for note in notes {
            let mark = Mark::new(note.tag, note.span);
            let own = &mut open[mark.pair];
            if mark.opens {
                own.push((note.block, mark));
            } else if own.last().is_some_and(|(block, _)| note.block - block <= REACH) {
                // GB/T 15834: a quotation of several paragraphs opens each of them anew and closes once.
                while let Some(later) = own.pop()
                    && own.last().is_some_and(|earlier| reopens(&later, earlier, draft))
                {}
            } else {
                self.report(Fault::Unopened, mark, out);
            }
        }
        for (_, mark) in open.into_iter().flatten() {
            self.report(Fault::Unclosed, mark, out);
        }
    }
}

impl Paired {
    /// Looks at two marks of a block that belong together.
    fn close(&self, opening: Mark, closing: Mark, block: usize, draft: &Draft<'_>, out: &mut Sink<'_>) {
        let is_wide = |mark: Mark| !draft.text()[mark.span].is_ascii();
        if self.faults.contains(&Fault::MixedWidth) && is_wide(opening) != is_wide(closing) {
            self.report(Fault::MixedWidth, closing, out);
        }
        if let Some(inner) = opening.nests {
            self.report(Fault::Nested, Mark { span: inner, ..opening }, out);
        }
        if opening.crossed {
            self.report(Fault::Crossed, closing, out);
        } else if self.carried[closing.pair] && begins(opening, block, draft) {
            // It may open anew what an earlier block left open.
            self.leave(opening, out);
            self.leave(closing, out);
        }
    }

    /// Leaves a mark that nothing in its block opens, where it may not stand so.
    fn leave_unopened(&self, mark: Mark, block: usize, draft: &Draft<'_>, out: &mut Sink<'_>) {
        let text = draft.text();
        // A draft that begins so is a piece of a longer text.
        let may_stand = mark.span.start == 0
            || is_enumeration(text, draft.blocks()[block].span, mark.span)
            || is_apostrophe(text, mark.span);
        if !may_stand {
            self.leave(mark, out);
        }
    }

    /// Reports a mark without partner in its block, or leaves it for the blocks that follow.
    fn leave(&self, mark: Mark, out: &mut Sink<'_>) {
        if self.carried[mark.pair] {
            let tag = 2 * mark.pair + usize::from(!mark.opens);
            out.note(mark.span, u32::try_from(tag).expect("few pairs"));
        } else {
            self.report(if mark.opens { Fault::Unclosed } else { Fault::Unopened }, mark, out);
        }
    }

    fn report(&self, fault: Fault, mark: Mark, out: &mut Sink<'_>) {
        if self.faults.contains(&fault) {
            out.report(mark.span).value("partner", self.pairs[mark.pair][usize::from(mark.opens)].as_str());
        }
    }
}

/// Whether a mark is the first of its block.
fn begins(mark: Mark, block: usize, draft: &Draft<'_>) -> bool {
    let before = Span::new(draft.blocks()[block].span.start, mark.span.start);
    draft.text()[before].trim_start().is_empty()
}

/// Whether a quotation left open in one paragraph is opened anew at the start of the next.
fn reopens(later: &(usize, Mark), earlier: &(usize, Mark), draft: Outline<'_>) -> bool {
    later.0 == earlier.0 + 1 && later.1.span.start == content_start(draft.blocks[later.0].span, draft.text)
}

/// Where a line begins behind its blanks.
fn content_start(line: Span, text: &str) -> usize {
    line.end - text[line].trim_start().len()
}

/// Whether a closing mark belongs to a number that has no opening one: 1）, 一), a).
fn is_enumeration(text: &str, line: Span, mark: Span) -> bool {
    const LONGEST: usize = 3;
    let is_number = |c: &char| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(*c);
    let before = &text[line.start..mark.start];
    let number = before.chars().rev().take(LONGEST + 1).take_while(is_number).count();
    let outside = before.chars().rev().nth(number);
    (1..=LONGEST).contains(&number) && outside.is_none_or(|c| !c.is_alphanumeric())
}

/// Whether a closing single quotation mark is an apostrophe: it’s, 1990’s.
fn is_apostrophe(text: &str, mark: Span) -> bool {
    &text[mark] == "’" && text[..mark.start].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use crate::testing::{flagged, messages, problems};

    const RULE: &str = r#"pairs = [["（", "）"], ["《", "》"], ["“", "”"], ["‘", "’"]]
    carry = ["“"]"#;

    /// The faults of marks without partner.
    fn broken() -> String {
        format!("{RULE}\nfaults = [\"unclosed\", \"unopened\", \"crossed\"]")
    }

    #[test]
    fn within_a_paragraph() {
        for (draft, expected) in [
            ("《通知》（试行）", vec![]),
            ("《通知（试行》", vec!["（"]),
            ("通知）", vec!["）"]),
            ("（试行)的《办法", vec!["《"]),
            ("《通知（试行》）", vec!["）"]),
            ("1）按时报送；2)据实填写；a）另议", vec![]),
            ("it’s 1990’s", vec![]),
            ("甲））", vec!["）", "）"]),
            ("”他说。”", vec!["”"]),
        ] {
            assert_eq!(flagged("paired", &broken(), draft), expected, "{draft}");
        }
    }

    #[test]
    fn over_paragraphs() {
        for (draft, expected) in [
            ("他说：“第一段。\n“第二段。”", vec![]),
            ("“第一段。\n“第二段。\n“第三段。”", vec![]),
            ("“第一段。\n没有再开的第二段。”", vec![]),
            ("“第一段。\n第二段。", vec!["“"]),
            ("第一段。”\n“第二段。", vec!["”", "“"]),
            ("（第一段\n第二段）", vec!["（", "）"]),
            ("\u{3000}“第一段\n\u{3000}“第二段。”", vec![]),
            ("“第一段“\n第二段“。”", vec!["“", "“"]),
            ("“第一段‘\n“第二段。”", vec!["‘"]),
        ] {
            assert_eq!(flagged("paired", &broken(), draft), expected, "{draft}");
        }
    }

    #[test]
    fn nested_and_of_mixed_width() {
        for (faults, draft, expected) in [
            ("nested", "《关于《条例》的通知》《办法》", vec!["《"]),
            ("nested", "《关于《条例》的通知", vec![]),
            ("nested", "“甲‘乙’“丙”丁”", vec!["“"]),
            ("mixed-width", "（试行)、(试行）、（试行）、(a)", vec![")", "）"]),
        ] {
            let rule = format!("{RULE}\nfaults = [{faults:?}]");
            assert_eq!(flagged("paired", &rule, draft), expected, "{draft}");
        }
    }

    #[test]
    fn faults_and_partners() {
        let rule = r#"pairs = [["（", "）"]]
        faults = ["unclosed"]
        message = "「{found}」缺「{partner}」""#;
        assert_eq!(messages("paired", rule, &[], "甲）乙（丙"), ["「（」缺「）」"]);
    }

    #[test]
    fn what_cannot_be_meant() {
        for (fields, expected) in [
            (r#"pairs = [["（"]]"#, "expected an opening and a closing mark"),
            (
                r#"pairs = [["（", "）"]]
             carry = ["“"]"#,
                "`“` opens none of the pairs",
            ),
            (
                r#"pairs = [["（", "）"]]
             faults = ["unclose"]"#,
                "unknown fault `unclose`, expected one of unclosed, unopened, crossed, nested, mixed-width; did you mean `unclosed`?",
            ),
        ] {
            assert!(
                problems("paired", fields).contains(&expected.to_owned()),
                "{:?}",
                problems("paired", fields)
            );
        }
    }
}
