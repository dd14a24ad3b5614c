"""How fast Python reviews, against the command on the same drafts and a bare automaton. Not part of the suite.

    .venv/bin/pip install ahocorasick_rs==1.0.3 && .venv/bin/python bindings-python/bench.py target/release/baguan
"""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import baguan

ROOT = Path(__file__).parents[1]
DRAFTS = 10_000


def drafts() -> list[str]:
    """Short drafts of three sentences, cut from the corpus of correct texts, some with a wrong word."""
    chance = random.Random(23)
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "tests/corpus").glob("*.txt"))]
    sentences = [part + "。" for text in texts for part in text.replace("\n", "").split("。") if part]
    wrong = ["会议一愁莫展。", "进行了布署。"]
    return ["".join(chance.choices(sentences, k=3) + chance.choices(["", *wrong], [8, 1, 1])) for _ in range(DRAFTS)]


def best(work: Callable[[], object], rounds: int = 5) -> float:
    """Seconds of the fastest round."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def automaton(texts: list[str]) -> tuple[int, Callable[[], object]] | None:
    """The words of the standard lists in a bare automaton: how many, and a search of all texts; if it is installed."""
    try:
        from ahocorasick_rs import AhoCorasick
    except ImportError:
        return None
    lines = (line for path in (ROOT / "rulesets").rglob("*.tsv") for line in path.read_text("utf-8").splitlines())
    words = sorted({line.split("\t")[0] for line in lines if line and not line.startswith("#")})
    search = AhoCorasick(words)
    return len(words), lambda: [search.find_matches_as_indexes(text, overlapping=True) for text in texts]


def started() -> float:
    """Milliseconds that `import baguan` adds to the start of an interpreter."""

    def run(code: str) -> float:
        return best(lambda: subprocess.run([sys.executable, "-c", code], check=True), 15)

    return 1000 * (run("import baguan") - run("pass"))


def main() -> None:
    reviewer, texts = baguan.Reviewer(), drafts()
    size = sum(len(text.encode()) for text in texts) / 1e6
    findings = sum(map(len, reviewer.review_many(texts)))
    print(f"{DRAFTS} drafts, {size:.1f} MB, {findings} findings")

    def show(name: str, seconds: float) -> None:
        print(f"{name:44} {1000 * seconds:8.0f} ms {size / seconds:8.1f} MB/s")

    def count(threads: int) -> int:
        return sum(map(len, reviewer.review_many(texts, threads=threads)))

    def touch_all(threads: int) -> int:
        return sum(f.end - f.start for report in reviewer.review_many(texts, threads=threads) for f in report)

    show("review, one by one", best(lambda: [reviewer.review(text) for text in texts]))
    for threads in (1, 2):
        show(f"review_many, {threads} threads", best(partial(count, threads)))
        show(f"review_many, {threads} threads, every finding read", best(partial(touch_all, threads)))
    if len(sys.argv) > 1:
        lines = "".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts)).encode()
        for threads in (1, 2):
            command, environment = [sys.argv[1], "check", "--jsonl"], {"RAYON_NUM_THREADS": str(threads)}
            run = partial(subprocess.run, command, input=lines, env=environment, stdout=subprocess.DEVNULL)
            show(f"the command with --jsonl, {threads} threads", best(run))
    if found := automaton(texts):
        show(f"ahocorasick_rs, {found[0]} words, one thread", best(found[1]))
    print(f"import baguan: {started():.1f} ms; Reviewer(): {1000 * best(baguan.Reviewer):.0f} ms")


if __name__ == "__main__":
    main()
