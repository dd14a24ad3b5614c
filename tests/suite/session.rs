//! Live review: after every edit the session says what a fresh review says.

use baguan::{Accepted, Change, EditError, Finding, Gate, Reviewer, Ruleset, Session, Severity, Span};
use proptest::prelude::*;
use proptest::sample::Index;

/// Pieces that meet across the borders of edits: pairs, comments, marks, numbers, line ends, clusters.
const PIECES: [&str; 60] = [
    "国家级",
    "最佳",
    "布署",
    "一愁莫展",
    "《",
    "》",
    "中华人民共和国合同法",
    "《中华人民共和国合同法》",
    "《合同法》",
    "“",
    "”",
    "（",
    "）",
    "一、",
    "二、总体要求",
    "（一）",
    "1.",
    "\n",
    "\n",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "<!--",
    "-->",
    "<!-- baguan:ignore wording/idiom-misspelt -->",
    "<!-- baguan:ignore-draft wording/idiom-misspelt 引文 -->",
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
    "（2019年3月26日发布）",
    "《某条例》（以下简称《条例》）",
    "《条例》",
    "的的",
    " ",
    "\t",
    "\u{c}",
    "其它",
    "其他",
    "，关于做好有关工作的通知已经印发，各单位要认真贯彻落实，确保各项任务按时完成，重要情况及时报告。",
];

/// One edit: from where, how much, and what is put there.
type Stroke = (Index, usize, String);

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        2 => "[一-龥]{1,4}",
    ]
}

fn text(pieces: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), pieces).prop_map(|pieces| pieces.concat())
}

fn strokes(most: usize) -> impl Strategy<Value = Vec<Stroke>> {
    let removed = prop_oneof![4 => 0_usize..4, 1 => 0_usize..400];
    prop::collection::vec((any::<Index>(), removed, text(0..3)), 1..most)
}

/// The place of a stroke in `text`; every other at the border of a line.
fn place((at, chars, _): &Stroke, text: &str) -> Span {
    let at = at.index(text.len() + 1);
    let line = text.as_bytes()[at..].iter().position(|byte| *byte == b'\n').filter(|_| at % 2 == 0);
    let start = text.floor_char_boundary(at + line.unwrap_or_default());
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
    let fresh = session.reviewer().review(&text);
    assert_eq!(*session.report(), fresh, "{range:?} {insert:?} led to {text:?}");
    let led = led(before, &change, range, insert.len(), session.reviewer());
    assert_eq!(led, fresh.findings(), "{range:?} {insert:?} led to {text:?}");
}

/// The findings to which `change` leads from those `before`.
fn led(
    mut before: Vec<Finding>,
    change: &Change,
    range: Span,
    inserted: usize,
    reviewer: &Reviewer,
) -> Vec<Finding> {
    for removed in &change.removed {
        before.remove(before.iter().position(|old| old == removed).unwrap());
    }
    for finding in &mut before {
        let edits = finding.fixes.iter_mut().flat_map(|fix| &mut fix.edits).map(|edit| &mut edit.span);
        for span in edits.chain([&mut finding.span]) {
            if span.start >= range.end {
                let moved = |at: usize| at - range.len() + inserted;
                *span = Span::new(moved(span.start), moved(span.end));
            }
        }
    }
    before.extend_from_slice(&change.added);
    let number = |id: &str| reviewer.rules().iter().position(|rule| rule.id() == id);
    before.sort_by_key(|finding| (finding.span, number(&finding.rule)));
    before
}

/// Strikes one after the other, then takes all back.
fn strike(session: &mut Session, strokes: &[Stroke]) {
    let before = session.clone();
    let mut back = Vec::new();
    for stroke in strokes {
        let range = place(stroke, session.text());
        back.push((Span::new(range.start, range.start + stroke.2.len()), session.text()[range].to_owned()));
        edit(session, range, &stroke.2);
    }
    for (range, was) in back.iter().rev() {
        edit(session, *range, was);
    }
    assert_eq!((session.text(), session.report()), (before.text(), before.report()));
}

fn standard() -> Reviewer {
    Reviewer::new(Ruleset::standard()).unwrap()
}

