"""Many drafts: in order, streamed, on several threads, interruptible."""

import itertools
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator

import pytest

import baguan

DRAFTS = [f"第{n}次会议" + "一愁莫展。" * (n % 4) for n in range(3000)]


@pytest.mark.parametrize("threads", [None, 1, 2, 7])
def test_order_is_kept(reviewer: baguan.Reviewer, threads: int | None) -> None:
    reports = list(reviewer.review_many(DRAFTS, threads=threads))
    assert [report.text for report in reports] == DRAFTS
    assert [len(report) for report in reports] == [n % 4 for n in range(3000)]
    assert reports[7].to_json() == reviewer.review(DRAFTS[7]).to_json()


def test_streams(reviewer: baguan.Reviewer) -> None:
    endless = (f"一愁莫展{n}" for n in itertools.count())
    some = itertools.islice(reviewer.review_many(endless), 2500)
    assert [report.text for report in some] == [f"一愁莫展{n}" for n in range(2500)]
    assert list(reviewer.review_many([])) == []


def test_failure_comes_in_its_place(reviewer: baguan.Reviewer) -> None:
    def drafts() -> Iterator[str]:
        yield "甲"
        yield "乙"
        raise RuntimeError("no more")

    reports = reviewer.review_many(drafts())
    assert [next(reports).text, next(reports).text] == ["甲", "乙"]
    with pytest.raises(RuntimeError, match="no more"):
        next(reports)
    with pytest.raises(StopIteration):
        next(reports)


@pytest.mark.parametrize(
    ("wrong", "error"), [(1, TypeError), (b"\xe4", TypeError), (None, TypeError), ("\ud83d", UnicodeEncodeError)]
)
def test_no_text(reviewer: baguan.Reviewer, wrong: str, error: type[Exception]) -> None:
    reports = reviewer.review_many(["甲", wrong, "乙"])
    assert next(reports).text == "甲"
    with pytest.raises(error):
        next(reports)
    with pytest.raises(error):
        reviewer.review(wrong)


def test_shared_between_threads(reviewer: baguan.Reviewer) -> None:
    expected = [reviewer.review(draft).to_json() for draft in DRAFTS[:200]]
    answers: dict[int, list[str]] = {}

    def work(n: int) -> None:
        answers[n] = [reviewer.review(draft).to_json() for draft in DRAFTS[:200]]

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == dict.fromkeys(range(8), expected)


def review_elsewhere(reviewer: baguan.Reviewer) -> list[baguan.Finding]:
    return [finding for report in reviewer.review_many(DRAFTS[:100]) for finding in report]


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_in_another_process(reviewer: baguan.Reviewer, method: str) -> None:
    here = review_elsewhere(reviewer)
    with multiprocessing.get_context(method).Pool(1) as pool:
        assert pool.apply_async(review_elsewhere, (reviewer,)).get(timeout=60) == here


@pytest.fixture
def heeds_interrupts() -> Iterator[None]:
    """What is started in the background of a shell ignores Ctrl-C, and so would never end."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeds_interrupts")
def test_interrupted(reviewer: baguan.Reviewer) -> None:
    def drafts() -> Iterator[str]:
        for n in itertools.count():
            if n == 5000:
                os.kill(os.getpid(), signal.SIGINT)
            yield "一愁莫展"

    with pytest.raises(KeyboardInterrupt):
        list(reviewer.review_many(drafts()))


# `list` runs no Python code, so only the batch itself can see the signal.
@pytest.mark.usefixtures("heeds_interrupts")
def test_interrupted_without_python_code(reviewer: baguan.Reviewer) -> None:
    timer = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        all(map(bool, reviewer.review_many(itertools.repeat("一愁莫展"))))
