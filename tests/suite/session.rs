//! Live review: after every edit the session says what a fresh review says.

use baguan::{Change, EditError, Finding, Reviewer, Ruleset, Session, Span};
use proptest::prelude::*;
use proptest::sample::Index;

/// Pieces that meet across the borders of edits: pairs, comments, marks, numbers, line ends, clusters.
const PIECES: [&str; 52] = [
    "国家级",
    "最佳",
    "布署",
    "一愁莫展",
    "《",
    "》",
    "中华人民共和国合同法",
    "《中华人民共和国合同法》",
    "“",
    "”",
    "（",
    "）",
    "一、",
    "二、总体要求",
    "（一）",
    "1.",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "<!--",
    "-->",
    "<!-- baguan:ignore wording/misspelt-word -->",
    "<!-- baguan:ignore-draft wording/misspelt-word 引文 -->",
    "绝密★1年",
    "11010119900307",
    "13800138000",
    "密码：",
    "Ａ１",
    "，",
    "。",
    "、、",
    "國務院",
    "\u{200b}",
    "e\u{301}",
    "\u{301}",
    "😀",
    "👩‍👩‍👧",
    "\u{feff}",
    "İ",
    "葛\u{e0100}",
    "http://a.cn/",
    "a@b.cn",
    "四个意识",
    "政治意识、大局意识",
    "百分之",
    "2026年2月30日",
    "全国人民代表大会（以下简称全国人大）",
    "全国人大",
    "的的",
    " ",
    "\t",
];

/// One edit: from where, how much, and what is put there.
type Stroke = (Index, usize, String);

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        2 => "[一-龥]{1,4}",
    ]
}

fn text(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..most).prop_map(|pieces| pieces.concat())
}

fn strokes() -> impl Strategy<Value = Vec<Stroke>> {
    prop::collection::vec((any::<Index>(), 0_usize..4, text(3)), 1..12)
}

/// The place of a stroke in `text`.
fn place((at, chars, _): &Stroke, text: &str) -> Span {
    let start = text.floor_char_boundary(at.index(text.len() + 1));
    let len: usize = text[start..].chars().take(*chars).map(char::len_utf8).sum();
    Span::new(start, start + len)
}

/// Edits and holds report and change against a fresh review.
fn edit(session: &mut Session, range: Span, insert: &str) {
    let mut text = session.text().to_owned();
    let before = session.report().findings().to_vec();
    let change = session.edit(range, insert).unwrap();
    text.replace_range(range.range(), insert);
    assert_eq!(session.text(), text);
    assert_eq!(*session.report(), session.reviewer().review(&text), "{text:?}");
    assert_eq!(led(&before, &change, range, insert.len()), session.report().findings(), "{text:?}");
}

/// The findings to which `change` leads from those `before`.
fn led(before: &[Finding], change: &Change, range: Span, inserted: usize) -> Vec<Finding> {
    let place = |span: &mut Span| {
        if span.start >= range.end {
            *span = Span::new(span.start - range.len() + inserted, span.end - range.len() + inserted);
        }
    };
    let mut findings: Vec<Finding> =
        before.iter().filter(|old| !change.removed.contains(old)).cloned().collect();
    for finding in &mut findings {
        place(&mut finding.span);
        for edit in finding.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
            place(&mut edit.span);
        }
    }
    findings.extend_from_slice(&change.added);
    let rules: Vec<_> =
        STANDARD.with(|reviewer| reviewer.rules().iter().map(|rule| rule.id().to_owned()).collect());
    findings.sort_by_key(|finding| (finding.span, rules.iter().position(|rule| **rule == *finding.rule)));
    findings
}

thread_local! {
    static STANDARD: Reviewer = Reviewer::new(Ruleset::standard()).unwrap();
}

fn reviewer() -> Reviewer {
    STANDARD.with(Reviewer::clone)
}

#[test]
fn random_edits() {
    proptest!(ProptestConfig::with_cases(200), |(text in text(40), strokes in strokes())| {
        let mut session = Session::new(reviewer(), text);
        for stroke in strokes {
            let range = place(&stroke, session.text());
            edit(&mut session, range, &stroke.2);
        }
    });
}

#[test]
fn ranges_that_are_none() {
    let mut session = Session::new(reviewer(), "一愁莫展");
    let before = session.clone();
    for (range, error) in [
        (Span::new(0, 13), EditError::OutOfText { range: Span::new(0, 13), len: 12 }),
        (Span::new(13, 13), EditError::OutOfText { range: Span::new(13, 13), len: 12 }),
        (Span::new(6, 3), EditError::OutOfText { range: Span::new(6, 3), len: 12 }),
        (Span::new(0, 4), EditError::CutsChar { range: Span::new(0, 4) }),
        (Span::new(1, 3), EditError::CutsChar { range: Span::new(1, 3) }),
    ] {
        assert_eq!(session.edit(range, "甲"), Err(error));
    }
    assert_eq!((session.text(), session.report()), (before.text(), before.report()));
}