/// The texts that come with the repository.
fn shipped() -> Vec<String> {
    let examples = super::files("examples", "md").into_iter().chain(super::files("tests/corpus", "txt"));
    examples.map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn random_edits() {
    let reviewer = standard();
    proptest!(ProptestConfig::with_cases(120), |(text in text(0..30), strokes in strokes(10))| {
        strike(&mut Session::new(reviewer.clone(), text), &strokes);
    });
}

#[test]
fn random_edits_of_long_texts() {
    let reviewer = standard();
    proptest!(ProptestConfig::with_cases(60), |(text in text(200..500), strokes in strokes(8))| {
        strike(&mut Session::new(reviewer.clone(), text), &strokes);
    });
}

#[test]
fn shipped_texts_in_every_class() {
    let texts = shipped();
    let classes: Vec<String> = standard().classes().map(|class| class.id().to_owned()).collect();
    let reviewers: Vec<Reviewer> = classes.iter().map(|id| standard().class(id).unwrap()).collect();
    let (texts, reviewers) = (prop::sample::select(texts), prop::sample::select(reviewers));
    proptest!(ProptestConfig::with_cases(60), |(text in texts, reviewer in reviewers, strokes in strokes(8))| {
        strike(&mut Session::new(reviewer, text), &strokes);
    });
}

#[test]
fn typed_and_deleted() {
    let text = shipped().join("\n\n").replace("布署", "一愁莫展");
    let mut session = Session::new(standard(), text.clone());
    for (mark, typed) in [
        ("第一", "<!-- baguan:ignore wording/idiom-misspelt 引文 -->\n"),
        ("贯彻", "<!-- baguan:ignore-draft wording/idiom-misspelt -->"),
        ("通知", "（2019年3月26日）\n"),
        ("落实", "“一愁莫展\n“其它《条例》（以下简称《条例》）\r\n"),
    ] {
        let start = text.find(mark).unwrap();
        let mut at = start;
        for char in typed.chars() {
            edit(&mut session, Span::new(at, at), char.encode_utf8(&mut [0; 4]));
            at += char.len_utf8();
        }
        for char in typed.chars().rev() {
            edit(&mut session, Span::new(at - char.len_utf8(), at), "");
            at -= char.len_utf8();
        }
        assert_eq!(session.text(), text);
    }
}

#[test]
fn pastes() {
    let texts = shipped();
    let many = texts.join("\n").repeat(6);
    let mut session = Session::new(standard(), texts[0].as_str());
    let at = session.text().find('\n').unwrap();
    edit(&mut session, Span::new(at, at), &many);
    let cut = Span::new(many.floor_char_boundary(at + 1000), many.floor_char_boundary(9000));
    edit(&mut session, cut, "");
    let len = session.text().len();
    edit(&mut session, Span::new(0, len), "");
    edit(&mut session, Span::new(0, 0), &many);
    edit(&mut session, Span::new(0, many.len()), "一愁莫展");
}

#[test]
fn what_rests_on_more_than_a_line() {
    const LINE: &str =
        "各单位要认真贯彻落实，确保各项任务按时完成，重要情况及时报告，不得延误，有关要求另行通知如下。";
    let far = format!("{LINE}\n").repeat(12);
    let drafts = [
        // The head says of which day the draft is.
        format!("通知\n{far}依据《中华人民共和国合同法》办理。"),
        // Quotations, short forms, forms of a word, numbers.
        format!("“第一段\n{far}“第二段”\n{far}第三段"),
        format!("《某条例》（以下简称《条例》）\n{far}按照《条例》办理。"),
        format!("其它人\n{far}其他人，其他事"),
        format!("一、甲\n{far}二、乙\n{far}四、丙"),
        // A comment over lines, an ignore mark before its block, an accepted finding.
        format!("一愁莫展\n{far}<!-- baguan:ignore wording/idiom-misspelt -->\n\n一愁莫展\n{far}-->一愁莫展"),
    ];
    let inserts = [
        "",
        "\n",
        "（2019年3月26日）\n",
        "“",
        "”\n",
        "《条例》",
        "其它",
        "三、\n",
        "<!--",
        "-->",
        "一愁莫展",
    ];
    for draft in drafts {
        let fingerprints = standard().review("一愁莫展").findings()[0].fingerprint.clone();
        let mut accepted = Accepted::new();
        accepted.add(&fingerprints, "");
        let mut session = Session::new(standard().accept(accepted), draft.as_str());
        let borders = draft.match_indices('\n').map(|(at, _)| at).step_by(3);
        for at in borders.chain([0, draft.len()]) {
            for insert in inserts {
                edit(&mut session, Span::new(at, at), insert);
                edit(&mut session, Span::new(at, at + insert.len()), "");
            }
        }
        assert_eq!(session.text(), draft);
    }
}

#[test]
fn more_than_a_report_lists() {
    let rules = r#"
        [[rule]]
        id = "wording/misspelt"
        kind = "replace"
        severity = "error"
        message = "「{found}」应为「{right}」"
        why = "误写"
        source = "《现代汉语词典》"
        pairs = [["布署", "部署"]]
        bad = ["会议布署。"]
        good = ["会议部署。"]
        [[rule]]
        id = "secrecy/marking"
        kind = "term"
        severity = "fatal"
        message = "密级标志"
        why = "密级标志"
        source = "《保密法》"
        terms = ["绝密★"]
        bad = ["绝密★"]
        good = ["绝密"]
    "#;
    let reviewer = Reviewer::new(Ruleset::parse("house.toml", rules).unwrap()).unwrap();
    let found = "布署、布署\n".repeat(26_000);
    let put_aside = "<!-- baguan:ignore-draft wording/misspelt -->\n".to_owned() + &"布署\n".repeat(101_000);
    let mut session = Session::new(reviewer, found.clone());
    for (range, insert, unlisted) in [
        (Span::new(0, 0), found.as_str(), (4_000, 0)),
        (Span::new(0, 0), "绝密★\n", (4_001, 0)),
        (Span::new(0, 10 + found.len()), put_aside.as_str(), (0, 53_000)),
    ] {
        session.edit(range, insert).unwrap();
        let fresh = session.reviewer().review(session.text());
        let of_report = fresh.coverage().unlisted;
        assert!(*session.report() == fresh, "{of_report:?}");
        assert_eq!((of_report.findings, of_report.suppressed), unlisted);
        let counts = Gate::ALL.map(|gate| Severity::ALL.map(|own| fresh.gate(gate).count(own)));
        assert_eq!(counts.iter().flatten().sum::<usize>(), fresh.findings().len() + unlisted.0);
    }
}

#[test]
fn ranges_that_are_none() {
    let mut session = Session::new(standard(), "一愁莫展");
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
