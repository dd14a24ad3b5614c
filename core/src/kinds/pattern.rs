//! `pattern`: a regular expression, woken by the literals that its matches must hold.

use std::sync::OnceLock;

use regex_syntax::hir::{Hir, HirKind, Look};

use crate::draft::Draft;
use crate::draft::fold::{Folding, View, fold};
use crate::draft::mask::Context;
use crate::entry::Entry;
use crate::finding::{Fix, Safety};
use crate::kinds::expression::{self, Expression, Groups};
use crate::kinds::glance::Glance;
use crate::kinds::guard::{Guard, Guarded};
use crate::kinds::validate::Validator;
use crate::kinds::{Candidate, Hit, Kind, Note, Sight, Sink, Wake, wake};
use crate::span::Span;

/// A regular expression that runs on the blocks where one of its literals stands.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    expression: Expression,
    /// Whether it runs on every block, for want of literals.
    scan: bool,
    /// One of which every match holds; told when it is first asked.
    literals: OnceLock<Vec<String>>,
    /// Tells most hits that stand in no match.
    glance: Option<Glance>,
    /// The bytes of the longest match, where there is a bound.
    longest: Option<usize>,
    /// Whether it asks where the text ends.
    asks_for_end: bool,
    validator: Option<Validator>,
    suggest: Vec<String>,
    safety: Safety,
    guard: Guard,
}

impl Kind for Pattern {
    const NAME: &'static str = "pattern";
    const PLACEHOLDERS: &'static [&'static str] = &["right"];

    fn read(entry: &mut Entry<'_>) -> Option<Pattern> {
        let guard = Guard::read(entry, Folding::EXACT, &Context::NO_WORDS);
        let validator = entry.name("validator", "validator");
        let suggest = entry.words("suggest");
        let safety = entry.name("safety", "safety").unwrap_or(Safety::Ask);
        let scan = entry.flag("scan");
        let pattern = entry.required_text("pattern")?;
        let hir = parse(&pattern, entry)?;
        let expression = Expression::new(pattern, &hir);
        let literals = OnceLock::new();
        // What is known to be right need not wait for what is dear to make and may never be asked for.
        if !entry.is_proven() {
            if let Err(error) = expression.check() {
                entry.invalid("pattern", error);
                return None;
            }
            let required = wake::required(&hir);
            if required.is_none() && !scan {
                entry.invalid(
                    "pattern",
                    "no literal that every match must hold, so it would run over the whole text; \
                     add one, or say `scan = true`",
                );
            }
            if required.is_some() && scan {
                entry.invalid("scan", "`scan = true` is not needed: the expression has literals to wake it");
            }
            literals.get_or_init(|| required.unwrap_or_default());
        }
        let (looks, longest) = (hir.properties().look_set(), hir.properties().maximum_len());
        let longest = longest.filter(|_| !looks.contains_anchor_line());
        let asks_for_end = looks.contains(Look::End);
        // Hits and the characters around them are those of the text as it is.
        let glance = if guard.folding == Folding::EXACT { Glance::of(&hir) } else { None };
        let read = Pattern {
            expression,
            scan,
            literals,
            glance,
            longest,
            asks_for_end,
            validator,
            suggest,
            safety,
            guard,
        };
        read.refuse_unmatched_names(entry);
        Some(read)
    }

    fn extend(&mut self, entry: &mut Entry<'_>) {
        self.guard.extend(entry);
    }

    fn own_placeholders(&self) -> Vec<String> {
        self.expression.names().map(str::to_owned).collect()
    }

    fn wake(&self, wake: &mut Wake<'_>) {
        let required = || {
            let hir = expression::parse(&self.expression.pattern).ok()?;
            wake::required(&hir)
        };
        for (n, literal) in self.literals.get_or_init(|| required().unwrap_or_default()).iter().enumerate() {
            wake.on(literal, n);
        }
    }

    fn at_block(&self, hits: &[Hit], block: usize, draft: &Draft<'_>, out: &mut Sink<'_>) {
        let guarded = self.guard.at(block);
        let line = draft.blocks()[block].span;
        let places = hits.iter().map(|hit| hit.original);
        let mut places = places.filter(|place| self.may_match(*place, line, draft)).peekable();
        if places.peek().is_none() || !guarded.may_object(draft) {
            return;
        }
        match self.longest {
            // A match holds one of the literals, so it lies within its own length around one.
            Some(longest) if self.guard.folding == Folding::EXACT => {
                let mut seen = 0;
                let mut reaches = places.map(|place| reach(place, longest, line, draft.text())).peekable();
                while let Some(mut window) = reaches.next() {
                    while let Some(next) = reaches.next_if(|next| next.start <= window.end) {
                        window = Span::new(window.start.min(next.start), window.end.max(next.end));
                    }
                    if seen < window.end {
                        seen = self.run(window, line, &guarded, draft, out);
                    }
                }
            }
            _ => drop(self.run(line, line, &guarded, draft, out)),
        }
    }

    fn sight(&self) -> Sight {
        if self.scan { Sight::Lines } else { Sight::Blocks }
    }

    fn at_lines(&self, _notes: &[Note], draft: &Draft<'_>, out: &mut Sink<'_>) {
        if self.scan {
            for (n, block) in draft.blocks().iter().enumerate() {
                self.run(block.span, block.span, &self.guard.at(n), draft, out);
            }
        }
    }
}

