//! `numbering`: headings and items that count on, level by level: 一、（一）1.（1）.

use crate::draft::Outline;
use crate::draft::block::{Marker, MarkerStyle};
use crate::draft::numeral::numeral;
use crate::entry::Entry;
use crate::error::ProblemKind;
use crate::finding::{Fix, Safety};
use crate::kinds::{Kind, Note, Sight, Sink, Wake};
use crate::names::named;

named! {
    /// What can be wrong with a number.
    enum Fault {
        /// Numbers are left out.
        Gap = "gap",
        /// The number was there before, or a higher one.
        Repeated = "repeated",
        /// A level is left out.
        SkippedLevel = "skipped-level",
    }
}

/// The levels in order, and which faults this rule reports.
#[derive(Clone, Debug)]
pub(crate) struct Numbering {
    levels: Vec<MarkerStyle>,
    faults: Vec<Fault>,
}

impl Kind for Numbering {
    const NAME: &'static str = "numbering";
    const PLACEHOLDERS: &'static [&'static str] = &["expected", "previous"];

    fn read(entry: &mut Entry<'_>) -> Option<Numbering> {
        let faults = entry.names("faults", "fault").unwrap_or_else(|| Fault::ALL.to_vec());
        if !entry.has("levels") {
            entry.problem(ProblemKind::MissingField("levels"));
            return None;
        }
        let levels = entry.names("levels", "level").unwrap_or_default();
        if levels.windows(2).any(|pair| levels.iter().filter(|level| **level == pair[0]).count() > 1) {
            entry.invalid("levels", "a level stands twice");
        }
        Some(Numbering { levels, faults })
    }

    /// Looks at the markers of blocks, not at literals.
    fn wake(&self, _wake: &mut Wake<'_>) {}

    fn sight(&self) -> Sight {
        Sight::Draft
    }

    fn at_draft(&self, _notes: &[Note], draft: Outline<'_>, out: &mut Sink<'_>) {
        // The last number of each level that is open, outermost first.
        let mut open: Vec<(usize, Marker)> = Vec::new();
        for marker in draft.blocks.iter().filter_map(|block| block.marker) {
            let Some(level) = self.levels.iter().position(|style| *style == marker.style) else { continue };
            while open.last().is_some_and(|(own, _)| *own > level) {
                open.pop();
            }
            match open.last().copied() {
                Some((own, last)) if own == level => {
                    self.compare(last, marker, out);
                    open.pop();
                }
                Some((own, last)) if own + 1 < level => {
                    let expected = Marker { style: self.levels[own + 1], number: 1, ..marker };
                    self.report(Fault::SkippedLevel, last, marker, expected, out);
                }
                _ => {}
            }
            open.push((level, marker));
        }
    }
}

impl Numbering {
    /// Objects to a number that does not follow the last one of its level; 1 begins a new list.
    fn compare(&self, last: Marker, marker: Marker, out: &mut Sink<'_>) {
        let expected = Marker { number: last.number + 1, ..marker };
        if marker.number > expected.number {
            self.report(Fault::Gap, last, marker, expected, out);
        } else if marker.number < expected.number && marker.number != 1 {
            self.report(Fault::Repeated, last, marker, expected, out);
        }
    }

    fn report(&self, fault: Fault, last: Marker, marker: Marker, expected: Marker, out: &mut Sink<'_>) {
        if self.faults.contains(&fault) {
            let candidate = out.report(marker.span);
            candidate.value("expected", written(expected)).value("previous", written(last));
            candidate.fix(Fix::replace(marker.span, written(expected), Safety::Ask));
        }
    }
}

/// A marker as it is written.
fn written(marker: Marker) -> String {
    let number = marker.number;
    match marker.style {
        MarkerStyle::Han => format!("{}、", numeral(number)),
        MarkerStyle::HanBracket => format!("（{}）", numeral(number)),
        MarkerStyle::Arabic => format!("{number}."),
        MarkerStyle::ArabicBracket => format!("（{number}）"),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{fixed, flagged, messages, problems};

    const RULE: &str = r#"levels = ["一、", "（一）", "1.", "（1）"]"#;

    #[test]
    fn counting_on() {
        for (draft, expected) in [
            ("一、甲\n（一）乙\n（二）丙\n二、丁\n（一）戊", vec![]),
            ("一、甲\n三、乙", vec!["三、"]),
            ("一、甲\n二、乙\n二、丙", vec!["二、"]),
            ("1.甲\n2.乙\n正文\n1.丙\n2.丁", vec![]),
            ("（一）甲\n(二)乙\n（四）丙", vec!["（四）"]),
            ("二、摘录从第二部分起\n三、下一部分", vec![]),
            ("一、甲\n1.乙", vec!["1."]),
            ("一、甲\n（一）乙\n1.丙\n（二）丁\n1.戊\n二、己", vec![]),
            ("1.5万\n1.甲\n2.乙", vec![]),
        ] {
            assert_eq!(flagged("numbering", RULE, draft), expected, "{draft}");
        }
    }

    #[test]
    fn what_is_expected() {
        let rule = format!("{RULE}\nmessage = \"「{{previous}}」之后应为「{{expected}}」\"");
        let draft = "（十九）甲\n（二十一）乙";
        assert_eq!(messages("numbering", &rule, &[], draft), ["「（十九）」之后应为「（二十）」"]);
        assert_eq!(fixed("numbering", &rule, draft), "（十九）甲\n（二十）乙");
    }

    #[test]
    fn what_cannot_be_meant() {
        for (fields, expected) in [
            ("", "missing field `levels`"),
            (r#"levels = ["一、", "一、"]"#, "a level stands twice"),
            (
                r#"levels = ["一。"]"#,
                "unknown level `一。`, expected one of 一、, （一）, 1., （1）; did you mean `一、`?",
            ),
        ] {
            assert!(
                problems("numbering", fields).contains(&expected.to_owned()),
                "{:?}",
                problems("numbering", fields)
            );
        }
    }
}
