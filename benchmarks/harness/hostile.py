"""A client that means harm."""

from __future__ import annotations

import socket
import time
from collections import Counter
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from harness.client import ROWS, distinct
from harness.suite import analyst_queries, hostile_queries

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.servers import Server

_HUGE: Final = 2 << 20
_PATIENCE: Final = 1.0
_MALFORMED: Final = (
    b"GET /sparql?query=SELECT HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /sparql?query=%FF%FE HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /sparql?query=" + quote("SELECT * WHERE {" * 500).encode() + b" HTTP/1.1\r\n"
    b"Host: x\r\n\r\n",
    b"GET /sparql?query=" + b"A" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-A: b\r\n" * 20_000 + b"\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
    b"BREW /sparql HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /sparql HTTP/9.9\r\n\r\n",
)


class Hostile:
    """One client that does its worst, one way after another, by chance.

    Attributes:
        done: how often it did each.
        statuses: what it got, by status; 0 where the line was cut.
    """

    def __init__(self, server: Server, seed: int) -> None:
        self.done: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self._server = server
        self._chance = Random(seed)  # noqa: S311  not for secrets

    def run(self, over: float) -> None:
        """Go on until the time is over."""
        ways: tuple[Callable[[], None], ...] = (
            self.endless,
            self.malformed,
            self.huge,
            self.slow_reader,
            self.leaves,
            self.never_finishes,
        )
        while time.monotonic() < over:
            way = self._chance.choice(ways)
            self.done[way.__name__] += 1
            with suppress(OSError):
                way()

    def endless(self) -> None:
        """A query without end."""
        query = self._chance.choice(list(hostile_queries().values()))
        line = self._server.client()
        reply = line.ask(distinct(query, time.monotonic()), 60)
        self.statuses[reply.status] += 1
        line.close()

    def malformed(self) -> None:
        """What is no HTTP, or no SPARQL."""
        with self._line() as line:
            line.sendall(self._chance.choice(_MALFORMED))
            self._count(line)

    def huge(self) -> None:
        """A body beyond all bounds."""
        head = (
            b"POST /sparql HTTP/1.1\r\nHost: x\r\n"
            b"Content-Type: application/sparql-query\r\n"
            b"Content-Length: %d\r\n\r\n" % _HUGE
        )
        with self._line() as line:
            line.sendall(head + b"#" * _HUGE)
            self._count(line)

    def slow_reader(self) -> None:
        """A large answer, taken byte by byte."""
        with self._line() as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.sendall(self._question("dump"))
            end = time.monotonic() + _PATIENCE
            while time.monotonic() < end and line.recv(1):
                time.sleep(0.02)

    def leaves(self) -> None:
        """A question whose asker has gone."""
        with self._line() as line:
            line.sendall(self._question("having"))

    def never_finishes(self) -> None:
        """A request whose end never comes."""
        with self._line() as line:
            line.sendall(self._question("point")[: self._chance.randrange(1, 60)])
            time.sleep(_PATIENCE / 2)

    def _question(self, name: str) -> bytes:
        query = distinct(analyst_queries()[name], time.monotonic())
        head = f"GET /sparql?query={quote(query)} HTTP/1.1\r\n"
        return f"{head}Host: x\r\nAccept: {ROWS}\r\n\r\n".encode()

    def _count(self, line: socket.socket) -> None:
        words = line.recv(12).split()
        is_status = len(words) > 1 and words[1].isdigit()
        self.statuses[int(words[1]) if is_status else 0] += 1

    def _line(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self._server.port), _PATIENCE)
