"""A folder of .docx and .md drafts: a CSV that Excel opens, and a page with every report.

    python folder.py drafts/ reports/
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

import baguan

HEAD = ["文件", "行", "列", "级别", "规则", "问题", "原文", "建议", "依据"]


def text_of(path: Path) -> str:
    """What a reader sees of a draft: paragraphs and tables in their order, a line each."""
    if path.suffix != ".docx":
        return path.read_text("utf-8-sig")
    lines: list[str] = []
    for part in docx.Document(str(path)).iter_inner_content():
        if isinstance(part, Paragraph):
            lines.append(part.text)
        elif isinstance(part, Table):
            lines.extend("\t".join(cell.text for cell in row.cells) for row in part.rows)
    return "\n".join(lines) + "\n"


def rows(name: str, report: baguan.Report) -> Iterator[list[str | int]]:
    for f in report:
        advice = "；".join(edit.text for fix in f.fixes[:1] for edit in fix.edits)
        yield [name, f.line, f.column, f.severity, f.rule, f.message, cell(f.text), cell(advice), f.source]


def cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def review_folder(source: Path, target: Path) -> baguan.Verdict:
    """Writes findings.csv and reports.html, and gives the gravest verdict."""
    reviewer = baguan.Reviewer()
    paths = sorted(path for path in source.rglob("*") if path.suffix in (".docx", ".md"))
    names = [path.relative_to(source).as_posix() for path in paths]
    reports = list(zip(names, reviewer.review_many(map(text_of, paths)), strict=True))
    target.mkdir(parents=True, exist_ok=True)
    # Excel takes a CSV for UTF-8 only where it starts with a byte order mark.
    with (target / "findings.csv").open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(HEAD)
        for name, report in reports:
            table.writerows(rows(name, report))
    (target / "reports.html").write_text(baguan.html_page(reports), "utf-8")
    return max((report.verdict for _, report in reports), default=baguan.Verdict.PASS)


if __name__ == "__main__":
    verdict = review_folder(Path(sys.argv[1]), Path(sys.argv[2]))
    sys.exit(verdict > baguan.Verdict.PASS)
