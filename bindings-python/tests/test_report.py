"""What a report says, and in which Python types."""

import json
from collections.abc import Sequence
from datetime import date

import pytest

import baguan
from baguan import Gate, Safety, Severity, Verdict

DRAFT = "会议一愁莫展。\n😀对下一阶段工作进行布署。"


def test_is_a_sequence_of_findings(reviewer: baguan.Reviewer) -> None:
    report = reviewer.review(DRAFT)
    assert isinstance(report, Sequence)
    assert [f.text for f in report] == ["一愁莫展", "布署"]
    assert (len(report), report[0], report[-1]) == (2, *report.findings)
    assert report[1:] == report.findings[1:]
    assert report.index(report[1]) == 1 and report.count(report[1]) == 1
    assert report[1] in report and reviewer.review("布署")[0] not in report
    assert list(reversed(report)) == [report[1], report[0]]
    with pytest.raises(IndexError):
        report[2]


def test_finding(reviewer: baguan.Reviewer) -> None:
    second = reviewer.review(DRAFT)[1]
    assert (second.rule, second.gate) == ("wording/homophone-confused", Gate.WORDING)
    assert (second.start, second.end, second.line, second.column) == (18, 20, 2, 11)
    assert DRAFT[second.start : second.end] == "布署"
    assert [edit.text for edit in second.fixes[0].edits] == ["部署"]
    assert second.fingerprint.startswith("v1:")


def test_clean_draft_is_falsy(reviewer: baguan.Reviewer) -> None:
    report = reviewer.review("会议要求，各单位抓好落实。")
    assert not report and report.verdict is Verdict.PASS
    assert repr(report) == "<Report pass: 0 findings, 0 blocking>"


def test_gates(reviewer: baguan.Reviewer) -> None:
    gates = reviewer.review(DRAFT).gates
    assert list(gates) == list(Gate)
    assert max(gate.verdict for gate in gates.values()) == reviewer.review(DRAFT).verdict
    wording = gates[Gate.WORDING]
    assert wording.fatal + wording.error + wording.warning + wording.hint == 2


def test_blocking(reviewer: baguan.Reviewer) -> None:
    report = reviewer.review("机密★1年\n会议一愁莫展。")
    assert report.verdict is Verdict.BLOCK
    assert [f.gate for f in report.blocking] == [Gate.SECRECY]
    assert [f.fingerprint for f in report.blocking] == report.to_dict()["blocking"]


def test_suppressed(reviewer: baguan.Reviewer) -> None:
    draft = "会议一愁莫展。<!-- baguan:ignore wording/idiom-misspelt 引文如此 -->"
    [aside] = reviewer.review(draft).suppressed
    assert (aside.finding.text, aside.by, aside.detail) == ("一愁莫展", "mark", "引文如此")
    assert reviewer.review(draft).to_dict()["suppressed"][0]["reason"]["by"] == aside.by


def test_coverage(reviewer: baguan.Reviewer) -> None:
    coverage = reviewer.review("见 https://example.com/a。").coverage
    assert coverage["blocks"] == 1 and coverage["masked"][0]["what"] == "url"


def test_fixed(reviewer: baguan.Reviewer) -> None:
    report = reviewer.review(DRAFT)
    assert report.fixed(Safety.ASK) == "会议一筹莫展。\n😀对下一阶段工作进行部署。"
    assert report.fixed("ask") == report.fixed(Safety.ASK)
    with pytest.raises(ValueError, match="expected one of ask, safe"):
        report.fixed("bold")


def test_names_are_their_texts() -> None:
    assert f"{Gate.WORDING} {Severity.ERROR!s}" == "wording error"
    assert json.dumps([Gate.LEGAL, Verdict.BLOCK]) == '["legal", "block"]'


def test_names_are_ordered() -> None:
    assert max(Verdict) is Verdict.BLOCK and sorted(Severity, reverse=True)[0] is Severity.FATAL
    assert Severity.HINT < Severity.WARNING < Severity.ERROR < Severity.FATAL
    assert Severity.ERROR >= "warning" and Safety.ASK <= Safety.SAFE
    with pytest.raises(ValueError, match="grave"):
        Severity.ERROR > "grave"  # noqa: B015


def test_page_is_escaped(reviewer: baguan.Reviewer) -> None:
    report = reviewer.review("<script>alert(1)</script>会议一愁莫展。")
    page = report.to_html("<a>.md")
    assert "<script" not in page and "&lt;script&gt;" in page and "&lt;a&gt;.md" in page
    assert ">一愁莫展</mark>" in page
    framed = report._repr_html_()
    assert framed.startswith("<iframe sandbox ") and "<mark" not in framed and "&lt;mark" in framed
    assert baguan.html_page([("a", report), ("b", report)]).count("<article>") == 2


def test_day_and_class(reviewer: baguan.Reviewer) -> None:
    assert reviewer.as_of == baguan.Reviewer(as_of=date(2026, 11, 23)).as_of == "2026-11-23"
    assert baguan.Reviewer().as_of == date.today().isoformat()
    policy = baguan.Reviewer(class_="policy", as_of="2026-11-23")
    replaced = baguan.Reviewer(as_of="2026-01-01").replace(class_="policy", as_of=date(2026, 11, 23))
    assert replaced.review(DRAFT).to_json() == policy.review(DRAFT).to_json()
    assert replaced.replace().review(DRAFT).to_json() == policy.review(DRAFT).to_json()
    assert policy.class_ == policy.review("").class_ == "policy"
    assert policy.review("").levels == ("初审", "复审", "终审")
    with pytest.raises(ValueError, match="did you mean `policy`"):
        baguan.Reviewer(class_="polici")
    with pytest.raises(ValueError, match="expected YYYY-MM-DD"):
        baguan.Reviewer(as_of="23.11.2026")
