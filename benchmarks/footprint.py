"""Memory and start of the server over the shipped graph, from a built release.

Prints the seconds from the start of the command to the first answer, and the
proportional memory (PSS) of all its processes before and after each question was
asked once. ``python benchmarks/footprint.py [granian|waitress] [RUNS]``; Linux.
"""

from __future__ import annotations

import json
import re
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = sorted(path.stem for path in (ROOT / "queries").glob("*.rq"))


def main() -> None:
    """Run, and print a Markdown table."""
    name = sys.argv[1] if len(sys.argv) > 1 else "granian"
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    subprocess.run(
        [sys.executable, "-m", "vomkg", "build"], check=True, stdout=subprocess.DEVNULL
    )
    found = [_run(name) for _ in range(runs)]
    print("| server | start to first answer, s | MiB (PSS) | after all questions |")
    print("|---|---|---|---|")
    middle = [statistics.median(values) for values in zip(*found, strict=True)]
    print(f"| {name} | {middle[0]:.2f} | {middle[1]:.0f} | {middle[2]:.0f} |")


def _run(name: str) -> tuple[float, float, float]:
    """Seconds to the first answer, and MiB before and after the questions."""
    words = ["serve", "--port", "0", "--workers", "2", "--server", name]
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "vomkg", *words], stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stderr is not None
        address = process.stderr.readline().split()[2]
        with urlopen(f"{address}sparql?query=ASK%7B%7D") as response:  # noqa: S310
            assert json.load(response)["boolean"]
        seconds = time.perf_counter() - start
        first = _memory(process.pid)
        for question in QUESTIONS:
            with urlopen(f"{address}questions/{question}") as response:  # noqa: S310
                response.read()
        return seconds, first, _memory(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()


def _memory(pid: int) -> float:
    """MiB of a process and all that come from it, shared pages shared out."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    own = int(re.findall(r"^Pss:\s+(\d+)", text, re.MULTILINE)[0]) / 1024
    tasks = Path(f"/proc/{pid}/task").iterdir()
    below = " ".join((task / "children").read_text("ascii") for task in tasks)
    return own + sum(_memory(int(child)) for child in below.split())


if __name__ == "__main__":
    main()
