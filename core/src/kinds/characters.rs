//! `characters`: characters that plain Chinese text does without, by what makes them unusual.

use crate::draft::Draft;
use crate::draft::fold::{narrow, standard_form};
use crate::draft::mask::Context;
use crate::draft::unusual::{Place, Unusual};
use crate::entry::Entry;
use crate::error::ProblemKind;
use crate::finding::{Fix, Safety};
use crate::kinds::{Kind, Note, Sight, Sink, Wake};
use crate::span::Span;

/// Which unusual characters are objected to.
#[derive(Clone, Debug)]
pub(crate) struct Characters {
    classes: Vec<Unusual>,
    /// Only these, where any are named.
    only: Vec<char>,
    /// None of these.
    except: Vec<char>,
    /// Only blocks with no more of them than this.
    at_most: Option<usize>,
    outside: Vec<Context>,
}

impl Kind for Characters {
    const NAME: &'static str = "characters";
    const PLACEHOLDERS: &'static [&'static str] = &["right", "code"];

    fn read(entry: &mut Entry<'_>) -> Option<Characters> {
        if !entry.has("classes") {
            entry.problem(ProblemKind::MissingField("classes"));
        }
        let classes = entry.names("classes", "class of characters");
        let only = entry.text("only").unwrap_or_default().chars().collect();
        let except = entry.text("except").unwrap_or_default().chars().collect();
        let at_most = entry.count("at_most");
        let outside = entry.names("outside", "context").unwrap_or_else(|| Context::NO_WORDS.to_vec());
        Some(Characters { classes: classes?, only, except, at_most, outside })
    }

    fn extend(&mut self, entry: &mut Entry<'_>) {
        self.except.extend(entry.text("except").unwrap_or_default().chars());
    }

    /// Looks at the unusual characters of the draft, not at literals.
    fn wake(&self, _wake: &mut Wake<'_>) {}

    fn sight(&self) -> Sight {
        Sight::Lines
    }

    fn at_lines(&self, _notes: &[Note], draft: &Draft<'_>, out: &mut Sink<'_>) {
        let mut rest = draft.unusual();
        while let Some(first) = rest.first() {
            let len = if self.objects(first) { self.run(rest) } else { 0 };
            let Some(last) = rest[..len].last() else {
                rest = &rest[1..];
                continue;
            };
            let span = Span::new(first.at, last.at + last.char.len_utf8());
            if self.is_rare(span, draft) && !self.outside.iter().any(|context| draft.is_in(*context, span)) {
                report(&rest[..len], span, out);
            }
            rest = &rest[len..];
        }
    }
}

impl Characters {
    fn objects(&self, place: &Place) -> bool {
        self.classes.contains(&place.why)
            && (self.only.is_empty() || self.only.contains(&place.char))
            && !self.except.contains(&place.char)
    }

    /// Whether the block there has no more of such characters than the rule allows for.
    fn is_rare(&self, at: Span, draft: &Draft<'_>) -> bool {
        let Some(most) = self.at_most else { return true };
        // A blank line is no block; what stands there is looked at by itself.
        let Some(block) = draft.blocks().get(draft.block_at(at.start)).map(|block| block.span) else {
            return true;
        };
        if !block.covers(at) {
            return true;
        }
        let places = draft.unusual();
        let first = places.partition_point(|place| place.at < block.start);
        let inside = places[first..].iter().take_while(|place| place.at < block.end);
        inside.filter(|place| self.objects(place)).count() <= most
    }

    /// How many of `places` stand side by side and are objected to alike.
    fn run(&self, places: &[Place]) -> usize {
        let joins =
            |pair: &[Place]| pair[0].at + pair[0].char.len_utf8() == pair[1].at && pair[0].why == pair[1].why;
        1 + places.windows(2).take_while(|pair| joins(pair) && self.objects(&pair[1])).count()
    }
}

fn report(run: &[Place], span: Span, out: &mut Sink<'_>) {
    let right: Option<String> = run.iter().map(plain).collect();
    let code = format!("U+{:04X}", u32::from(run[0].char));
    let candidate = out.report(span);
    candidate.value("code", code).value("right", right.clone().unwrap_or_default());
    if let Some(right) = right {
        candidate.fix(Fix::replace(span, right, Safety::Ask));
    }
}

/// What plain text has in the place of an unusual character, where that is known.
fn plain(place: &Place) -> Option<String> {
    let replaced = |char: char| (char != place.char).then(|| char.to_string());
    match place.why {
        Unusual::Control | Unusual::Invisible | Unusual::Direction | Unusual::BlankBeforeMark => {
            Some(String::new())
        }
        Unusual::WideDigit | Unusual::WideLetter => replaced(narrow(place.char)),
        Unusual::Traditional | Unusual::Compatibility => replaced(standard_form(place.char)),
        Unusual::NarrowMark if place.char == '.' => Some("。".to_owned()),
        Unusual::NarrowMark => replaced(char::from_u32(place.char as u32 + 0xfee0)?),
        Unusual::MarkAtStart | Unusual::PrivateUse | Unusual::LookAlike | Unusual::Unlisted => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{fixed, flagged, messages, problems};

    #[test]
    fn runs_of_a_class() {
        let rule = r#"classes = ["traditional", "wide-digit"]
        except = "麼""#;
        for (draft, expected, right) in [
            ("國務院１２号", vec!["國務", "１２"], "国务院12号"),
            ("什麼", vec![], "什麼"),
            ("<!-- 國 -->", vec![], "<!-- 國 -->"),
        ] {
            assert_eq!(flagged("characters", rule, draft), expected, "{draft}");
            assert_eq!(fixed("characters", rule, draft), right, "{draft}");
        }
    }

    #[test]
    fn only_some_of_a_class() {
        let rule = r#"classes = ["narrow-mark"]
        only = ",."
        message = "{found} {right} {code}""#;
        assert_eq!(messages("characters", rule, &[], "甲,乙;丙."), [", ， U+002C", ". 。 U+002E"]);
    }

    #[test]
    fn few_in_a_block() {
        let rule = r#"classes = ["traditional", "wide-digit"]
        except = "麼"
        at_most = 2"#;
        for (draft, expected) in [
            ("召开发布會", vec!["會"]),
            ("發布會", vec!["發", "會"]),
            ("什麼發布會", vec!["發", "會"]),
            ("新聞發布會\n召开发布會", vec!["會"]),
            ("新聞發布會１", vec![]),
        ] {
            assert_eq!(flagged("characters", rule, draft), expected, "{draft}");
        }
    }

    #[test]
    fn what_shows_nothing_is_deleted() {
        let rule = r#"classes = ["invisible", "control"]"#;
        assert_eq!(fixed("characters", rule, "审\u{200b}核\u{8}通过"), "审核通过");
    }

    #[test]
    fn what_cannot_be_meant() {
        assert_eq!(problems("characters", "only = ','"), ["missing field `classes`"]);
    }
}
