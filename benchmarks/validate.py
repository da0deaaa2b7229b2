"""How fast data are validated, beside pySHACL in the same run.

First a generated graph with planted faults: each engine must find exactly the key,
and both the same; then the shipped data, whole processes. Prints Markdown tables;
ratios are pySHACL's time over ours, pair by pair, since machines drift.
``python benchmarks/validate.py [--triples N] [--pairs N] [--queries]``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from harness.planted import BASE, PROPERTIES, QUERY, SHACL, Planted

ROOT = Path(__file__).resolve().parent.parent
END = "ConstraintComponent"
# One process for one engine: it says how long reading and judging took, and what
# was found. What both share, such as starting Python, is not counted.
ENGINE = """
import json, sys, time
from pathlib import Path
from vomkg.curate.validate import validate
from vomkg.graph.read import read
from vomkg.graph.triples import Triples
engine, shapes, data = sys.argv[1], *map(Path, sys.argv[2:])
import rdflib
__import__("pyshacl" if engine == "pyshacl" else "shacl")
shapes = read([shapes])
start = time.perf_counter()
read_ = Triples.read([data])
report = validate(read_, shapes, rdflib.Graph(), engine=engine)
taken = time.perf_counter() - start
rows = [[r.focus, r.path, r.value, r.component, r.severity, r.shape, r.message]
        for r in report.results]
json.dump({"seconds": taken, "rows": rows}, sys.stdout)
"""


def engine(name: str, shapes: Path, data: Path) -> tuple[float, list[list[str]]]:
    """Seconds from file to results inside one process, and the results."""
    words = [sys.executable, "-c", ENGINE, name, str(shapes), str(data)]
    done = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    return found["seconds"], found["rows"]


def bare(shapes: Path, data: Path) -> tuple[float, list[tuple[str, str, str]]]:
    """Seconds of pySHACL's own command, and what it found."""
    import pyoxigraph

    start = time.perf_counter()
    words = [sys.executable, "-m", "pyshacl", "-s", str(shapes), "-f", "nt", str(data)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - start
    said: dict[str, dict[str, str]] = {}
    for quad in pyoxigraph.parse(done.stdout, format=pyoxigraph.RdfFormat.N_TRIPLES):
        place = quad.predicate.value.removeprefix(SHACL)
        said.setdefault(str(quad.subject), {})[place] = quad.object.value
    rows = [
        (row["focusNode"], row.get("sourceShape", ""), _short(row["sourceConstraintComponent"]))
        for row in said.values()
        if "focusNode" in row
    ]  # fmt: skip
    return taken, rows


def command(shapes: Path, empty: Path, data: Path) -> tuple[float, Counter]:
    """Seconds of ``vomkg validate`` as a whole process, and what it found."""
    start = time.perf_counter()
    options = ["--shapes", str(shapes), "--ontology", str(empty), "--format", "json"]
    words = [sys.executable, "-m", "vomkg", "validate", *options, str(data)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - start
    results = json.loads(done.stdout)["results"]
    return taken, Counter(
        (row["focus"], row["shape"], _short(row["component"]))
        for row in results
        if row["check"] in {"shape", "literal"}
    )


def _short(component: str) -> str:
    return component.removeprefix(SHACL).removesuffix(END)


def found_of(rows: list[list[str]]) -> Counter[tuple[str, str, str]]:
    """The results as the key has them: node, property and component."""
    told: Counter[tuple[str, str, str]] = Counter()
    for focus, path, _, component, _, _, _ in rows:
        place = (path or "").removeprefix(BASE)
        if component.startswith("SPARQL"):
            place = "size"
        told[focus, place, _short(component)] += 1
    return told


def planted(folder: Path, triples: int, pairs: int, *, queries: bool) -> None:
    """The table of the generated graph."""
    shapes, data, empty = (folder / n for n in ("shapes.ttl", "data.nt", "empty.ttl"))
    shapes.write_text(PROPERTIES + (QUERY if queries else ""), encoding="utf-8")
    graph = Planted(seed=1, queries=queries)
    with data.open("w", encoding="utf-8") as out:
        count = sum(out.write(line) and 1 for line in graph.lines(triples))
    empty.write_text("")
    print(f"\n{count} triples, {graph.key.total()} faults, queries: {queries}\n")
    times: dict[str, list[float]] = {}
    for _ in range(pairs):
        rows = {}
        for name in ("shacl", "auto", "pyshacl"):
            seconds, rows[name] = engine(name, shapes, data)
            times.setdefault(f"{name}, file to results", []).append(seconds)
            assert found_of(rows[name]) == graph.key, f"{name} does not find the key"
        assert sorted(rows["shacl"], key=str) == sorted(rows["pyshacl"], key=str)
        assert rows["auto"] == rows["pyshacl"]
        seconds, ours = command(shapes, empty, data)
        times.setdefault("`vomkg validate`, whole process", []).append(seconds)
        seconds, theirs = bare(shapes, data)
        times.setdefault("`pyshacl`, whole process", []).append(seconds)
        # The command joins results that differ by component alone, and knows faults
        # beside those of shapes: what both must name are the nodes.
        nodes = [{focus for focus, _, _ in told} for told in (ours, theirs)]
        assert nodes[0] == nodes[1], "the commands differ"
    peer = {True: "`pyshacl`, whole process", False: "pyshacl, file to results"}
    print("| what | median s | ratio to pySHACL |\n|---|---|---|")
    for name, taken in times.items():
        other = times[peer["whole" in name]]
        ratio = statistics.median(b / a for a, b in zip(taken, other, strict=True))
        print(
            f"| {name} | {statistics.median(taken):.2f} | {ratio:.1f} × |", flush=True
        )


def shipped(pairs: int) -> None:
    """The table of the shipped data: whole processes, the first one cold."""
    print("\n| `vomkg validate` on the shipped data | median s | user and system s |")
    print("|---|---|---|")
    for name in ("auto", "shacl", "pyshacl"):
        taken, used = [], []
        for _ in range(pairs):
            before = os.times()
            words = [sys.executable, "-m", "vomkg", "validate", "--engine", name]
            with tempfile.TemporaryDirectory() as cache:
                subprocess.run(
                    words,
                    cwd=ROOT,
                    check=True,
                    capture_output=True,
                    env={**os.environ, "VOMKG_CACHE": cache},
                )
            after = os.times()
            taken.append(after.elapsed - before.elapsed)
            used.append(after[2] + after[3] - before[2] - before[3])
        print(
            f"| --engine {name} | {statistics.median(taken):.2f} "
            f"| {statistics.median(used):.2f} |",
            flush=True,
        )


def main() -> int:
    """Print the tables; a result that is not in the key ends the run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument(
        "--queries", action="store_true", help="a SPARQL constraint too"
    )
    given = parser.parse_args()
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    print(f"{platform.python_version()}, {os.cpu_count()} cores, load {load}")
    shipped(given.pairs)
    with tempfile.TemporaryDirectory() as folder:
        planted(Path(folder), given.triples, given.pairs, queries=given.queries)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
