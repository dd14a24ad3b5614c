"""把关: reviews a publisher's own drafts before publication against four gates.

>>> import baguan
>>> reviewer = baguan.Reviewer()
>>> draft = "会议一愁莫展。"
>>> [(f.rule, draft[f.start : f.end]) for f in reviewer.review(draft)]
[('wording/idiom-misspelt', '一愁莫展')]

Offsets count code points, as `str` does. A `Reviewer` is built once and shared between threads.
"""

from collections.abc import Sequence as _Sequence

from baguan._baguan import Receipt, Report, Reviewer, Reviews, Ruleset, Session, __version__, html_page
from baguan._types import (
    Change,
    Edit,
    Finding,
    Fix,
    Gate,
    GateReport,
    Problem,
    ReceiptError,
    RulesetError,
    Safety,
    Severity,
    Suppressed,
    Verdict,
)

_Sequence.register(Report)

__all__ = [
    "Change",
    "Edit",
    "Finding",
    "Fix",
    "Gate",
    "GateReport",
    "Problem",
    "Receipt",
    "ReceiptError",
    "Report",
    "Reviewer",
    "Reviews",
    "Ruleset",
    "RulesetError",
    "Safety",
    "Session",
    "Severity",
    "Suppressed",
    "Verdict",
    "__version__",
    "html_page",
]
