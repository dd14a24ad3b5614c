"""A hook that a CMS calls before it publishes: what blocks is held, and the receipt is kept.

    hook = PublishHook(Path("receipts"), key=Path("house.key").read_bytes())
    hook.reviewed("2026-1123-07", draft)                  # at every save
    hook.signed("2026-1123-07", "初审", "张三", now)       # each level in its turn
    hook.before_publish("2026-1123-07", draft)            # raises NotToBePublished
"""

import os
from datetime import date
from pathlib import Path

import baguan


class NotToBePublished(Exception):
    """Why, as data: what `Receipt.verify` says."""


class PublishHook:
    def __init__(self, folder: Path, key: bytes, class_: str = "news") -> None:
        self.folder, self.key = folder, key
        self.reviewer = baguan.Reviewer(class_=class_)

    def reviewed(self, article: str, draft: str) -> baguan.Report:
        """Reviews the draft and keeps its receipt; signatures on an earlier text lapse."""
        report = self.reviewer.replace(as_of=date.today()).review(draft)
        self._keep(article, report.receipt(self.key))
        return report

    def signed(self, article: str, level: str, name: str, time: str) -> tuple[str, ...]:
        """Signs at one level and gives those still to sign."""
        receipt = self._kept(article).signed(level, name, time, self.key)
        self._keep(article, receipt)
        return receipt.missing_levels

    def before_publish(self, article: str, draft: str) -> None:
        """Refuses a draft that is not the one reviewed, that is blocked, or that somebody has yet to sign."""
        verification = self._kept(article).verify(draft, key=self.key)
        if not verification["holds"]:
            raise NotToBePublished(verification)

    def _path(self, article: str) -> Path:
        if not article.replace("-", "").replace("_", "").isalnum():
            raise ValueError(f"no name of an article: {article!r}")
        return self.folder / f"{article}.receipt.json"

    def _kept(self, article: str) -> baguan.Receipt:
        return baguan.Receipt.parse(self._path(article).read_text("utf-8"))

    def _keep(self, article: str, receipt: baguan.Receipt) -> None:
        path = self._path(article)
        path.parent.mkdir(parents=True, exist_ok=True)
        # Whole or not at all, whatever happens meanwhile.
        draft = path.with_suffix(".new")
        draft.write_text(receipt.to_json(), "utf-8")
        os.replace(draft, path)
