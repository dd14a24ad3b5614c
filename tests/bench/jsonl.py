"""How `baguan check --jsonl` scales: one core and two, and its memory as the input grows. Writes record/jsonl.md.

    cargo build --release -p baguan-cli && python3 tests/bench/jsonl.py
"""

import json
import os
import platform
import resource
import subprocess
import time
from collections.abc import Iterator
from datetime import date
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).parents[2]
SIZES = [10, 50, 200]


def drafts() -> list[str]:
    """Published texts where they are at hand, else those of the suite."""
    folder = Path(os.environ.get("BAGUAN_TEXTS", ROOT.parent / "shared/eval/clean"))
    lines = (line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines())
    found = [json.loads(line)["text"] for line in lines]
    return found or [path.read_text("utf-8") for path in sorted((ROOT / "tests/corpus").glob("*.txt"))]


def records(megabytes: int) -> Iterator[bytes]:
    """Lines of so many megabytes together, the drafts again and again."""
    size = 0
    for number, text in enumerate(cycle(drafts())):
        if size >= megabytes * 1_000_000:
            return
        line = json.dumps({"id": number, "text": text}, ensure_ascii=False).encode() + b"\n"
        size += len(line)
        yield line


def run(path: Path, threads: int) -> tuple[float, float]:
    """Seconds, and the most memory in megabytes, of a child of its own."""
    start = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.environ["RAYON_NUM_THREADS"] = str(threads)
        with path.open("rb") as given:
            subprocess.run([ROOT / "target/release/baguan", "check", "--jsonl"], stdin=given, stdout=subprocess.DEVNULL)
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        path.with_suffix(".most").write_text(str(most))
        os._exit(0)
    os.waitpid(child, 0)
    return time.perf_counter() - start, int(path.with_suffix(".most").read_text()) / 1000


def main() -> None:
    folder = ROOT / "target/jsonl"
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["| input MB | threads | seconds | MB/s | most memory MB |", "|---|---|---|---|---|"]
    for size in SIZES:
        path = folder / "drafts.jsonl"
        with path.open("wb") as given:
            given.writelines(records(size))
        length = path.stat().st_size / 1e6
        for threads in (1, 2):
                    # The best of three: what else the machine does only slows a run down.
            runs = [run(path, threads) for _ in range(3)]
            seconds, memory = min(run[0] for run in runs), max(run[1] for run in runs)
            lines.append(f"| {length:.1f} | {threads} | {seconds:.2f} | {length / seconds:.1f} | {memory:.1f} |")
        path.unlink()
    table = "\n".join(lines)
    cpu = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else platform.processor()
    model = next((line.split(":")[1].strip() for line in cpu.splitlines() if line.startswith("model name")), cpu)
    record = f"""# A batch: cores and memory

Made by `tests/bench/jsonl.py`, {date.today()}. Machine: {os.cpu_count()} cores, {model}. The same drafts again and again as
records of `baguan check --jsonl`, answers thrown away; the best of three runs, the most memory of any.

{table}
"""
    (ROOT / "tests/bench/record/jsonl.md").write_text(record, "utf-8")
    print(record)


main()