impl Pattern {
    /// Whether a literal at `place` may stand in a match.
    fn may_match(&self, place: Span, line: Span, draft: &Draft<'_>) -> bool {
        self.glance.as_ref().is_none_or(|glance| glance.may_match(draft.text(), line, place.start))
    }

    /// Runs the expression over a part of a line, and gives where it has looked to.
    fn run(
        &self,
        part: Span,
        line: Span,
        guarded: &Guarded<'_>,
        draft: &Draft<'_>,
        out: &mut Sink<'_>,
    ) -> usize {
        let mut end = part.end;
        if self.asks_for_end && end < line.end {
            // With a character more in sight no match that lies in the part ends where the sight does.
            end = draft.text().ceil_char_boundary(end + 1);
        }
        let text = &draft.text()[line.start..end];
        let folded: Option<View> =
            (self.guard.folding != Folding::EXACT).then(|| fold(text, self.guard.folding));
        let subject = folded.as_ref().map_or(text, View::text);
        // The text before the part stays in sight, so that `^` means the start of the block.
        let mut at = if folded.is_some() { 0 } else { part.start - line.start };
        while let Some(groups) = self.expression.find(subject, at) {
            at = groups.whole().end;
            if self.asks_for_end && at == text.len() && end < line.end {
                // What ends there may have taken it for the end of the line.
                return self.run(Span::new(part.start, line.end), line, guarded, draft, out);
            }
            let found = groups.place("found").unwrap_or_else(|| groups.whole());
            let span = Span::from(found.clone());
            let span = folded.as_ref().map_or(span, |view| view.original(span)).shifted(line.start);
            let valid = self.validator.is_none_or(|validator| validator.agrees(&groups, &subject[found]));
            if valid && let Some(candidate) = guarded.object((draft.folded_span(span), span), draft, out) {
                self.explain(&groups, candidate);
            }
        }
        part.end
    }

    /// Gives an objection its values and fixes.
    fn explain(&self, groups: &Groups<'_>, candidate: &mut Candidate) {
        for name in self.expression.names() {
            candidate.value(name.to_owned(), groups.text(name));
        }
        for (n, template) in self.suggest.iter().enumerate() {
            let right = groups.expand(template);
            if n == 0 {
                candidate.value("right", right.as_str());
            }
            let safety = if self.suggest.len() == 1 { self.safety } else { Safety::Ask };
            candidate.fix(Fix::replace(candidate.span, right, safety));
        }
    }

    /// Notes as problems the groups that a validator or a suggestion names and the expression lacks.
    fn refuse_unmatched_names(&self, entry: &mut Entry<'_>) {
        let names: Vec<&str> = self.expression.names().collect();
        for group in self.validator.map_or(&[][..], Validator::groups) {
            if !names.contains(group) {
                entry.invalid("validator", format!("the expression has no group `{group}`"));
            }
        }
        for template in &self.suggest {
            for (_, rest) in template.match_indices("${").map(|(at, _)| template.split_at(at + 2)) {
                let name = rest.split('}').next().unwrap_or_default();
                if !names.contains(&name) && name.parse::<usize>().is_err() {
                    entry.invalid("suggest", format!("the expression has no group `{name}`"));
                }
            }
        }
    }
}

