"""The small data a review answers in: names as string enums, records as named tuples, errors."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple



class _Name(str, Enum):
    """A name that is also the text it has in rulesets and JSON."""

    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, format_spec: str) -> str:
        return str.__format__(self, format_spec)


class _Ordered(_Name):
    """Names in order, the mildest first: `max` and `>=` go by it; the text of a name may stand for it."""

    def _rank(self, other: str) -> int:
        order = list(type(self))
        return order.index(self) - order.index(type(self)(other))

    def __lt__(self, other: str) -> bool:
        return self._rank(other) < 0

    def __le__(self, other: str) -> bool:
        return self._rank(other) <= 0

    def __gt__(self, other: str) -> bool:
        return self._rank(other) > 0

    def __ge__(self, other: str) -> bool:
        return self._rank(other) >= 0


class Gate(_Name):
    """What a rule guards."""

    POLITICAL = "political"
    LEGAL = "legal"
    SECRECY = "secrecy"
    WORDING = "wording"


class Severity(_Ordered):
    """How grave a finding is."""

    HINT = "hint"
    WARNING = "warning"
    ERROR = "error"
    FATAL = "fatal"


class Verdict(_Ordered):
    """What is to be done with a draft."""

    PASS = "pass"
    REVISE = "revise"
    BLOCK = "block"


class Safety(_Ordered):
    """Whether a fix may be applied unseen."""

    ASK = "ask"
    SAFE = "safe"


class Edit(NamedTuple):
    """`draft[start:end]` becomes `text`."""

    start: int
    end: int
    text: str


class Fix(NamedTuple):
    """What to write instead; the edits do not overlap and stand in text order."""

    edits: tuple[Edit, ...]
    safety: Safety


class Finding(NamedTuple):
    """One objection to the draft: `draft[finding.start:finding.end] == finding.text`."""

    rule: str
    gate: Gate
    severity: Severity
    message: str
    why: str
    source: str
    start: int
    end: int
    line: int
    column: int
    text: str
    fixes: tuple[Fix, ...]
    fingerprint: str


class Suppressed(NamedTuple):
    """A finding that was put aside: by what, and what that rests on."""

    finding: Finding
    by: str
    detail: str | None


class Change(NamedTuple):
    """What an edit changed, the removed with the places they had; findings that only moved are in neither."""

    added: tuple[Finding, ...]
    removed: tuple[Finding, ...]


class GateReport(NamedTuple):
    """What was found at one gate."""

    verdict: Verdict
    fatal: int
    error: int
    warning: int
    hint: int


class Problem(NamedTuple):
    """One thing wrong with a ruleset; line and column count from 1."""

    file: str
    line: int
    column: int
    message: str


class RulesetError(ValueError):
    """A ruleset that cannot be used, with every problem found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(f"{p.file}:{p.line}:{p.column}: {p.message}" for p in self.problems)


class ReceiptError(ValueError):
    """A receipt that cannot be read, signed or overridden so."""
