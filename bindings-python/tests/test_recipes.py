"""Every recipe runs and gives what it says."""

import csv
import subprocess
import sys
from pathlib import Path

import docx
import endpoint
import folder
import frames
import pandas as pd
import polars as pl
import publish_hook
import pytest
from fastapi.testclient import TestClient

import baguan

DRAFTS = ["会议一愁莫展。", None, "会议要求，各单位抓好落实。", "😀进行布署。"]
FOUND = [(0, "wording/idiom-misspelt", 2, 6, "一愁莫展"), (3, "wording/homophone-confused", 3, 5, "布署")]
RECIPES = Path(__file__).parents[1] / "recipes"


def test_pandas(reviewer: baguan.Reviewer) -> None:
    frame = pd.DataFrame({"body": DRAFTS})
    found = frames.review_pandas(frame["body"], reviewer)
    assert list(found.columns) == frames.COLUMNS
    assert list(found[["row", "rule", "start", "end", "text"]].itertuples(index=False, name=None)) == FOUND
    assert frame.join(found.set_index("row"))["text"].notna().tolist() == [True, False, False, True]
    assert set(found["gate"]) == {"wording"}


def test_polars(reviewer: baguan.Reviewer) -> None:
    frame = pl.DataFrame({"body": DRAFTS})
    found = frames.review_polars(frame["body"], reviewer)
    assert found.select("row", "rule", "start", "end", "text").rows() == FOUND
    assert frames.review_polars(pl.Series(["好。"]), reviewer).columns == frames.COLUMNS


def test_frames_as_a_program(tmp_path: Path) -> None:
    pd.DataFrame({"body": DRAFTS}).to_csv(tmp_path / "in.csv", index=False)
    paths = [str(path) for path in (RECIPES / "frames.py", tmp_path / "in.csv", tmp_path / "out.csv")]
    command = [sys.executable, *paths[:2], "body", paths[2]]
    subprocess.run(command, check=True)
    assert pd.read_csv(tmp_path / "out.csv")["text"].tolist() == ["一愁莫展", "布署"]


def test_folder(tmp_path: Path) -> None:
    source, target = tmp_path / "drafts", tmp_path / "reports"
    (source / "notices").mkdir(parents=True)
    (source / "a.md").write_text("# 通知\n\n会议一愁莫展。\n", "utf-8")
    (source / "notes.txt").write_text("布署", "utf-8")
    word = docx.Document()
    word.add_paragraph("会议要求。")
    table = word.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "事项", "进行布署"
    word.add_paragraph("机密★1年")
    word.save(str(source / "notices/b.docx"))
    assert folder.review_folder(source, target) is baguan.Verdict.BLOCK
    data = (target / "findings.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\r\n") == 4
    head, *lines = csv.reader(data.decode("utf-8-sig").splitlines())
    assert head == folder.HEAD
    assert [line[:3] + [line[6]] for line in lines] == [
        ["a.md", "3", "3", "一愁莫展"],
        ["notices/b.docx", "2", "6", "布署"],
        ["notices/b.docx", "3", "1", lines[2][6]],
    ]
    page = (target / "reports.html").read_text("utf-8")
    assert page.count("<article>") == 2 and "notices/b.docx" in page
    assert [folder.cell(text) for text in ("=1+1", "布署", "")] == ["'=1+1", "布署", ""]


def test_endpoint() -> None:
    client = TestClient(endpoint.app)
    draft = {"text": DRAFTS[0], "class": "policy", "as_of": "2026-11-23"}
    answer = client.post("/review", json=draft)
    expected = baguan.Reviewer(class_="policy", as_of="2026-11-23").review("会议一愁莫展。")
    assert (answer.status_code, answer.json()) == (200, expected.to_dict())
    wrong = client.post("/review", json={"text": "", "class": "polici"})
    assert wrong.status_code == 422 and "did you mean `policy`" in wrong.json()["detail"]


def test_publish_hook(tmp_path: Path) -> None:
    hook = publish_hook.PublishHook(tmp_path / "receipts", b"key")
    draft, time = "会议要求，各单位抓好落实。", "2026-11-23T09:30:00+08:00"
    assert hook.reviewed("a-1", draft).verdict is baguan.Verdict.PASS
    with pytest.raises(publish_hook.NotToBePublished):
        hook.before_publish("a-1", draft)
    levels = hook._kept("a-1").missing_levels
    assert levels
    for n, (level, name) in enumerate(zip(levels, ["张三", "李四", "王五"])):
        assert hook.signed("a-1", level, name, time) == levels[n + 1 :]
    hook.before_publish("a-1", draft)
    with pytest.raises(publish_hook.NotToBePublished) as refused:
        hook.before_publish("a-1", draft.replace("抓好", "抓紧"))
    assert refused.value.args[0]["text"] == "different"
    hook.reviewed("a-1", "机密★1年")
    with pytest.raises(baguan.ReceiptError):
        hook.signed("a-1", levels[0], "张三", time)
    with pytest.raises(ValueError, match="no name of an article"):
        hook.reviewed("../a", draft)
    assert [path.name for path in (tmp_path / "receipts").iterdir()] == ["a-1.receipt.json"]