/// The part of a line in which a match that holds a literal at `hit` can lie.
fn reach(hit: Span, longest: usize, line: Span, text: &str) -> Span {
    let start = text.floor_char_boundary(hit.end.saturating_sub(longest).max(line.start)).max(line.start);
    let end = text.ceil_char_boundary((hit.start + longest).min(line.end)).min(line.end);
    Span::new(start.min(hit.start), end.max(hit.end))
}

/// The syntax tree of an expression that may be used in a rule.
fn parse(pattern: &str, entry: &mut Entry<'_>) -> Option<Hir> {
    let hir = match expression::parse(pattern) {
        Ok(hir) => hir,
        Err(error) => {
            entry.invalid("pattern", error.to_string());
            return None;
        }
    };
    if has_word_boundary(&hir) {
        entry.invalid("pattern", "`\\b` is no boundary beside Han characters; use `boundary`");
        return None;
    }
    if hir.properties().minimum_len().is_none() {
        entry.invalid("pattern", "the expression can never match");
        return None;
    }
    if hir.properties().minimum_len() == Some(0) {
        entry.invalid("pattern", "the expression matches empty text");
        return None;
    }
    Some(hir)
}

fn has_word_boundary(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Look(look) => !matches!(
            look,
            Look::Start | Look::End | Look::StartLF | Look::EndLF | Look::StartCRLF | Look::EndCRLF
        ),
        HirKind::Repetition(repetition) => has_word_boundary(&repetition.sub),
        HirKind::Capture(capture) => has_word_boundary(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(has_word_boundary),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{fixed, flagged, messages, problems};

    #[test]
    fn woken_and_narrowed() {
        let rule = r#"pattern = "第(?P<found>[0-9]+[一二三四五六七八九十]+)条"
        message = "{found}""#;
        assert_eq!(flagged("pattern", rule, "依据第3十条和第三十条"), ["3十"]);
    }

    #[test]
    fn groups_in_messages_and_fixes() {
        let rule = r#"pattern = "〔0?(?<year>[0-9]{4})〕第(?<number>[0-9]+)号"
        suggest = ["〔${year}〕${number}号"]
        message = "{number}号不加「第」，应为「{right}」""#;
        assert_eq!(
            messages("pattern", rule, &[], "国办发〔2026〕第12号"),
            ["12号不加「第」，应为「〔2026〕12号」"]
        );
        assert_eq!(fixed("pattern", rule, "国办发〔2026〕第12号"), "国办发〔2026〕12号");
    }

    #[test]
    fn guarded_without_literals() {
        let rule = r#"pattern = "[0-9]{4}"
        scan = true
        unless = ["1999年"]
        near = ["年"]"#;
        assert_eq!(flagged("pattern", rule, "1999年，2000年，2001\n2002"), ["2000", "2001"]);
    }

    #[test]
    fn folded_like_words_when_asked() {
        let rule = r#"pattern = "密级: ?abc"
        fold = ["case", "width"]
        ignore = "invisible""#;
        assert_eq!(flagged("pattern", rule, "甲密级：ＡＢ\u{200b}C乙"), ["密级：ＡＢ\u{200b}C"]);
    }

    #[test]
    fn what_cannot_be_meant() {
        for (fields, expected) in [
            (r"pattern = '\b国务院\b'", "`\\b` is no boundary beside Han characters; use `boundary`"),
            ("pattern = '国*'", "the expression matches empty text"),
            ("pattern = '[^\\s\\S]国'", "the expression can never match"),
            (
                "pattern = '[0-9]{4}'",
                "no literal that every match must hold, so it would run over the whole text; add one, or say `scan = true`",
            ),
            (
                "pattern = '国'\nscan = true",
                "`scan = true` is not needed: the expression has literals to wake it",
            ),
            ("pattern = '国'\nsuggest = ['${year}']", "the expression has no group `year`"),
            ("pattern = '国'\nvalidator = 'no-such-date'", "the expression has no group `year`"),
        ] {
            assert!(
                problems("pattern", fields).contains(&expected.to_owned()),
                "{:?}",
                problems("pattern", fields)
            );
        }
    }
}
