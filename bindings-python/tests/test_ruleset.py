"""Rulesets from Python: merged, switched off, refused with every problem."""

import pickle
from pathlib import Path

import pytest

import baguan

HOUSE = """
[[rule]]
id = "wording/house-name"
kind = "replace"
severity = "error"
message = "本社名称应写作「{right}」"
why = "社名"
source = "本社《体例手册》"
pairs = [["晨光出版公司", "晨光出版社"]]
bad = ["晨光出版公司成立。"]
good = ["晨光出版社成立。"]
"""
DRAFT = "晨光出版公司一愁莫展。"


def found(rules: baguan.Ruleset) -> list[str]:
    return [f.rule for f in baguan.Reviewer(rules, as_of="2026-11-23").review(DRAFT)]


def test_merge_and_disable() -> None:
    house = baguan.Ruleset.parse(HOUSE)
    both = baguan.Ruleset.standard().merge(house)
    assert found(house) == ["wording/house-name"]
    assert found(both) == ["wording/house-name", "wording/idiom-misspelt"]
    less = both.disable("wording/idiom-misspelt", "wording/word-near-miss")
    assert found(less) == ["wording/house-name"]
    assert "wording/house-name" in both.rules and "news" in both.classes


def test_from_path(tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text(HOUSE, "utf-8")
    assert found(baguan.Ruleset.from_path(tmp_path)) == ["wording/house-name"]
    assert found(baguan.Ruleset.from_path(str(tmp_path / "house.toml"))) == ["wording/house-name"]


def test_compiled() -> None:
    both = baguan.Ruleset.standard().merge(baguan.Ruleset.parse(HOUSE))
    data = both.compile()
    loaded = baguan.Ruleset.compiled(data)
    assert found(loaded) == found(both)
    assert (loaded.digest, loaded.rules, loaded.classes) == (both.digest, both.rules, both.classes)
    again = pickle.loads(pickle.dumps(loaded))
    assert again.digest == both.digest and again.compile() == data
    with pytest.raises(ValueError, match="^no compiled rules$"):
        baguan.Ruleset.compiled(HOUSE.encode())
    with pytest.raises(ValueError, match="^damaged"):
        baguan.Ruleset.compiled(data[:-1])


def test_problems_name_their_place() -> None:
    with pytest.raises(baguan.RulesetError) as caught:
        baguan.Ruleset.parse(HOUSE.replace("severity", "severty"), "house.toml")
    assert isinstance(caught.value, ValueError)
    places = [(p.file, p.line, p.column) for p in caught.value.problems]
    assert ("house.toml", 5, 1) in places
    assert "did you mean `severity`" in str(caught.value)
    assert str(caught.value).startswith("house.toml:")
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(baguan.RulesetError, match="cannot read"):
        baguan.Ruleset.from_path(tmp_path / "none")


def test_unknown_rule() -> None:
    with pytest.raises(baguan.RulesetError, match="did you mean `wording/idiom-misspelt`"):
        baguan.Ruleset.standard().disable("wording/idiom-mispelt")


def test_pickled() -> None:
    merged = baguan.Ruleset.standard().merge(baguan.Ruleset.parse(HOUSE))
    rules = merged.disable("wording/idiom-misspelt")
    reviewer = baguan.Reviewer(rules, class_="policy", as_of="2026-11-23")
    again = pickle.loads(pickle.dumps(reviewer))
    assert again.rules.digest == rules.digest
    assert again.review(DRAFT).to_json() == reviewer.review(DRAFT).to_json()
    assert repr(again) == repr(reviewer)
    assert repr(rules).startswith("<Ruleset ")
