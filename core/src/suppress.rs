//! Suppression: ignore marks in the draft and findings accepted before.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha256};

use crate::draft::{Draft, Outline};
use crate::order::{sort_by, sort_by_key};
use crate::report::{IdleMark, Reason};
use crate::ruleset::hex;
use crate::span::Span;

/// The ignore marks of a draft.
///
/// A mark is a comment that names rules: `<!-- baguan:ignore wording/idiom-misspelt 引文如此 -->`. It holds for the
/// block it stands in, or for the next one where it stands alone; `baguan:ignore-draft` holds for the whole draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    /// The marks of each rule together: first those that hold for the whole draft, then the others in text order.
    marks: Vec<Mark>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    rule: String,
    /// Whether it holds for one block.
    is_of_block: bool,
    /// Which of the marks of the draft it is.
    number: usize,
    /// The comment.
    span: Span,
    reason: Option<String>,
    /// Where it holds.
    scope: Span,
}

impl Marks {
    /// The marks among the comments of a draft.
    pub(crate) fn of(comments: &[Span], draft: Outline<'_>) -> Marks {
        let mut marks = Vec::new();
        for span in comments {
            let comment = draft.text[*span].trim_start_matches("<!--").trim_end_matches("-->").trim();
            let Some(words) = comment.strip_prefix("baguan:ignore") else { continue };
            let (whole, words) = match words.strip_prefix("-draft") {
                Some(words) => (true, words),
                None => (false, words),
            };
            let scope = if whole { Span::new(0, draft.text.len()) } else { scope(*span, draft) };
            let mut rest = words.trim();
            let mut rules = Vec::new();
            while let Some(word) = rest.split_whitespace().next().filter(|word| word.contains('/')) {
                rules.extend(word.split(',').filter(|rule| !rule.is_empty()));
                rest = rest[word.len()..].trim_start();
            }
            let reason = (!rest.is_empty()).then(|| rest.to_owned());
            for rule in rules {
                let (rule, reason, number) = (rule.to_owned(), reason.clone(), marks.len());
                marks.push(Mark { rule, is_of_block: !whole, number, span: *span, reason, scope });
            }
        }
        sort_by(&mut marks, Ord::cmp);
        Marks { marks }
    }

    /// The marks that hold in `piece`, their places counted from `base`.
    pub(crate) fn within(&self, piece: Span, base: usize) -> Marks {
        let holds = |mark: &&Mark| mark.scope.start <= piece.end && piece.start <= mark.scope.end;
        let clip = |mark: &Mark| {
            let scope = Span::new(mark.scope.start.max(piece.start), mark.scope.end.min(piece.end));
            Mark { span: Span::default(), scope: scope.back(base), ..mark.clone() }
        };
        Marks { marks: self.marks.iter().filter(holds).map(clip).collect() }
    }

    /// The number of the mark that puts aside a finding of `rule` at `span` and the reason it gives, where one does.
    pub(crate) fn covering(&self, rule: &str, span: Span) -> Option<(usize, Reason)> {
        let from = self.marks.partition_point(|mark| *mark.rule < *rule);
        let len = self.marks[from..].partition_point(|mark| *mark.rule == *rule);
        let own = &self.marks[from..from + len];
        let (of_draft, of_blocks) = own.split_at(own.partition_point(|mark| !mark.is_of_block));
        // Blocks lie apart, so that of those which hold somewhere before its end only the last can reach it.
        let before = of_blocks[..of_blocks.partition_point(|mark| mark.scope.start <= span.start)].last();
        let first = before.and_then(|last| {
            let first = of_blocks.partition_point(|mark| mark.scope.start < last.scope.start);
            of_blocks.get(first)
        });
        let covering = of_draft.first().into_iter().chain(first).filter(|mark| mark.scope.covers(span));
        let mark = covering.min_by_key(|mark| mark.number)?;
        Some((mark.number, Reason::Mark { reason: mark.reason.clone() }))
    }

    /// The marks that put nothing aside, in text order: all but those `used`.
    pub(crate) fn idle(&self, used: &BTreeSet<usize>, is_known: impl Fn(&str) -> bool) -> Vec<IdleMark> {
        let mut idle: Vec<&Mark> = self.marks.iter().filter(|mark| !used.contains(&mark.number)).collect();
        sort_by_key(&mut idle, |mark| mark.number);
        let known =
            |mark: &Mark| IdleMark { span: mark.span, known: is_known(&mark.rule), rule: mark.rule.clone() };
        idle.into_iter().map(known).collect()
    }
}

