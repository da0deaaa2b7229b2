"""The endpoint beside others, in one run: answers compared first, then timed.

Writes ``build/bench/report.json``, ``docs/benchmarks.md`` and
``docs/benchmarks.svg``. ``python benchmarks/endpoint.py [--quick] [--large]``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
import time
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

import generate
from harness import growth, load, runaway, suite
from harness.others import Virtuoso, found, missing
from harness.peers import PEERS, Oxigraph, OxigraphOnDisk, RdflibEndpoint
from harness.picture import picture
from harness.processes import machine
from harness.report import page
from harness.servers import BUILD, ROOT, Server, Vomkg
from harness.targets import verdicts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SIZES: Final = (10_000, 100_000, 1_000_000)
LARGE: Final = 10_000_000
# rdflib takes minutes to load more, and longer to answer.
RDFLIB_MOST: Final = 100_000
HERE: Final = ROOT / "benchmarks" / "harness"
PARTS: Final = ("suite", "cached", "runaway", "growth", "start")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write the files and say which promises were kept."""
    given = _options(arguments)
    BUILD.mkdir(parents=True, exist_ok=True)
    for row, how in missing().items():
        print(f"MISSING: {row} is left out; {how}", file=sys.stderr)
    _install()
    graphs = {size: _graph(size) for size in given.sizes}
    report: dict[str, Any] = {
        "machine": machine(),
        "versions": _versions(),
        "missing": dict(missing()),
        "rounds": given.rounds,
        "seconds": given.seconds,
        "load_average": [os.getloadavg()[0]],
    }
    begin = time.monotonic()
    _measure(given, graphs, report)
    report["load_average"].append(os.getloadavg()[0])
    report["minutes"] = (time.monotonic() - begin) / 60
    _write(report, docs=not given.no_docs)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", help="triples of the graphs")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2, help="of one run of wrk")
    parser.add_argument("--quick", action="store_true", help="small and rough")
    parser.add_argument("--large", action="store_true", help=f"also {LARGE:,} triples")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS)
    parser.add_argument("--no-docs", action="store_true", help="write the JSON only")
    given = parser.parse_args(arguments)
    if given.quick:
        given.rounds, given.seconds = min(given.rounds, 2), 1
    given.sizes = sorted(given.sizes or (SIZES[:2] if given.quick else SIZES))
    return given


def _measure(
    given: argparse.Namespace, graphs: dict[int, Path], report: dict[str, Any]
) -> None:
    point = suite.analyst_queries()["point"]
    middle = graphs[min(graphs, key=lambda size: abs(size - 100_000))]
    if "suite" in given.only:
        report["suite"] = {}
        for size, path in graphs.items():
            _say(f"the analyst's queries over {size:,} triples")
            found_there = suite.measure(_servers(size), path, given.rounds)
            report["suite"][str(size)] = found_there
    if "cached" in given.only and found("wrk") and found("nginx"):
        _say("one answer again and again")
        report["cached"] = load.measure(
            Vomkg,
            {"peer": Oxigraph, "peer on disk": OxigraphOnDisk},
            middle,
            point,
            rounds=given.rounds,
            seconds=given.seconds,
        )
    if "runaway" in given.only:
        _say("queries without end")
        report["runaway"] = runaway.measure(
            middle, point, rounds=2, seconds=4 * given.seconds
        )
    if "growth" in given.only:
        _grown(given, graphs, point, report)
    if "start" in given.only:
        _say("starts")
        report["start"] = growth.starts(given.rounds)


def _grown(
    given: argparse.Namespace,
    graphs: dict[int, Path],
    point: str,
    report: dict[str, Any],
) -> None:
    _say("growth")
    if given.large:
        graphs = {**graphs, LARGE: _graph(LARGE)}
    report["growth_in_process"] = growth.in_process(graphs, point)
    report["growth"] = growth.over_http(graphs, point, 60 * given.rounds)


def _servers(size: int) -> list[type[Server]]:
    kinds: list[type[Server]] = [Vomkg, Oxigraph, OxigraphOnDisk]
    if found("virtuoso-t"):
        kinds.append(Virtuoso)
    if size <= RDFLIB_MOST:
        kinds.append(RdflibEndpoint)
    return kinds


def _graph(size: int) -> Path:
    """The file of that size, made if this generator has not made it before."""
    makers = (HERE / "synthetic.py", HERE / "draw.py")
    made_by = hashlib.sha256(b"".join(path.read_bytes() for path in makers))
    name = f"{size}-{made_by.hexdigest()[:8]}"
    path = BUILD / "graphs" / name / "graph.nt"
    if not path.exists():
        _say(f"a graph of {size:,} triples")
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        with part.open("wb") as out:
            generate.write(out, size)
        part.rename(path)
    return path


def _install() -> None:
    """The peers in an environment of their own, anew if the lock has changed."""
    lock = ROOT / "requirements-bench.txt"
    mark = PEERS.parent / "lock.sha256"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if mark.exists() and mark.read_text("ascii") == wanted:
        return
    _say("installing the peers")
    subprocess.run([sys.executable, "-m", "venv", str(PEERS.parent)], check=True)
    pip = [str(PEERS / "python"), "-m", "pip", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "install", "--quiet", "--require-hashes", "--requirement", str(lock)],
        check=True,
    )
    mark.write_text(wanted, "ascii")


def _versions() -> dict[str, str]:
    names = ("pyoxigraph", "flask", "granian")
    return {"python": platform.python_version(), **{n: version(n) for n in names}}


def _write(report: dict[str, Any], *, docs: bool) -> None:
    text = json.dumps(report, indent=1, ensure_ascii=False)
    (BUILD / "report.json").write_text(text + "\n", "utf-8")
    kept = verdicts(report)
    if docs:
        (ROOT / "docs" / "benchmarks.md").write_text(page(report), "utf-8")
        (ROOT / "docs" / "benchmarks.svg").write_text(picture(kept), "utf-8")
    for verdict in kept:
        sign = "kept  " if verdict.kept else "BROKEN"
        print(f"{sign} {verdict.what}: {verdict.measured} ({verdict.wanted})")
    print(f"{report['minutes']:.1f} minutes")


def _say(step: str) -> None:
    print(f"{time.strftime('%X')} {step} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
