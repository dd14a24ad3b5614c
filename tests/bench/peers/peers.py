"""Peers side by side on one core: the same texts, the same words where they take words. Writes record/peers.md."""

import json
import os
import platform
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path

ROOT, NODE = Path(sys.argv[1]), Path(sys.argv[2])
ROUNDS, SECONDS = 3, 2.0

Engine = Callable[[str], int]


def texts() -> tuple[str, list[str]]:
    """Published texts where they are at hand, else those of the suite; in one order on every machine."""
    folder = Path(os.environ.get("BAGUAN_TEXTS", ROOT.parent / "shared/eval/clean"))
    lines = (line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines())
    found = [json.loads(line)["text"] for line in lines]
    name = "published texts"
    if not found:
        found = [path.read_text("utf-8") for path in sorted((ROOT / "tests/corpus").glob("*.txt"))] * 100
        name = "texts of the suite"
    random.Random(23).shuffle(found)
    return name, found


def words() -> list[str]:
    """The words of the standard rules that stand in lists, as the benchmarks in Rust take them."""
    lines = (line for path in (ROOT / "rulesets").rglob("*.tsv") for line in path.read_text("utf-8").splitlines())
    firsts = {line.split("\t")[0] for line in lines if line.strip() and not line.startswith("#")}
    return sorted(word for word in firsts if len(word) > 1)


def engines(terms: list[str]) -> Iterator[tuple[str, str, str, Engine]]:
    """Name, version, what it does, and what counts its findings in a text."""
    import ahocorasick
    import ahocorasick_rs
    import autocorrect_py
    import baguan
    import daachorse
    import lt_py
    import matcher_py

    reviewer = baguan.Reviewer()
    yield "baguan", version("baguan"), "whole review", lambda text: len(reviewer.review(text))

    scan = ahocorasick_rs.AhoCorasick(terms, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    count = scan.find_matches_as_indexes
    yield "ahocorasick_rs", version("ahocorasick_rs"), "words", lambda text: len(count(text))

    charwise = daachorse.CharwiseDoubleArrayAhoCorasick(terms, daachorse.MATCH_KIND_LEFTMOST_LONGEST)
    yield "daachorse", version("daachorse"), "words", lambda text: len(charwise.find(text))

    automaton = ahocorasick.Automaton()
    for term in terms:
        automaton.add_word(term, term)
    automaton.make_automaton()
    longest = automaton.iter_long
    yield "pyahocorasick", version("pyahocorasick"), "words", lambda text: sum(1 for _ in longest(text))

    builder = matcher_py.SimpleMatcherBuilder()
    for number, term in enumerate(terms, 1):
        builder.add_word(matcher_py.ProcessType.VARIANT_NORM | matcher_py.ProcessType.DELETE_NORMALIZE, number, term)
    matcher = builder.build()
    what = "words, folded, without places"
    yield "matcher_py", version("matcher_py"), what, lambda text: len(matcher.process(text))

    lint = autocorrect_py.lint_for
    yield "autocorrect-py", version("autocorrect-py"), "lint", lambda text: len(lint(text, "text").lines)

    tweaker = lt_py.Engine("zh-CN")
    yield "lingotweaker zh", version("lingotweaker"), "check", lambda text: len(tweaker.check(text))


def measured(engine: Engine, drafts: list[str]) -> tuple[int, float, int]:
    """Bytes, seconds and findings of as many texts as there is time for; the slow see fewer of the same."""
    sizes, found = 0, 0
    start = time.perf_counter()
    for draft in drafts:
        found += engine(draft)
        sizes += len(draft.encode())
        if time.perf_counter() - start > SECONDS:
            break
    return sizes, time.perf_counter() - start, found


def in_python(drafts: list[str]) -> list[dict[str, object]]:
    """Every engine in turn, round after round."""
    all_engines = list(engines(words()))
    rounds: dict[str, list[tuple[int, float, int]]] = {}
    for _, _, _, engine in all_engines:
        engine(drafts[0])
    for _ in range(ROUNDS):
        for name, _, _, engine in all_engines:
            rounds.setdefault(name, []).append(measured(engine, drafts))
    return [
        {
            "name": name,
            "version": number,
            "does": does,
            "megabytes": rounds[name][-1][0] / 1e6,
            "speed": statistics.median(size / 1e6 / seconds for size, seconds, _ in rounds[name]),
            "found": rounds[name][-1][2],
        }
        for name, number, does, _ in all_engines
    ]


def command(drafts: list[str]) -> list[dict[str, object]]:
    """Our command on all texts as a batch, reading, JSON and start included."""
    batch = "".join(json.dumps({"id": n, "text": text}, ensure_ascii=False) + "\n" for n, text in enumerate(drafts))
    program = ROOT / "target/release/baguan"
    speeds, answers = [], ""
    for _ in range(ROUNDS):
        start = time.perf_counter()
        answers = subprocess.run([program, "check", "--jsonl"], input=batch, capture_output=True, text=True).stdout
        speeds.append(sum(len(text.encode()) for text in drafts) / 1e6 / (time.perf_counter() - start))
    return [{
        "name": "baguan check --jsonl",
        "version": version("baguan"),
        "does": "whole review",
        "megabytes": sum(len(text.encode()) for text in drafts) / 1e6,
        "speed": statistics.median(speeds),
        "found": sum(len(json.loads(line)["findings"]) for line in answers.splitlines()),
    }]


def in_node(drafts: list[str]) -> list[dict[str, object]]:
    """What the script for Node measures; it is given the texts and words in a file."""
    given = NODE.with_name("given.json")
    given.write_text(json.dumps({"drafts": drafts, "words": words(), "rounds": ROUNDS, "seconds": SECONDS}), "utf-8")
    ran = subprocess.run(["node", NODE, given], stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(ran.stdout)


def machine() -> str:
    """Cores and model of the processor."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    fields = dict(line.split(":", 1) for line in lines if ":" in line)
    models = {key.strip(): value.strip() for key, value in fields.items()}
    model = models.get("model name", platform.processor())
    family = f"family {models.get('cpu family', '?')}, model {models.get('model', '?')}"
    return f"{os.cpu_count()} cores, {model} ({family}); one core used"


def table(rows: list[dict[str, object]]) -> str:
    """The rows, and how many times as fast a whole review from Python is."""
    own = rows[0]["speed"]
    lines = ["| tool | version | does | MB read | MB/s | found | baguan from Python ÷ it |", "|---|---|---|---|---|---|---|"]
    for row in rows:
        speed = f"{row['speed']:.2f}"
        lines.append(
            f"| {row['name']} | {row['version']} | {row['does']} | {row['megabytes']:.2f} | {speed} "
            f"| {row['found']} | {own / row['speed']:.2f} |"
        )
    return "\n".join(lines)


def main() -> None:
    os.environ["RAYON_NUM_THREADS"] = "1"
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    name, drafts = texts()
    rows = in_python(drafts) + command(drafts) + in_node(drafts)
    node = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip()
    size = sum(len(text.encode()) for text in drafts) / 1e6
    record = f"""# Peers side by side

Made by `make bench-peers`, {date.today()}. Machine: {machine()}. Python {platform.python_version()}, Node {node}.
Text: {len(drafts)} {name}, {size:.1f} MB, one by one; {len(words())} words of the standard lists for those that take words.
Each tool reads the same texts in the same order for {SECONDS:.0f} s at most, {ROUNDS} times in turn; the median counts. The
tools do different things: what they find cannot be compared, only what they take.

{table(rows)}
"""
    (ROOT / "tests/bench/record/peers.md").write_text(record, "utf-8")
    print(record)


main()
