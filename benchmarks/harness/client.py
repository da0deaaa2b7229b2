"""A SPARQL client that keeps its connection and times whole answers."""

from __future__ import annotations

import http.client
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

ROWS: Final = "application/sparql-results+json"
TRIPLES: Final = "application/n-triples"


@dataclass(frozen=True, slots=True)
class Reply:
    """One response.

    Attributes:
        status: its status; 0 if the connection broke.
        body: all of its body, or the words of the fault.
        seconds: from the first byte sent to the last one read.
        kind: its media type.
    """

    status: int
    body: bytes
    seconds: float
    kind: str = ""


class Client:
    """One connection to an endpoint; for one thread."""

    def __init__(
        self, port: int, path: str, extra: dict[str, str] | None = None
    ) -> None:
        self._port = port
        self._path = path
        self._extra = extra or {}
        self._line: http.client.HTTPConnection | None = None

    def target(self, query: str) -> str:
        """Path and query string that ask this."""
        return f"{self._path}?{urlencode({'query': query, **self._extra})}"

    def ask(self, query: str, timeout: float = 120) -> Reply:
        """The whole response to a query, by GET."""
        return self.get(self.target(query), accept(query), timeout)

    def get(self, target: str, accepted: str, timeout: float = 120) -> Reply:
        """The whole response to a GET; a line that is stale is renewed once."""
        fresh = self._line is None
        reply = self._once(target, accepted, timeout)
        if reply.status == 0 and not fresh and reply.seconds < 1:
            reply = self._once(target, accepted, timeout)
        return reply

    def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            with suppress(OSError):
                self._line.close()
            self._line = None

    def _once(self, target: str, accepted: str, timeout: float) -> Reply:
        begin = time.perf_counter()
        try:
            line = self._connected(timeout)
            begin = time.perf_counter()
            line.request("GET", target, headers={"Accept": accepted})
            response = line.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException) as fault:
            self.close()
            words = f"{type(fault).__name__}: {fault}".encode()
            return Reply(0, words, time.perf_counter() - begin)
        taken = time.perf_counter() - begin
        kind = (response.getheader("Content-Type") or "").partition(";")[0]
        return Reply(response.status, body, taken, kind)

    def _connected(self, timeout: float) -> http.client.HTTPConnection:
        if self._line is None:
            self._line = http.client.HTTPConnection(
                "127.0.0.1", self._port, timeout=timeout
            )
            self._line.connect()
            self._line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._line.sock.settimeout(timeout)
        return self._line


def is_graph(query: str) -> bool:
    """Whether a query of ours asks for triples."""
    words = ("CONSTRUCT", "DESCRIBE")
    return any(line.startswith(words) for line in query.splitlines())


def accept(query: str) -> str:
    """The media type to ask for."""
    # Old servers know N-Triples by its former names only.
    return f"{TRIPLES}, text/plain;q=0.5" if is_graph(query) else ROWS


def distinct(query: str, number: object) -> str:
    """The same query in other words, so that no cache has its answer."""
    return f"# run {number}\n{query}"
