"""The cases that every language answers alike: tests/parity/cases.json, offsets in code points."""

import json
from pathlib import Path
from typing import Any

import pytest

import baguan

CASES = json.loads((Path(__file__).parents[2] / "tests/parity/cases.json").read_text("utf-8"))


def places(findings: Any) -> list[list[object]]:
    return [[f["rule"], f["start"], f["end"], f["text"]] for f in findings]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:12])
def test_case(case: dict[str, Any]) -> None:
    draft = case["text"]
    report = baguan.Reviewer(class_=case["class"], as_of=case["as_of"]).review(draft)
    assert [[f.rule, f.start, f.end, f.text] for f in report] == case["chars"]
    assert [draft[f.start : f.end] for f in report] == [f.text for f in report]
    assert report.verdict == case["verdict"]
    data = report.to_dict()
    assert places(data["findings"]) == case["chars"]
    assert (data["offsets"], data["class"], data["as_of"]) == ("chars", case["class"], case["as_of"])
    assert data == json.loads(report.to_json())


def test_command_and_module_agree(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    from baguan._baguan import run

    draft = "😀会议一愁莫展，依据《中华人民共和国合同法》。\n"
    path = tmp_path / "draft.txt"
    path.write_text(draft, "utf-8")
    exit_code = run(["baguan", "check", str(path), "--format", "json", "--as-of", "2026-11-23"])
    printed = json.loads(capfd.readouterr().out)
    report = baguan.Reviewer(as_of="2026-11-23").review(draft)
    assert exit_code == 1
    [own] = printed if isinstance(printed, list) else [printed]
    own.pop("file", None)
    assert own == report.to_dict()
