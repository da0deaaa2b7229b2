"""How a point query grows with the graph, and what a start costs."""

from __future__ import annotations

import statistics
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph

from harness.client import distinct
from harness.servers import Vomkg

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_TIMES_IN_PROCESS: Final = 2_000
# Estimates that the smallest graph has too.
_ESTIMATES: Final = 100
_QUESTION: Final = "SELECT ?s WHERE { ?s ?p ?o } ORDER BY ?s LIMIT 3"


def over_http(graphs: Mapping[int, Path], point: str, times: int) -> dict[str, Any]:
    """Median milliseconds of an uncached point query, by triples.

    All sizes are served at once and asked in turn.
    """
    with ExitStack() as open_servers:
        servers = {
            size: open_servers.enter_context(Vomkg(path))
            for size, path in graphs.items()
        }
        lines = {size: server.client() for size, server in servers.items()}
        seconds: dict[int, list[float]] = {size: [] for size in graphs}
        for number in range(times):
            for size, line in lines.items():
                query = _another(point, number)
                reply = line.ask(distinct(query, f"growth {number}"))
                if reply.status != 200:
                    raise RuntimeError(f"{size} triples: status {reply.status}")
                seconds[size].append(reply.seconds)
        return {
            str(size): {
                "point_ms": 1e3 * statistics.median(each),
                "start_seconds": servers[size].start_seconds,
                "memory_mib": servers[size].memory_mib(),
            }
            for size, each in seconds.items()
        }


def in_process(graphs: Mapping[int, Path], point: str) -> dict[str, Any]:
    """The same of the engine alone, JSON included, and its time to load."""
    found = {}
    for size, path in graphs.items():
        store = pyoxigraph.Store()
        begin = time.perf_counter()
        store.bulk_load(path=path, format=pyoxigraph.RdfFormat.N_TRIPLES)
        loaded = time.perf_counter() - begin
        seconds = []
        for number in range(_TIMES_IN_PROCESS):
            query = _another(point, number)
            begin = time.perf_counter()
            answer = store.query(query)
            assert isinstance(answer, pyoxigraph.QuerySolutions)
            answer.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
            seconds.append(time.perf_counter() - begin)
        found[str(size)] = {
            "point_ms": 1e3 * statistics.median(seconds),
            "load_seconds": loaded,
        }
        del store
    return found


def starts(times: int) -> dict[str, Any]:
    """Starts over the shipped release, built before: seconds and memory.

    Memory is that of the server and two workers after each has answered.
    """
    options = ["--workers", "2"]
    with Vomkg(None, options):
        pass  # builds the release
    seconds, memory = [], []
    for _ in range(times):
        with Vomkg(None, options) as server:
            seconds.append(server.start_seconds)
            line = server.client()
            for number in range(20):
                line.ask(distinct(_QUESTION, number))
            line.close()
            memory.append(server.memory_mib())
    return {
        "runs": times,
        "first_answer_seconds": statistics.median(seconds),
        "memory_mib": statistics.median(memory),
    }


def _another(point: str, number: int) -> str:
    return point.replace("estimate-17", f"estimate-{number % _ESTIMATES}")
