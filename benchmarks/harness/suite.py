"""The analyst's queries: are the answers equal, and how long does each take?"""

from __future__ import annotations

import math
import statistics
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

from harness.answers import difference, multiset
from harness.client import distinct
from harness.servers import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from harness.answers import Multiset
    from harness.client import Client, Reply
    from harness.servers import Server

QUERIES: Final = ROOT / "benchmarks" / "queries"
# A query that takes a server longer is asked of it once only.
_SLOW: Final = 5.0
# How often a server is asked before the next one's turn.
_VISITS: Final = 4


def analyst_queries() -> dict[str, str]:
    """The queries by name."""
    return {path.stem: path.read_text("utf-8") for path in sorted(QUERIES.glob("*.rq"))}


def hostile_queries() -> dict[str, str]:
    """Queries that no server can answer in time, by name."""
    files = sorted((QUERIES / "hostile").glob("*.rq"))
    return {path.stem: path.read_text("utf-8") for path in files}


def measure(
    kinds: Sequence[type[Server]], data: Path, rounds: int
) -> dict[str, dict[str, Any]]:
    """What each server gave, by its name; the first one's answers are the measure.

    Args:
        kinds: the servers; all run at once, and are asked in turn.
        data: the graph.
        rounds: how often each query is asked of each, after one for warmth.
    """
    with ExitStack() as open_servers:
        servers = [open_servers.enter_context(kind(data)) for kind in kinds]
        lines = {server.name: server.client() for server in servers}
        found: dict[str, dict[str, Any]] = {
            server.name: {
                "start_seconds": server.start_seconds,
                "differences": {},
                "seconds": {},
            }
            for server in servers
        }
        for name, query in analyst_queries().items():
            _compare(name, query, lines, found)
        for number in range(rounds):
            _ask_all(number, lines, found)
        for server in servers:
            found[server.name]["memory_mib"] = server.memory_mib()
        for line in lines.values():
            line.close()
    return found


def _compare(
    name: str,
    query: str,
    lines: Mapping[str, Client],
    found: dict[str, dict[str, Any]],
) -> None:
    measure_of: Multiset | None = None
    for server, line in lines.items():
        reply = line.ask(distinct(query, f"compare {server}"))
        found[server]["seconds"][name] = [reply.seconds]
        answer = _answer(reply)
        if isinstance(answer, str):
            found[server]["differences"][name] = answer
        elif measure_of is None:
            measure_of = answer
        elif words := difference(measure_of, answer):
            found[server]["differences"][name] = words


def _answer(reply: Reply) -> Multiset | str:
    """The answer; in words why there is none."""
    if reply.status != 200:
        return f"status {reply.status}: {reply.body[:200].decode('utf-8', 'replace')}"
    try:
        return multiset(reply)
    except (ValueError, SyntaxError, KeyError):
        return f"not readable as the {reply.kind} that it says it is"


def _ask_all(
    number: int, lines: Mapping[str, Client], found: dict[str, dict[str, Any]]
) -> None:
    """Each query of each server in turn; the first answers only warmed them.

    A server is asked a few times in a row, and the first of these does not count:
    the others had the processor and its memory meanwhile, which costs the smallest
    program least.
    """
    for name, query in analyst_queries().items():
        for server, line in lines.items():
            seconds = found[server]["seconds"][name]
            if number == 0 and seconds[0] < _SLOW:
                seconds.clear()
            elif seconds[0] >= _SLOW:
                continue
            taken = [
                line.ask(distinct(query, f"{number}.{visit} {server}")).seconds
                for visit in range(1 if seconds and seconds[-1] > 1 else _VISITS)
            ]
            seconds.append(statistics.median(taken[1:] or taken))


def ratios(found: Mapping[str, dict[str, Any]], ours: str, peer: str) -> dict[str, Any]:
    """The time of a peer, divided by ours, for the queries whose answers agree.

    Returns:
        ``by_query``: medians of the ratios of each round; ``geometric_mean``.
    """
    by_query = {}
    for name, mine in found[ours]["seconds"].items():
        if name in found[peer]["differences"] or name in found[ours]["differences"]:
            continue
        pairs = zip(found[peer]["seconds"][name], mine, strict=False)
        by_query[name] = statistics.median(theirs / own for theirs, own in pairs)
    logarithms = [math.log(ratio) for ratio in by_query.values()]
    mean = math.exp(statistics.fmean(logarithms)) if logarithms else math.nan
    return {"by_query": by_query, "geometric_mean": mean}
