"""Receipts from Python."""

import pickle
from datetime import date

import pytest

import baguan

DRAFT = "会议要求，各单位抓好落实。"


def test_signed_and_verified() -> None:
    reviewer = baguan.Reviewer(class_="notice", as_of="2026-11-23")
    receipt = reviewer.review(DRAFT).receipt(b"key")
    for level, name in zip(receipt.missing_levels, ["张三", "李四", "王五"]):
        receipt = receipt.signed(level, name, "2026-11-23T09:30:00+08:00", b"key")
    kept = baguan.Receipt.parse(receipt.to_json())
    digest = reviewer.rules.digest
    assert kept.verify(DRAFT, key=b"key", ruleset=digest, day=date(2026, 11, 24))["holds"] is True
    changed = kept.verify("会议要求，各单位抓紧落实。", key=b"key")
    assert changed["holds"] is False
    assert [(d["was"], d["is"]) for d in changed["differences"]] == [("好", "紧")]
    assert kept.verify(DRAFT, key=b"other")["holds"] is False
    assert kept.missing_levels == () and DRAFT not in kept.without_text().to_json()
    assert pickle.loads(pickle.dumps(kept)).to_json() == kept.to_json()


def test_overridden() -> None:
    report = baguan.Reviewer(as_of="2026-11-23").review("机密★1年")
    receipt = report.receipt()
    level = receipt.missing_levels[0]
    with pytest.raises(baguan.ReceiptError):
        receipt.signed(level, "张三", "2026-11-23")
    [blocking] = report.blocking
    held = receipt.overridden(blocking.fingerprint, "引文如此", "李四", until="2027-01-01")
    assert held.signed(level, "张三", "2026-11-23").verify("机密★1年")["blocking"] == []
    with pytest.raises(baguan.ReceiptError):
        baguan.Receipt.parse("{}")
