"""What a query without end does to the server and to its neighbours."""

from __future__ import annotations

import statistics
import threading
import time
from typing import TYPE_CHECKING, Any, Final

from harness.client import distinct
from harness.servers import Vomkg
from harness.suite import hostile_queries

if TYPE_CHECKING:
    from pathlib import Path

LIMIT: Final = 1.0
NEIGHBOURS: Final = 2
_PAUSE: Final = 0.01
_SETTLING: Final = 3.0
_SAMPLING: Final = 0.1


def measure(data: Path, point: str, *, rounds: int, seconds: float) -> dict[str, Any]:
    """Time to the error of each hostile query, its neighbours' p99, memory.

    Neighbours ask point queries and pause between them; idle and hostile spells
    take turns. They name the time, so that no cache keeps them and takes memory.

    Args:
        data: the graph.
        point: the neighbours' query.
        rounds: spells of each kind.
        seconds: length of a spell.
    """
    point = point.replace("?value }", "?value FILTER (NOW() != ?value || true) }")
    assert "NOW()" in point
    with Vomkg(data, ["--time-limit", str(LIMIT)]) as server:
        _spell(server, point, 1.0, hostile=False)  # warms it
        before = server.memory_mib()
        spells: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
        for number in range(2 * rounds):
            hostile = bool(number % 2)
            spells[hostile].append(_spell(server, point, seconds, hostile=hostile))
        time.sleep(_SETTLING)
        after = server.memory_mib()
    idle, beside = (
        sorted(wait for spell in spells[hostile] for wait in spell["waits"])
        for hostile in (False, True)
    )
    ends: dict[str, list[tuple[float, int]]] = {}
    for spell in spells[True]:
        for name, taken, status in spell["ends"]:
            ends.setdefault(name, []).append((taken, status))
    return {
        "limit_seconds": LIMIT,
        "queries": {
            name: {
                "seconds": [taken for taken, _ in each],
                "statuses": sorted({status for _, status in each}),
            }
            for name, each in sorted(ends.items())
        },
        "longest_over_limit_ms": 1e3
        * max(taken - LIMIT for each in ends.values() for taken, _ in each),
        "idle": _waits(idle),
        "beside": _waits(beside),
        "wrong_neighbours": sum(
            spell["wrong"] for each in spells.values() for spell in each
        ),
        "memory_mib": {
            "before": before,
            "most": max(spell["memory"] for spell in spells[True]),
            "after": after,
        },
    }


def _waits(waits: list[float]) -> dict[str, float]:
    return {
        "answers": len(waits),
        "p50_ms": 1e3 * statistics.median(waits),
        "p99_ms": 1e3 * waits[int(0.99 * (len(waits) - 1))],
    }


def _spell(
    server: Vomkg, point: str, seconds: float, *, hostile: bool
) -> dict[str, Any]:
    over = time.monotonic() + seconds
    found: dict[str, Any] = {"waits": [], "ends": [], "wrong": 0, "memory": 0.0}
    threads = [
        threading.Thread(target=_neighbour, args=(server, point, over, found, number))
        for number in range(NEIGHBOURS)
    ]
    if hostile:
        threads.append(threading.Thread(target=_attack, args=(server, over, found)))
    for thread in threads:
        thread.start()
    while hostile and time.monotonic() < over:
        found["memory"] = max(found["memory"], server.memory_mib())
        time.sleep(_SAMPLING)
    for thread in threads:
        thread.join()
    return found


def _neighbour(
    server: Vomkg, point: str, over: float, found: dict[str, Any], number: int
) -> None:
    line = server.client()
    count = 0
    while time.monotonic() < over:
        count += 1
        reply = line.ask(distinct(point, f"{number} {count} {over}"))
        found["waits"].append(reply.seconds)
        found["wrong"] += reply.status != 200
        time.sleep(_PAUSE)
    line.close()


def _attack(server: Vomkg, over: float, found: dict[str, Any]) -> None:
    line = server.client()
    count = 0
    while time.monotonic() < over:
        for name, query in hostile_queries().items():
            count += 1
            reply = line.ask(distinct(query, f"{count} {over}"), 30)
            found["ends"].append((name, reply.seconds, reply.status))
            if time.monotonic() >= over:
                break
    line.close()
