"""The report as a page of documentation: tables of ratios, without any date."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Any, Final

from harness.others import Virtuoso
from harness.peers import Oxigraph, OxigraphOnDisk, RdflibEndpoint
from harness.servers import Vomkg
from harness.suite import ratios
from harness.targets import shown, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PEERS: Final = (
    Oxigraph.name,
    OxigraphOnDisk.name,
    Virtuoso.name,
    RdflibEndpoint.name,
)
_CASES: Final = {
    "cached": "vomkg, cached answer",
    "304": "vomkg, 304",
    "peer": Oxigraph.name,
    "peer on disk": OxigraphOnDisk.name,
    "nginx": "nginx, the same bytes from a file",
    "nginx 304": "nginx, 304",
}


def page(report: dict[str, Any]) -> str:
    """The whole page, Markdown."""
    return "\n".join([*_lines(report), ""])


def _lines(report: dict[str, Any]) -> Iterator[str]:
    yield "# The endpoint beside others"
    yield ""
    yield (
        "All servers run on one machine, in one run, over the same synthetic graph, "
        "and are asked in turn; answers are compared before anything is timed. "
        "`make bench-endpoint` writes this page anew."
    )
    yield (
        f"{report['machine']}; Python {report['versions']['python']}, "
        f"pyoxigraph {report['versions']['pyoxigraph']}; load average "
        f"{shown(report['load_average'][0])} at the start, "
        f"{shown(report['load_average'][1])} at the end. Trust ratios, not milliseconds."
    )
    for row, how in report["missing"].items():
        yield f"Left out: {row} (`{how}`)."
    yield ""
    yield from _promises(report)
    yield from _suite(report)
    yield from _cached(report)
    yield from _runaway(report)
    yield from _growth(report)


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = list(header)
    yield f"| {' | '.join(names)} |"
    yield "|" + "---|" * len(names)
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _promises(report: dict[str, Any]) -> Iterator[str]:
    found = verdicts(report)
    kept = sum(verdict.kept for verdict in found)
    yield "## Promises"
    yield ""
    yield f"{kept} of {len(found)} are kept."
    yield ""
    words = "each promise as a bar; the table below has the same figures"
    yield f"![{words}](benchmarks.svg)"
    yield ""
    yield from _table(
        ("what", "measured", "target", "kept"),
        (
            (item.what, item.measured, item.wanted, "yes" if item.kept else "**no**")
            for item in found
        ),
    )


def _suite(report: dict[str, Any]) -> Iterator[str]:
    sizes = report.get("suite") or {}
    if not sizes:
        return
    yield "## Fifteen queries of an analyst, uncached"
    yield ""
    yield (
        f"Time of the other server divided by ours, median of {report['rounds']} "
        "rounds; above 1 we are faster. Ours runs with its workers and default "
        "limits; each query is sent in other words each time, so that no cache "
        "knows it. A server is asked four times in a row, and the first of these does "
        "not count: the others had the processor meanwhile. A dash: the answers differ, "
        "so times are not compared."
    )
    yield ""
    for size, servers in sizes.items():
        yield f"### {int(size):,} triples"
        yield ""
        peers = [name for name in _PEERS if name in servers]
        found = {name: ratios(servers, Vomkg.name, name) for name in peers}
        rows = []
        for query, seconds in servers[Vomkg.name]["seconds"].items():
            own = 1e3 * statistics.median(seconds)
            cells = (found[name]["by_query"].get(query) for name in peers)
            times = ["–" if cell is None else shown(cell) for cell in cells]
            rows.append([query, shown(own), *times])
        means = [shown(found[name]["geometric_mean"]) for name in peers]
        rows.append(["**geometric mean**", "", *means])
        for what, key in (("start, s", "start_seconds"), ("memory, MiB", "memory_mib")):
            values = [shown(servers[name][key]) for name in peers]
            rows.append([what, shown(servers[Vomkg.name][key]), *values])
        yield from _table(["query", "vomkg, ms", *peers], rows)
    yield from _differences(sizes)


def _differences(sizes: dict[str, Any]) -> Iterator[str]:
    rows = [
        (f"{int(size):,}", server, query, words.replace("|", "\\|").replace("\n", " "))
        for size, servers in sizes.items()
        for server, found in servers.items()
        for query, words in found["differences"].items()
    ]
    yield "### Answers that differ"
    yield ""
    if not rows:
        yield "None: all servers gave the same rows and triples."
        yield ""
        return
    yield from _table(("triples", "server", "query", "how it differs from ours"), rows)


def _cached(report: dict[str, Any]) -> Iterator[str]:
    found = report.get("cached")
    if not found:
        return
    yield "## One answer, asked again and again"
    yield ""
    yield (
        f"A point query with an answer of {found['body_bytes']:,} bytes, by wrk with "
        f"one thread; median of {report['rounds']} runs of "
        f"{report['seconds']:g} s each. CPU is that of all the server's processes."
    )
    yield ""
    rows = [
        (
            name,
            connections,
            shown(run["requests_per_second"]),
            shown(run["p50_ms"]),
            shown(run["p99_ms"]),
            shown(run["cpu_us"]),
            shown(run["errors"]),
        )
        for case, name in _CASES.items()
        for connections, run in found["cases"][case].items()
    ]
    header = ("server", "connections", "requests/s", "p50 ms", "p99 ms")
    yield from _table((*header, "CPU µs/request", "errors"), rows)


def _runaway(report: dict[str, Any]) -> Iterator[str]:
    found = report.get("runaway")
    if not found:
        return
    limit = found["limit_seconds"]
    yield "## Queries without end"
    yield ""
    yield (
        f"One client sends them without pause to a server with a limit of {limit:g} s; "
        "two neighbours ask point queries that no cache may keep."
    )
    yield ""
    ends = [
        (
            name,
            str(len(run["seconds"])),
            ", ".join(map(str, run["statuses"])),
            shown(max(run["seconds"])),
        )
        for name, run in found["queries"].items()
    ]
    yield from _table(("query", "times", "status", "longest, s"), ends)
    rows = [
        (
            name,
            *(shown(found[key][figure]) for figure in ("answers", "p50_ms", "p99_ms")),
        )
        for name, key in (("idle", "idle"), ("beside runaway queries", "beside"))
    ]
    yield from _table(("neighbours", "answers", "p50 ms", "p99 ms"), rows)
    memory = found["memory_mib"]
    yield (
        f"Memory: {shown(memory['before'])} MiB before, {shown(memory['most'])} at the "
        f"most, {shown(memory['after'])} after. Neighbours without an answer: "
        f"{found['wrong_neighbours']}."
    )
    yield ""


def _growth(report: dict[str, Any]) -> Iterator[str]:
    http, engine = report.get("growth") or {}, report.get("growth_in_process") or {}
    if http or engine:
        yield "## Growth"
        yield ""
        yield "The uncached point query, and what loading costs, by size of the graph."
        yield ""
        rows = []
        for size in sorted({*http, *engine}, key=int):
            mine, alone = http.get(size, {}), engine.get(size, {})
            cells = [
                mine.get(key) for key in ("point_ms", "start_seconds", "memory_mib")
            ]
            cells += [alone.get(key) for key in ("point_ms", "load_seconds")]
            rows.append(
                [f"{int(size):,}", *("–" if c is None else shown(c) for c in cells)]
            )
        yield from _table(
            (
                "triples",
                "point over HTTP, ms",
                "start, s",
                "memory, MiB",
                "point in process, ms",
                "load in process, s",
            ),
            rows,
        )
    if start := report.get("start"):
        yield "## Start"
        yield ""
        yield (
            f"Over the shipped release: first answer after "
            f"{shown(start['first_answer_seconds'])} s, "
            f"{shown(start['memory_mib'])} MiB for the server and two workers once each "
            f"has answered; medians of {start['runs']} starts."
        )
