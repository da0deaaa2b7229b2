"""Clients that know the answer, and count what they get instead."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Final

import pyoxigraph

from harness.answers import multiset
from harness.client import ROWS, TRIPLES, Reply, distinct, is_graph
from harness.suite import analyst_queries

if TYPE_CHECKING:
    from pathlib import Path

    from harness.answers import Multiset
    from harness.servers import Server

# One question of so many is asked as it was before, and may be known to a cache.
_REPEATED: Final = 3
_POINTS: Final = 20


@dataclass
class Counts:
    """What happened so far; for many threads.

    Attributes:
        right: answers equal to the known one.
        errors: clear errors, by status and title.
        broken: requests whose connection broke before the response was whole,
            which a client sees, by the name of the fault.
        wrong: answers that are not the known one; there must be none.
        half: responses that claim to be whole and are not; there must be none.
        unclear: errors that do not say what they are; there must be none.
        waits: seconds of each right answer.
    """

    right: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Known:
    """Questions with their answers, found by the engine in this process."""

    def __init__(self, data: Path) -> None:
        self.queries = analyst_queries()
        point = self.queries["point"]
        for number in range(_POINTS):
            name = f"estimate-{number}"
            self.queries[f"point {number}"] = point.replace("estimate-17", name)
        store = pyoxigraph.Store()
        store.bulk_load(path=data, format=pyoxigraph.RdfFormat.N_TRIPLES)
        self._answers = {
            name: _answered(store, query) for name, query in self.queries.items()
        }
        self._bodies: set[tuple[str, bytes]] = set()

    def is_right(self, name: str, reply: Reply) -> bool:
        """Whether the response holds the known answer.

        Raises:
            ValueError: its body is not whole.
            SyntaxError: its body is not whole.
        """
        mark = (name, hashlib.sha256(reply.body).digest())
        if mark in self._bodies:
            return True
        right = multiset(reply) == self._answers[name]
        if right:
            self._bodies.add(mark)
        return right


def _answered(store: pyoxigraph.Store, query: str) -> Multiset:
    found = store.query(query)
    if isinstance(found, pyoxigraph.QueryTriples):
        body = found.serialize(format=pyoxigraph.RdfFormat.N_TRIPLES)
        kind = TRIPLES
    else:
        body = found.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
        kind = ROWS
    assert body is not None
    assert is_graph(query) == (kind == TRIPLES)
    return multiset(Reply(200, body, 0.0, kind))


def ask_until(
    over: float, server: Server, known: Known, counts: Counts, seed: int
) -> None:
    """Ask known questions in random order until the time is over."""
    chance = Random(seed)  # noqa: S311  not for secrets
    names = sorted(known.queries)
    line = server.client()
    count = 0
    while time.monotonic() < over:
        count += 1
        name = chance.choice(names)
        query = known.queries[name]
        if chance.randrange(_REPEATED):
            query = distinct(query, f"{seed} {count}")
        reply = line.ask(query, 60)
        _judge(name, reply, known, counts)
        if reply.status == 0:
            time.sleep(0.02)  # the server may be starting again
    line.close()


def _judge(name: str, reply: Reply, known: Known, counts: Counts) -> None:
    if reply.status == 0:
        with counts.lock:
            counts.broken[reply.body.decode().partition(":")[0]] += 1
        return
    if reply.status != 200:
        _judge_error(name, reply, counts)
        return
    try:
        right = known.is_right(name, reply)
    except (ValueError, SyntaxError, KeyError) as fault:
        with counts.lock:
            counts.half.append(f"{name}: {len(reply.body)} bytes, {fault}"[:200])
        return
    with counts.lock:
        if right:
            counts.right += 1
            counts.waits.append(reply.seconds)
        else:
            counts.wrong.append(f"{name}: {reply.body[:200]!r}")


def _judge_error(name: str, reply: Reply, counts: Counts) -> None:
    """An error is clear if it is a problem document (RFC 9457) of its status."""
    try:
        found = json.loads(reply.body)
        told = found["status"] == reply.status and found["title"] and found["detail"]
    except (ValueError, KeyError, TypeError):
        told, found = False, {}
    with counts.lock:
        if told and reply.kind == "application/problem+json":
            counts.errors[f"{reply.status} {found['detail']}"[:120]] += 1
        else:
            counts.unclear.append(f"{name}: {reply.status} {reply.body[:200]!r}")