/// Where a mark holds: its own block, or the next one where the comment stands alone.
fn scope(comment: Span, draft: Outline<'_>) -> Span {
    let Outline { text, blocks } = draft;
    let own = blocks.partition_point(|block| block.span.end < comment.end);
    let Some(block) = blocks.get(own) else { return comment };
    let before = &text[block.span.start.min(comment.start)..comment.start];
    let alone = before.trim().is_empty() && text[comment.end..block.span.end].trim().is_empty();
    match blocks.get(own + 1) {
        Some(next) if alone => next.span,
        _ => block.span,
    }
}

/// Findings that were looked at and accepted: fingerprint and reason.
#[derive(Clone, Debug, Default)]
pub struct Accepted {
    reasons: BTreeMap<String, String>,
}

impl Accepted {
    /// Nothing accepted.
    pub fn new() -> Accepted {
        Accepted::default()
    }

    /// The fingerprints of a list, one a line, each with an optional reason behind it; `#` starts a comment line.
    ///
    /// ```
    /// let accepted = baguan::Accepted::parse("v1:0123456789abcdef0123456789abcdef 引文如此\n").unwrap();
    /// assert_eq!(accepted.len(), 1);
    /// assert!(baguan::Accepted::parse("0123").is_err());
    /// ```
    pub fn parse(list: &str) -> Result<Accepted, String> {
        let mut accepted = Accepted::new();
        for (n, line) in list.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (fingerprint, reason) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let digits = fingerprint.strip_prefix(FINGERPRINT_VERSION).unwrap_or_default();
            if digits.len() != FINGERPRINT_DIGITS || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
                return Err(format!(
                    "line {}: `{fingerprint}` is no fingerprint, expected v1: and 32 digits",
                    n + 1
                ));
            }
            accepted.add(fingerprint, reason.trim());
        }
        Ok(accepted)
    }

    /// Accepts the finding of that fingerprint.
    pub fn add(&mut self, fingerprint: &str, reason: &str) {
        self.reasons.insert(fingerprint.to_owned(), reason.to_owned());
    }

    /// How many findings are accepted.
    pub fn len(&self) -> usize {
        self.reasons.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.reasons.is_empty()
    }

    pub(crate) fn covering(&self, fingerprint: &str) -> Option<Reason> {
        self.reasons.get(fingerprint).map(|reason| Reason::Accepted { reason: reason.clone() })
    }
}

const FINGERPRINT_VERSION: &str = "v1:";
const FINGERPRINT_DIGITS: usize = 32;

/// The stable name of a finding: made from its rule, the folded text and what stands around it in its line.
pub(crate) fn fingerprint(rule: &str, span: Span, draft: &Draft<'_>) -> String {
    const CONTEXT_CHARS: usize = 8;
    let text = draft.folded();
    let span = draft.folded_span(span);
    let len = |chars: &mut dyn Iterator<Item = char>| -> usize {
        chars.take_while(|c| *c != '\n').take(CONTEXT_CHARS).map(char::len_utf8).sum()
    };
    let before = &text[span.start - len(&mut text[..span.start].chars().rev())..span.start];
    let after = &text[span.end..span.end + len(&mut text[span.end..].chars())];
    let mut digest = Sha256::new();
    for parts in [&[rule][..], &[&text[span]], &[before, "\n", after]] {
        digest.update(parts.iter().map(|part| part.len()).sum::<usize>().to_le_bytes());
        for part in parts {
            digest.update(part);
        }
    }
    [FINGERPRINT_VERSION, &hex(&digest.finalize()[..FINGERPRINT_DIGITS / 2])].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::block::blocks;
    use crate::draft::mask::comments;

    #[test]
    fn which_mark_covers() {
        let text = "甲<!-- baguan:ignore a/x 一 --><!-- baguan:ignore a/x,a/y 二 -->\n\
                    <!-- baguan:ignore a/x 三 -->\n乙<!-- baguan:ignore-draft a/y 四 -->\n丙\n";
        let marks = Marks::of(&comments(text), Outline { text, blocks: &blocks(text) });
        for (rule, found, expected) in [
            ("a/x", "甲", Some((0, "一"))),
            ("a/y", "甲", Some((2, "二"))),
            ("a/x", "乙", Some((3, "三"))),
            ("a/y", "乙", Some((4, "四"))),
            ("a/y", "丙", Some((4, "四"))),
            ("a/x", "丙", None),
            ("a/z", "甲", None),
        ] {
            let start = text.find(found).unwrap();
            let reason = |reason: &str| Reason::Mark { reason: Some(reason.to_owned()) };
            let expected = expected.map(|(number, why)| (number, reason(why)));
            assert_eq!(marks.covering(rule, Span::new(start, start + 3)), expected, "{rule} {found}");
        }
        let idle: Vec<String> =
            marks.idle(&BTreeSet::from([0, 4]), |_| true).into_iter().map(|m| m.rule).collect();
        assert_eq!(idle, ["a/x", "a/y", "a/x"]);
    }
}
