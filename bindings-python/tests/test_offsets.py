"""Spans hold on any text: `draft[f.start:f.end] == f.text`, fixes and parts put aside too."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import baguan

WRONG = ["一愁莫展", "布署", "《中华人民共和国合同法》", "机密★1年", "，，", "（", "13812345678", "http://192.168.10.25"]
CHARS = ["😀", "👩\u200d👩\u200d👧", "e\u0301", "\u200b", "\ufeff", "𠮷", "🇨🇳", "\r\n", "\u0000", "Ａ", "會", "\u0085", "\u2028"]
TEXTS = st.lists(st.sampled_from(WRONG + CHARS) | st.text(max_size=8), max_size=20).map("".join)
REVIEWER = baguan.Reviewer(as_of="2026-11-23")


def check(draft: str, findings: tuple[baguan.Finding, ...]) -> None:
    assert [draft[f.start : f.end] for f in findings] == [f.text for f in findings]
    assert [draft.count("\n", 0, f.start) + 1 for f in findings] == [f.line for f in findings]
    for edit in (edit for f in findings for fix in f.fixes for edit in fix.edits):
        assert 0 <= edit.start <= edit.end <= len(draft)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_spans_hold(draft: str) -> None:
    report = REVIEWER.review(draft)
    check(draft, report.findings)
    check(draft, tuple(aside.finding for aside in report.suppressed))
    assert report.text is draft
    data = report.to_dict()
    assert [(f["start"], f["end"]) for f in data["findings"]] == [(f.start, f.end) for f in report]
    assert REVIEWER.review(report.fixed()).text == report.fixed()


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.data())
def test_session_says_what_a_review_says(draft: str, data: st.DataObject) -> None:
    session = baguan.Session(REVIEWER, draft)
    for _ in range(3):
        start = data.draw(st.integers(0, len(session.text)))
        end = data.draw(st.integers(start, len(session.text)))
        insert = data.draw(TEXTS)
        before = session.text
        change = session.edit(start, end, insert)
        assert session.text == before[:start] + insert + before[end:]
        assert session.report.to_json() == REVIEWER.review(session.text).to_json()
        check(session.text, change.added)
        check(before, change.removed)


def test_session_changes() -> None:
    session = baguan.Session(REVIEWER, "😀会议一愁莫展。")
    change = session.edit(4, 5, "筹")
    assert ([f.text for f in change.removed], change.added) == (["一愁莫展"], ())
    assert (session.text, len(session.report)) == ("😀会议一筹莫展。", 0)
    with pytest.raises(IndexError, match="no character at 10"):
        session.edit(0, 10, "")
    with pytest.raises(IndexError):
        session.edit(3, 2, "")


def test_lone_surrogates() -> None:
    for wrong in ["\ud83d", "会议\udc00一愁莫展"]:
        with pytest.raises(UnicodeEncodeError):
            REVIEWER.review(wrong)
        with pytest.raises(UnicodeEncodeError):
            baguan.Session(REVIEWER, wrong)
        with pytest.raises(UnicodeEncodeError):
            baguan.Ruleset.parse(wrong)
