"""Whole-process times of the everyday commands, each beside a peer in the same run.

Prints a Markdown table: median seconds of both, and the median of the ratios
taken pair by pair, since machines drift. ``python benchmarks/run.py [PAIRS]``.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUERY = (ROOT / "queries" / "moderators-that-reduce-effect.rq").read_text("utf-8")

# The same question as a script would ask it without vomkg.
RDFLIB = f"""
import sys, rdflib
graph = rdflib.Graph()
for name in sys.argv[1:]:
    graph.parse(name)
rows = list(graph.query({QUERY!r}))
assert len(rows) == 4, len(rows)
"""


@dataclass(frozen=True)
class Race:
    """One command of ours, the peer's and what is compared."""

    name: str
    ours: list[str]
    peer_name: str
    peer: list[str]


def races() -> list[Race]:
    """What is measured."""
    vomkg = [sys.executable, "-m", "vomkg"]
    data = [str(ROOT / "data" / "vom.ttl"), str(ROOT / "ontology" / "vomkg.ttl")]
    ontology = [
        str(ROOT / "ontology" / f"{name}.ttl")
        for name in ("vomkg", "stubs", "vocabulary")
    ]
    merged = str(ROOT / "benchmarks" / ".shapes.ttl")
    background = str(ROOT / "benchmarks" / ".ontology.ttl")
    prefixes = ROOT / "ontology" / "prefixes.ttl"  # its SPARQL needs them declared
    _merge([*sorted((ROOT / "shapes").glob("*.ttl")), prefixes], merged)
    _merge([Path(name) for name in ontology], background)
    return [
        Race(
            "`vomkg run moderators-that-reduce-effect`",
            [*vomkg, "run", "moderators-that-reduce-effect", "--format", "csv"],
            "rdflib: read the Turtle, run the query",
            [sys.executable, "-c", RDFLIB, *data],
        ),
        Race(
            "`vomkg --help`",
            [*vomkg, "--help"],
            "`flask --help`",
            [sys.executable, "-m", "flask", "--help"],
        ),
        Race(
            "`vomkg validate`",
            [*vomkg, "validate", "--format", "json"],
            "`pyshacl` on the data alone",
            [sys.executable, "-m", "pyshacl", "-s", merged, "-e", background, data[0]],
        ),
    ]


def _merge(files: list[Path], target: str) -> None:
    import rdflib

    graph = rdflib.Graph()
    for file in files:
        graph.parse(file)
    graph.serialize(target, format="turtle")


def seconds(command: list[str]) -> float:
    """Wall time of one process, which must come to an answer."""
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    taken = time.perf_counter() - start
    # 1 is a verdict: the bare engine also judges the ontology that it is given.
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        raise SystemExit(f"{' '.join(command[:6])} failed: {done.stderr[-500:]}")
    return taken


def main(arguments: list[str]) -> int:
    """Runs each pair in turn and prints the table."""
    pairs = int(arguments[0]) if arguments else 7
    print(f"{platform.python_version()}, {os.cpu_count()} cores, {pairs} pairs\n")
    print("| command | median s | peer | median s | ratio |")
    print("|---|---|---|---|---|")
    for race in races():
        seconds(race.ours)
        seconds(race.peer)
        found = [(seconds(race.ours), seconds(race.peer)) for _ in range(pairs)]
        ours = statistics.median(a for a, _ in found)
        peer = statistics.median(b for _, b in found)
        ratio = statistics.median(a / b for a, b in found)
        print(
            f"| {race.name} | {ours:.2f} | {race.peer_name} | {peer:.2f} "
            f"| {ratio:.2f} |",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
