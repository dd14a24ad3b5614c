"""A column of drafts in a data frame: one row a finding.

    python frames.py articles.csv body findings.csv
"""

import sys
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd
import polars as pl

import baguan

COLUMNS = ["row", "rule", "gate", "severity", "message", "start", "end", "text"]


def findings(drafts: Iterable[str | None], reviewer: baguan.Reviewer) -> Iterator[dict[str, Any]]:
    """The findings of all drafts, with the number of their row; a missing draft has none."""
    for row, report in enumerate(reviewer.review_many(draft or "" for draft in drafts)):
        for finding in report:
            named = finding._asdict()
            yield {"row": row, **{name: named[name] for name in COLUMNS[1:]}}


def review_pandas(drafts: pd.Series, reviewer: baguan.Reviewer) -> pd.DataFrame:
    """Joins back with `frame.join(found.set_index("row"))` where the frame has its default index."""
    rows = pd.DataFrame(findings(drafts.fillna(""), reviewer), columns=COLUMNS)
    return rows.astype({"gate": str, "severity": str})


def review_polars(drafts: pl.Series, reviewer: baguan.Reviewer) -> pl.DataFrame:
    """Joins back with `frame.with_row_index("row").join(found, on="row")`."""
    integer, text = pl.Int64(), pl.String()
    schema = {name: integer if name in ("row", "start", "end") else text for name in COLUMNS}
    rows = [{**row, "gate": str(row["gate"]), "severity": str(row["severity"])} for row in findings(drafts, reviewer)]
    return pl.DataFrame(rows, schema=schema)


if __name__ == "__main__":
    source, column, target = sys.argv[1:]
    frame = pd.read_csv(source)
    review_pandas(frame[column], baguan.Reviewer()).to_csv(target, index=False, encoding="utf-8-sig")
